/** What runs on the thread that looks through a file: it says what it found, and ends. */
import { workerData } from 'node:worker_threads'
import { checkPages } from './connection.ts'
import { SQLite } from './sqlite.ts'
import { answerOnce } from './thread.ts'

await answerOnce(() => {
  const $client = new SQLite(workerData as string, { readonly: true, timeout: 0 })
  try {
    return checkPages({ $client })
  } finally {
    $client.close()
  }
})
