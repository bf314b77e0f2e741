// The service as the tests put it together, with a store that tells SQLite to leave syncing to the operating system.
import { buildApp } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { neverWait, openDatabase } from '../../src/database/connection.ts'
import { loadKeys } from '../../src/database/key-folder.ts'

const config = parseConfig(process.env)
const db = openDatabase(config.databaseFile, { mustExist: true })
db.$client.pragma('synchronous = OFF')
neverWait(db)
const app = await buildApp({ config, db, keys: loadKeys(config.keyDir) })
await app.listen({ host: config.host, port: config.port })
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)))
