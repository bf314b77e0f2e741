/** What runs on the thread of a file: it makes it, hands it over and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import type { FileReply, FileWork } from './file-thread.ts'
import { slidesOf } from './slides.ts'
import { workbookOf } from './workbook.ts'

const say = (reply: FileReply) => parentPort!.postMessage(reply)
const { kind, report } = workerData as FileWork

try {
  say({ file: await (kind === 'xlsx' ? workbookOf(report) : slidesOf(report)) })
} catch (error) {
  say({ error: (error as Error).message })
}
