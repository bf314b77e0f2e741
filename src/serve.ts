import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { holdInUse } from './database/backup.ts'
import { neverWait } from './database/connection.ts'
import { openWithKeys } from './database/open.ts'
import { whenFree } from './database/patience.ts'
import { makeNightly } from './fieldwork/nightly.ts'
import { listMovingRounds, takeSnapshot } from './fieldwork/store.ts'
import { startUrnThread } from './response/urn-thread.ts'
import { newToken } from './sign-in/secrets.ts'
import { hasNoStaff } from './staff/store.ts'

/** Opens what the service needs and listens. @throws DomainError when something is missing or another service runs on it already. */
export async function serve(config: Config, clock = () => new Date()) {
  const { db, keys } = openWithKeys(config)
  neverWait(db)
  const release = holdInUse(config.databaseFile)
  const urn = startUrnThread(config.databaseFile)
  const setUpToken = newToken()
  const logger = { level: config.logLevel, base: null }
  const app = await buildApp({ config, db, keys, clock, commit: urn.commit, setUpToken, logger })
  const nightly = makeNightly(async (day) => {
    const rounds = await whenFree(() => listMovingRounds(db, clock()), config.patienceMs)
    for (const id of rounds) await takeSnapshot(db, id, day, (read) => whenFree(read, config.patienceMs))
  }, clock)
  const look = () => nightly.look().catch((error) => app.log.error(error))
  const looking = setInterval(look, 60_000).unref()
  app.addHook('preClose', async () => clearInterval(looking))
  app.addHook('onClose', async () => {
    await urn.close()
    release()
  })
  try {
    const listenTextResolver = () => `Brukarsvar serves ${config.publicUrl}`
    await app.listen({ host: config.host, port: config.port, listenTextResolver })
    look()
    if (await hasNoStaff(db)) console.log(`Make the first account: ${config.publicUrl}/staff/set-up/${setUpToken}`)
    return app
  } catch (error) {
    await app.close()
    throw error
  }
}
