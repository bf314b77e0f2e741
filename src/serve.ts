import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { holdInUse } from './database/backup.ts'
import { neverWait, openDatabase } from './database/connection.ts'
import { bindKeys, loadKeys } from './database/key-folder.ts'

/** Opens what the service needs and listens. @throws Error with a plain message when something is missing. */
export async function serve(config: Config) {
  const keys = loadKeys(config.keyDir)
  const db = openDatabase(config.databaseFile, { mustExist: true })
  bindKeys(db, keys)
  neverWait(db)
  const release = holdInUse(config.databaseFile)
  const app = await buildApp({ config, db, keys, logger: { level: config.logLevel, base: null } })
  app.addHook('onClose', async () => release())
  await app.listen({
    host: config.host,
    port: config.port,
    listenTextResolver: () => `Brukarsvar serves ${config.publicUrl}`,
  })
  return app
}
