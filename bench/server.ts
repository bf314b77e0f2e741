/** The servers that are compared: Fastify's hello world, and the service with other ways to store an answer. */
import Fastify from 'fastify'
import { buildApp } from '../src/app.ts'
import { parseConfig } from '../src/config.ts'
import { neverWait, openDatabase } from '../src/database/connection.ts'
import { loadKeys } from '../src/database/key-folder.ts'
import { prepareCommit, prepareRecordResponse, type RecordResponse } from '../src/response/store.ts'
import { startUrnThread } from '../src/response/urn-thread.ts'

const config = parseConfig(process.env)
const what = process.argv[2]!

if (what === 'hello') {
  const hello = Fastify()
  hello.get('/*', async () => ({ hello: 'world' }))
  await hello.listen({ host: config.host, port: config.port })
} else {
  const db = openDatabase(config.databaseFile)
  if (what !== 'single') neverWait(db) // it has nobody who waits for it when another of the servers looks into the database
  const commit = prepareCommit(db)
  const urn = what === 'group' ? startUrnThread(config.databaseFile) : undefined
  const ways: Record<string, RecordResponse> = {
    group: prepareRecordResponse(db, config.patienceMs, urn?.commit),
    single: async (ballot) => commit([ballot])[0]!,
    unstored: async () => 'recorded',
  }
  const app = await buildApp({ config, db, keys: loadKeys(config.keyDir), recordResponse: ways[what] })
  await app.listen({ host: config.host, port: config.port })
}
process.on('SIGTERM', () => process.exit(0))
