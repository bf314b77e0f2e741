/** Prints every URL of the service. */
import { buildApp } from '../src/app.ts'
import { parseConfig } from '../src/config.ts'
import { openDatabase } from '../src/database/connection.ts'

const key = Buffer.alloc(32)
const app = await buildApp({
  config: parseConfig({}),
  db: openDatabase(':memory:'),
  keys: { codePepper: key, spentPepper: key, visitKey: key, staffKey: key },
})
await app.ready()
console.log(app.printRoutes({ commonPrefix: false }))
await app.close()
