/** What runs on the thread of one print: it sets the sheet, hands it over and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import type { PrintReply } from './print-thread.ts'
import { typeset } from './typeset.ts'

const port = parentPort!
const say = (reply: PrintReply) => port.postMessage(reply)

try {
  say({ made: await typeset(workerData.sheet, workerData.format, (done) => say({ done })) })
} catch (error) {
  say({ error: (error as Error).message })
}
port.close()
