// The service as dist/main.js starts it, with a store that breaks the promise named on the command line.
import { buildApp } from '../../../src/app.ts'
import { parseConfig } from '../../../src/config.ts'
import { neverWait, openDatabase } from '../../../src/database/connection.ts'
import { loadKeys } from '../../../src/database/key-folder.ts'
import { type Sabotage, sabotagedRecordResponse } from './sabotage.ts'

const config = parseConfig(process.env)
const db = openDatabase(config.databaseFile, { mustExist: true })
neverWait(db)
const recordResponse = sabotagedRecordResponse(db, process.argv[2] as Sabotage)
const app = await buildApp({ config, db, keys: loadKeys(config.keyDir), recordResponse })
await app.listen({ host: config.host, port: config.port })
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)))
