import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import { buildApp } from '../../src/app.ts'
import type { AppOptions } from '../../src/app-options.ts'
import { parseConfig } from '../../src/config.ts'
import { newToken } from '../../src/crypto/secrets.ts'
import { type Database, neverWait, openDatabase } from '../../src/database/connection.ts'
import { bindKeys, type Keys } from '../../src/database/key-folder.ts'
import { openMailDatabase } from '../../src/database/mail-connection.ts'
import { mailFileOf, mailFileOff } from '../../src/database/mail-file.ts'
import type { InvitationChannel } from '../../src/invitation/disposition.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { type Languages, loadLanguages } from '../../src/language/languages.ts'
import type { Log } from '../../src/log/log.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { createRoundKey, type RoundKey } from '../../src/round/round-key.ts'
import { createRound, moveRound } from '../../src/round/store.ts'
import { inviteTablet } from '../../src/tablet/store.ts'
import type { RecordResponse } from '../../src/urn/sealed-ballot.ts'
import type { Door } from '../../src/web/door.ts'
import { inVisit, outOfVisit } from './visit.ts'

export interface ServiceOptions {
  /** A still clock unless it is moved: `service.clock.now = ...`. */
  now?: string
  file?: string
  keys?: Keys
  languages?: Languages
  settings?: Record<string, string>
  log?: Log
  recordResponse?: RecordResponse
  eachRoute?: AppOptions['eachRoute']
  sendMail?: AppOptions['sendMail']
  startMail?: AppOptions['startMail']
  /** As when the mail file cannot be used. */
  isMailOff?: boolean
  /** In place of a mail file beside the other one. */
  mailFile?: AppOptions['mailFile']
  /** As when the clock cannot be believed. */
  isNightOff?: AppOptions['isNightOff']
  /** Who is let in: without it everybody, for tests leave the event loop no rest. */
  door?: AppOptions['door']
}

const openDoor: Door = { enter: async () => true, follow: (work) => work }

let allLanguages: Languages | undefined

export function newKeys(): Keys {
  return {
    codePepper: randomBytes(32),
    spentPepper: randomBytes(32),
    visitKey: randomBytes(32),
    staffKey: randomBytes(32),
  }
}

/** The real service on a real database, in memory unless a file is named. */
export async function startService(options: ServiceOptions = {}) {
  const { keys = newKeys(), file = ':memory:' } = options
  const db = openDatabase(file)
  await bindKeys(db, keys)
  neverWait(db)
  const mailDb = openMailDatabase(file === ':memory:' ? file : join(dirname(file), 'mail.sqlite'))
  neverWait(mailDb)
  const clock = { now: new Date(options.now ?? '2026-09-15T09:00:00Z') }
  allLanguages ??= loadLanguages()
  const setUpToken = newToken()
  const app = await buildApp({
    setUpToken,
    config: parseConfig(options.settings ?? {}),
    db,
    mailFile: options.mailFile ?? (options.isMailOff ? mailFileOff() : mailFileOf(mailDb)),
    keys,
    languages: options.languages ?? allLanguages,
    clock: () => clock.now,
    log: options.log,
    recordResponse: options.recordResponse,
    eachRoute: options.eachRoute,
    sendMail: options.sendMail,
    startMail: options.startMail,
    isNightOff: options.isNightOff,
    door: options.door ?? openDoor,
  })
  return { app, db, mailDb, keys, clock, setUpToken, close: () => app.close() }
}

export type Service = Awaited<ReturnType<typeof startService>>

export interface TestRound {
  id: string
  key: RoundKey
  /** The stratum of each target group at the first unit. */
  strata: Record<TargetGroup, string>
}

/** A collecting round of all five groups at one unit of Alingsås, with its key. */
export async function openRound(
  db: Database,
  { id = '2026', collecting = true, unit = 'Enheten' } = {},
): Promise<TestRound> {
  const key = createRoundKey(id)
  await createRound(db, {
    id,
    year: 2026,
    opensOn: '2026-09-01',
    closesOn: '2026-10-31',
    publicKey: key.publicKey,
    targetGroups: [...targetGroups],
  })
  const { id: unitId } = await addUnit(db, { municipalityCode: '1489', name: unit })
  await addStrata(db, id, unitId, [...targetGroups])
  if (collecting) await moveRound(db, id, ['draft'], 'collecting')
  const strata = Object.fromEntries((await listStrata(db, id)).map((stratum) => [stratum.targetGroup, stratum.id]))
  return { id, key, strata: strata as TestRound['strata'] }
}

/** Codes that were handed out one by one. */
export async function drawCodes(
  service: Service,
  round: TestRound,
  { group = 'economic_assistance' as TargetGroup, channel = 'handout' as InvitationChannel, count = 1 } = {},
): Promise<string[]> {
  const stratumId = round.strata[group]
  return (await issueCodes(service.db, service.keys.codePepper, { stratumId, channel, count, drawn: true })).codes
}

/** A browser without a screen: remembers cookies, sends forms, follows nothing by itself. */
export function browse(app: Service['app'], headers: Record<string, string> = {}) {
  const jar = new Map<string, string>()
  const secondsLeft = new Map<string, number>()

  let mark = 'nobodysone'
  const cookieName = () => (jar.has(`__Host-visit-${mark}`) ? `__Host-visit-${mark}` : `visit-${mark}`)
  const addressOf = (url: string) => inVisit(url, `visit-${mark}=`)

  function remember(response: LightMyRequestResponse) {
    const { location } = response.headers
    mark = /^\/visit\/([a-z]+)\//.exec(location ?? '')?.[1] ?? mark
    if (location) response.headers.location = outOfVisit(location)
    for (const { name, value, maxAge } of response.cookies) {
      if (value === '' || maxAge === 0) jar.delete(name)
      else {
        jar.set(name, value)
        secondsLeft.set(name, maxAge ?? Number.POSITIVE_INFINITY)
      }
    }
    return response
  }
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const all = () => ({ ...headers, ...(jar.size > 0 ? { cookie: cookie() } : {}) })

  return {
    jar,
    /** So much time passes that the browser drops what it was to keep for less. */
    passSeconds(seconds: number) {
      for (const [name, left] of secondsLeft) {
        secondsLeft.set(name, left - seconds)
        if (left <= seconds) jar.delete(name)
      }
    },
    /** What marks the visit that was opened last; its pages are asked for, and told, without it. */
    mark: () => mark,
    /** The cookie of that visit as the browser sends it, and what is sealed in it. */
    cookie: () => `${cookieName()}=${jar.get(cookieName())}`,
    sealed: () => jar.get(cookieName())!,
    get: async (url: string) => remember(await app.inject({ url: addressOf(url), headers: all() })),
    post: async (url: string, form: Record<string, string | string[]> = {}) =>
      remember(
        await app.inject({
          method: 'POST',
          url: addressOf(url),
          headers: { ...all(), 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams(
            Object.entries(form).flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
          ).toString(),
        }),
      ),
  }
}

/** A tablet that may enrol for a stratum. Gives its id. */
export async function makeEnrolment(db: Database, stratumId: string, now: Date): Promise<string> {
  const enrolUntil = new Date(now.getTime() + 3_600_000)
  const pin = { salt: randomBytes(16), hash: randomBytes(32) }
  return inviteTablet(db, {
    ...{ name: 'Reception', strata: [stratumId], dailyQuota: 200 },
    ...{ enrolmentTag: randomBytes(32), enrolUntil, pin },
  })
}
