/** What runs on the thread that queues invitations: it carries out one order, says how it goes, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { closeDatabase, openDatabase } from '../database/connection.ts'
import { openMailDatabase } from '../database/mail-connection.ts'
import { mailFileOf } from '../database/mail-file.ts'
import { patiently } from '../database/patience.ts'
import { errorToSend } from '../database/sqlite.ts'
import { asBuffer } from '../memory/as-buffer.ts'
import { bindMailStore, bindMailStores } from './mail-stores.ts'
import { queueInvitations } from './queueing.ts'
import type { QueueingReply, QueueingWork } from './queueing-thread.ts'

/** More at once than where others wait on the same thread; few enough that nobody waits long for the database. */
const together = 250

const say = (reply: QueueingReply) => parentPort!.postMessage(reply)
const { databaseFile, mailDatabaseFile, keys: given, order } = workerData as QueueingWork

const keys = Object.fromEntries(
  Object.entries(given).map(([name, key]) => [name, asBuffer(key)]),
) as unknown as QueueingWork['keys']

const db = openDatabase(databaseFile, { mustExist: true })
const mailDb = openMailDatabase(mailDatabaseFile)
let damage: unknown
const mailFile = mailFileOf(mailDb, ({ cause }) => {
  damage = cause
})
try {
  const mail = bindMailStore(mailDb, mailFile.watch(patiently))
  const office = { stores: { ...bindMailStores(db, mailDb, patiently), mail }, keys }
  say({ result: await queueInvitations(office, order, { together, onProgress: (done) => say({ done }) }) })
} catch (error) {
  const isOfMail = damage !== undefined
  say({ error: { ...errorToSend(damage ?? error), isOfMail } })
} finally {
  closeDatabase(db)
  closeDatabase(mailDb)
}
