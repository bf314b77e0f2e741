import { forgetOld, forgetOldMail } from './ages/store.ts'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { holdInUse } from './database/backup.ts'
import { type Database, neverWait } from './database/connection.ts'
import { namingFile, writeAndRollBack } from './database/file-trouble.ts'
import { openToOthers } from './database/key-folder.ts'
import { isOfFile, type MailDatabase, openUsableMailDatabase } from './database/mail-connection.ts'
import { openWithKeys } from './database/open.ts'
import { whenFree } from './database/patience.ts'
import { bindStaffKey } from './database/staff-key.ts'
import { demoFileOf } from './demo/demo-file.ts'
import { DomainError } from './errors.ts'
import { makeNightly } from './fieldwork/nightly.ts'
import { listMovingRounds } from './fieldwork/store.ts'
import { tellRound } from './fieldwork/tell.ts'
import { type Log, makeLog } from './log.ts'
import { linesTo } from './log-lines.ts'
import { startMailDelivery } from './mail/delivery-timer.ts'
import type { MailOffice } from './mail/mail-office.ts'
import type { Outage } from './mail/outage.ts'
import { missingSettings } from './notice/responsible.ts'
import { startUrnThread } from './response/urn-thread.ts'
import { listRounds } from './round/store.ts'
import { newToken } from './sign-in/secrets.ts'
import { hasNoStaff } from './staff/store.ts'
import { steadyClock } from './steady-clock.ts'
import { keepTickShape } from './tick-shape.ts'
import { swedishDay } from './web/swedish-day.ts'

/**
 * Opens what the service needs and listens. What was opened is closed again when something is missing.
 * @param say tells the operator what is no line of the log: the link of the first account.
 * @throws DomainError when something is missing or another service runs on it already.
 */
export async function serve(
  config: Config,
  log = makeLog(config.logLevel, linesTo(1)),
  clock = () => new Date(),
  say: (line: string) => void = console.log,
) {
  const opened: (() => unknown)[] = []
  try {
    return await open(config, { log, clock, say }, (close) => opened.unshift(close))
  } catch (error) {
    for (const close of opened) await close()
    throw error
  }
}

async function open(
  config: Config,
  { log, clock, say }: { log: Log; clock: () => Date; say: (line: string) => void },
  toClose: (close: () => unknown) => void,
) {
  keepTickShape()
  const { db, keys } = namingFile(config.databaseFile, () => openWithKeys(config))
  toClose(() => db.$client.close())
  namingFile(config.databaseFile, () => writeAndRollBack(db.$client))
  bindStaffKey(db, keys)
  for (const path of openToOthers(config.keyDir)) log.warn(`Other users have access to ${path}: chmod go= ${path}`)
  refuseDemo(config)
  await requireOwner(config, db, log)
  neverWait(db)
  const release = holdInUse(config.databaseFile)
  toClose(release)
  const mailDb = openMail(config.mailDatabaseFile, log)
  toClose(() => mailDb?.$client.close())
  const urn = startUrnThread(config.databaseFile)
  toClose(() => urn.close())
  const setUpToken = newToken()
  const { smtpUrl, perMinute } = config.mail
  const news = {
    onTrouble: (problem: object) => log.warn(problem, 'emails cannot be sent and wait'),
    onEnd: ({ since }: Outage) => log.info({ since }, 'emails are sent again'),
  }
  const onUnreadable = (number: number) =>
    log.error({ number }, 'emails could not be read and were given up: is staff.key the right one?')
  const sendMail = (office: MailOffice) =>
    startMailDelivery({ office, smtpUrl: smtpUrl!, perMinute, clock, news, onUnreadable })
  const startMail = smtpUrl && mailDb ? sendMail : undefined
  const app = await buildApp({
    config,
    db,
    mailDb: mailDb ?? 'off',
    keys,
    clock,
    commit: urn.commit,
    setUpToken,
    startMail,
    log,
  })
  const nightly = makeNightly(async (day) => {
    const rounds = await whenFree(() => listMovingRounds(db, clock()), config.patienceMs)
    const today = swedishDay(clock())
    for (const id of rounds)
      await tellRound(db, { roundId: id, day, today }, (work) => whenFree(work, config.patienceMs))
  }, clock)
  const ages = makeNightly(async () => {
    const forgotten = await whenFree(() => forgetOld(db, clock()), config.patienceMs)
    const mails = mailDb ? await whenFree(() => forgetOldMail(mailDb, clock()), config.patienceMs) : 0
    if (Object.values(forgotten).some((count) => count > 0) || mails > 0)
      log.info({ ...forgotten, mails }, 'what is kept of staff has reached its age and was taken out')
  }, clock)
  const onJump = (seconds: number) =>
    log.warn({ seconds }, 'the clock has jumped: the figures of a day wait for an hour')
  const isSteady = steadyClock({ clock, onJump })
  const look = async () => {
    if (!isSteady()) return
    for (const each of [nightly, ages]) await each.look().catch((error) => log.error(error))
  }
  const looking = setInterval(look, 60_000).unref()
  app.addHook('preClose', async () => clearInterval(looking))
  app.addHook('onClose', async () => {
    await urn.close()
    release()
  })
  await app.listen({ host: config.host, port: config.port }).catch(async (error) => {
    clearInterval(looking)
    await app.close().catch(() => {})
    throw error
  })
  log.info(`Brukarsvar serves ${config.publicUrl}`)
  look()
  if (await hasNoStaff(db)) say(`Create the first account: ${config.publicUrl}/staff/set-up/${setUpToken}`)
  return app
}

/** The mail file, or nothing when it cannot be used: then answers are taken all the same, mail waits, and staff are told. */
function openMail(file: string, log: Log): MailDatabase | undefined {
  try {
    const mailDb = openUsableMailDatabase(file)
    neverWait(mailDb)
    return mailDb
  } catch (error) {
    if (!isOfFile(error)) throw error
    log.error(`Email is turned off until the next start. ${(error as Error).message}`)
    return undefined
  }
}

/** @throws DomainError `conflict` where a demo would be served to everybody: its passwords stand in a file. */
function refuseDemo(config: Config): void {
  const file = demoFileOf(config)
  if (!file || !config.publicUrl.startsWith('https:')) return
  throw new DomainError(
    'conflict',
    `${file} holds the passwords of a demo. Use another DATA_DIR for ${config.publicUrl}.`,
  )
}

/**
 * People are told who leads the survey before they are asked. A round that collects goes on all the same: whoever restarts the
 * service then must not shut people out. @throws DomainError `invalid` that names what is not set.
 */
async function requireOwner({ publicUrl, notice }: Config, db: Database, log: Log): Promise<void> {
  const missing = missingSettings(notice)
  if (!publicUrl.startsWith('https:') || missing.length === 0) return
  const message = `The privacy notice must say who leads the survey. Set ${missing.join(', ')}.`
  if (!(await listRounds(db)).some(({ state }) => state === 'collecting')) throw new DomainError('invalid', message)
  log.warn(message)
}
