/** What runs on the thread that looks through a file: it says what it found, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { checkPages } from './connection.ts'
import type { LookingReply } from './looking-thread.ts'
import { errorToSend, SQLite } from './sqlite.ts'

const say = (reply: LookingReply) => parentPort!.postMessage(reply)

try {
  const $client = new SQLite(workerData as string, { readonly: true, timeout: 0 })
  try {
    say({ found: checkPages({ $client }) })
  } finally {
    $client.close()
  }
} catch (error) {
  say({ error: errorToSend(error) })
}
