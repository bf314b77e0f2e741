/** The servers that are compared: Fastify's hello world, and the service with other ways to store an answer. */
import Fastify from 'fastify'
import { prepareCommit } from '../src/actions/record-response.ts'
import { startUrnThread } from '../src/actions/urn-thread.ts'
import { buildApp } from '../src/app.ts'
import { parseConfig } from '../src/config.ts'
import { neverWait, openDatabase } from '../src/database/connection.ts'
import { loadKeys } from '../src/database/key-folder.ts'
import type { RecordResponse } from '../src/urn/sealed-ballot.ts'
import type { Door } from '../src/web/door.ts'

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
  const isOnThread = what === 'group' || what === 'open'
  const ways: Record<string, RecordResponse> = {
    single: async (ballot) => commit([ballot])[0]!,
    unstored: async () => 'recorded',
  }
  /** How many can be served is measured without anybody at the door. */
  const door: Door | undefined = what === 'open' ? { enter: async () => true, follow: (work) => work } : undefined
  const app = await buildApp({
    config,
    db,
    keys: loadKeys(config.keyDir),
    ...(isOnThread ? { commit: startUrnThread(config.databaseFile).commit } : { recordResponse: ways[what] }),
    ...(door && { door }),
  })
  await app.listen({ host: config.host, port: config.port })
}
process.on('SIGTERM', () => process.exit(0))
