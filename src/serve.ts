import { announce } from './actions/announce.ts'
import { makeNights } from './actions/nights.ts'
import { startUrnThread } from './actions/urn-thread.ts'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { newToken } from './crypto/secrets.ts'
import { closeDatabase, type Database, neverWait } from './database/connection.ts'
import { demoFileOf } from './database/demo-file.ts'
import { namingFile, namingFileLater, writeAndRollBack } from './database/file-trouble.ts'
import { holdInUse } from './database/in-use.ts'
import { openToOthers } from './database/key-folder.ts'
import { closeMail, isHeld, isOfFile, openUsableMailDatabase } from './database/mail-connection.ts'
import { type MailFile, mailFileOf, mailFileOff, mailFileWhenFree } from './database/mail-file.ts'
import { openWithKeys } from './database/open.ts'
import { DomainError } from './errors.ts'
import { loadLanguages } from './language/languages.ts'
import { type Log, makeLog } from './log/log.ts'
import { linesTo } from './log/log-lines.ts'
import { startMailDelivery } from './mail/delivery-timer.ts'
import type { MailOffice } from './mail/mail-office.ts'
import type { Outage } from './mail/outage.ts'
import { lookThroughRows } from './mail/store.ts'
import { missingSettings } from './notice/responsible.ts'
import { bindStaffKey } from './people/staff-key-store.ts'
import { hasNoStaff } from './people/store.ts'
import { builtAt } from './project-folder.ts'
import { listRounds } from './round/store.ts'
import type { Stores } from './stores.ts'
import { keepTicksFast } from './web/fast-ticks.ts'

/** A start waits so long, in milliseconds, for a file that another program holds. */
const busyMs = 400

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
  keepTicksFast()
  const { db, keys } = await namingFileLater(config.databaseFile, () => openWithKeys(config, { busyMs }))
  toClose(() => closeDatabase(db))
  namingFile(config.databaseFile, () => writeAndRollBack(db))
  await bindStaffKey(db, keys)
  for (const path of openToOthers(config.keyDir)) log.warn(`Other users have access to ${path}: chmod go= ${path}`)
  refuseDemo(config)
  await requireOwner(config, db, log)
  neverWait(db)
  const release = holdInUse(config.databaseFile)
  toClose(release)
  const mailFile = openMail(config.mailDatabaseFile, log)
  toClose(() => closeMail(mailFile.db))
  const urn = startUrnThread(config.databaseFile)
  toClose(() => urn.close())
  const setUpToken = newToken()
  const { smtpUrl, perMinute } = config.mail
  const news = {
    onTrouble: (problem: object) => log.warn(problem, 'emails cannot be sent and wait'),
    onEnd: ({ since }: Outage) => log.info({ since }, 'emails are sent again'),
  }
  const onUnreadable = (number: number) =>
    log.error({ number }, 'emails could not be read and were given up: they were sealed with another staff.key')
  const sendMail = (office: MailOffice) =>
    startMailDelivery({ office, smtpUrl: smtpUrl!, perMinute, clock, news, onUnreadable })
  const startMail = smtpUrl && !mailFile.isOff() ? sendMail : undefined
  const languages = loadLanguages()
  const letters = { keys, languages, publicUrl: config.publicUrl, isPractice: config.keepRoundKey }
  const tellOfReleases = smtpUrl ? (stores: Stores) => announce({ ...letters, stores, now: clock() }) : undefined
  const { patienceMs, keyDir, answersKeptDays: keptDays } = config
  const settles = { keyDir, keptDays }
  const nights = makeNights({ db, mailFile, clock, builtAt: builtAt(), patienceMs, log, settles, tellOfReleases })
  const app = await buildApp({
    config,
    db,
    mailFile,
    keys,
    languages,
    clock,
    commit: urn.commit,
    setUpToken,
    startMail,
    log,
    makesPagesAhead: true,
    isNightOff: () => nights.doubt() !== undefined,
  })
  const looking = setInterval(() => void nights.look(), 60_000).unref()
  app.addHook('preClose', async () => clearInterval(looking))
  app.addHook('onClose', async () => {
    await urn.close()
    release()
  })
  await app.listen({ host: config.host, port: config.port, backlog: 4_096 }).catch(async (error) => {
    clearInterval(looking)
    await app.close().catch(() => {})
    throw error
  })
  log.info(`Brukarsvar serves ${config.publicUrl}`)
  void nights.look()
  if (await hasNoStaff(db)) say(`Create the first account: ${config.publicUrl}/staff/set-up/${setUpToken}`)
  return app
}

/** The mail file. Where it cannot be used answers are taken all the same, mail waits, and staff are told. */
function openMail(file: string, log: Log): MailFile {
  const onOff = ({ message }: Error) => log.error(`Email is turned off until the next start. ${message}`)
  try {
    const db = openUsableMailDatabase(file, { busyMs, looksAt: lookThroughRows })
    neverWait(db)
    return mailFileOf(db, onOff)
  } catch (error) {
    if (isHeld(error)) {
      log.warn(`Another program is using ${file}. Emails wait until it has finished.`)
      return mailFileWhenFree(file, onOff)
    }
    if (!isOfFile(error)) throw error
    onOff(error as Error)
    return mailFileOff()
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
