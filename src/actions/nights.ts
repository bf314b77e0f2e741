import { type Database, fileOf, isBusy } from '../database/connection.ts'
import { lookThroughInUse } from '../database/looking-thread.ts'
import type { MailFile } from '../database/mail-file.ts'
import { patient } from '../database/patience.ts'
import { type ClockDoubt, doubted, doubtOf } from '../fieldwork/clock-doubt.ts'
import { makeNightly } from '../fieldwork/nightly.ts'
import type { MovingRound } from '../fieldwork/store.ts'
import type { Log } from '../log/log.ts'
import { isOver } from '../round/round.ts'
import { bindAllStores, type Stores } from '../stores.ts'
import { steadyClock } from '../time/steady-clock.ts'
import { swedishDay } from '../time/swedish-day.ts'
import { destroyDue } from './destroy-round.ts'
import { forgetOld } from './forget-old.ts'
import { forgetOldMail } from './forgetting-store.ts'
import { nightTroubles } from './night-troubles.ts'
import { tellOnThread } from './telling-thread.ts'

export interface NightsOptions {
  db: Database
  mailFile: MailFile
  clock: () => Date
  /** Milliseconds of a clock that nobody sets. */
  elapsedMs?: () => number
  /** When this program was built. */
  builtAt: Date
  patienceMs: number
  log: Log
  /** Where keys of rounds may lie, and how many days after publication answers are kept; without it none are destroyed. */
  settles?: { keyDir: string; keptDays: number }
  /** Tells of releases by mail; absent where no mail server is set. */
  tellOfReleases?: (stores: Stores) => Promise<void>
}

export interface Nights {
  /** Does what the night asks for, if it has not been done; to be called every minute. It never fails: it says so, and tries again. */
  look(): Promise<void>
  /** Why nothing that goes by the day is done just now. */
  doubt(): ClockDoubt | undefined
}

/**
 * What a service does once for each day that has ended: what is told of answers, what has reached its age and goes, and answers that have come to their day. All wait
 * while the clock cannot be believed; a day that ended meanwhile is made up for as soon as it can. Addresses of rounds that are over
 * go whatever the clock says, where the close could not take them out; what has happened to releases is told by mail; and both files are looked through, past what is kept of them in memory.
 */
export function makeNights({ db, mailFile, clock, elapsedMs, builtAt, ...options }: NightsOptions): Nights {
  const { patienceMs, log, settles, tellOfReleases } = options
  const run = patient(patienceMs)
  const stores = bindAllStores(db, mailFile, run)
  const { attempt, say } = nightTroubles(log, fileOf(db) ?? 'the database')
  const steady = steadyClock({ clock, elapsedMs, onJump: (seconds) => log.warn({ seconds }, doubted.jumped) })
  let atStart: Map<string, MovingRound['lastNight']> | undefined
  let doubt: ClockDoubt | undefined

  const telling = makeNightly(async (day) => {
    const today = swedishDay(clock())
    for (const { id } of await stores.fieldwork.listMovingRounds(clock())) {
      await tellOnThread(db, { roundId: id, day, today }, patienceMs)
    }
  }, clock)
  const ages = makeNightly(async () => {
    const failures: unknown[] = []
    const onFailure = (kind: string, error: unknown) => {
      failures.push(error)
      say({ piece: 'ages', kind }, error, 'what has reached its age could not be taken out')
    }
    const forgotten = await forgetOld(db, clock(), { run, onFailure })
    const mails = mailFile.isOff() ? 0 : await mailFile.watch(run)(() => forgetOldMail(mailFile.db, clock()))
    if (Object.values(forgotten).some((count) => count > 0) || mails > 0)
      log.info({ ...forgotten, mails }, 'what is kept of staff has reached its age and was taken out')
    if (failures.length > 0) throw failures[0] // tried again
  }, clock)
  const settling = makeNightly(async () => {
    if (!settles) return
    for (const roundId of await destroyDue(db, { ...settles, now: clock() }))
      log.info({ roundId }, 'the answers of a round have come to their day and were destroyed')
  }, clock)
  const files = makeNightly(async () => {
    await lookThroughInUse(db)
    if (!mailFile.isOff()) await mailFile.lookThrough()
  }, clock)
  const addresses = makeNightly(async () => {
    if (!mailFile.isOff()) await forgetAddressesOfOver(stores)
  }, clock)

  /** A clock that stands as it did at the start is held to what was known then: what it wrote meanwhile, when it was set wrong, goes. */
  async function findDoubt(): Promise<ClockDoubt | undefined> {
    const isSteady = steady.isSteady()
    const rounds = await stores.fieldwork.listMovingRounds(clock())
    atStart ??= new Map(rounds.map(({ id, lastNight }) => [id, lastNight]))
    if (!isSteady) return 'jumped'
    const known = steady.isAsAtStart()
      ? rounds.map((round) => ({ ...round, lastNight: atStart!.get(round.id) }))
      : rounds
    return doubtOf(clock(), { builtAt, rounds: known })
  }
  function sayDoubt(found: ClockDoubt | undefined): void {
    if (found === doubt) return
    if (found && found !== 'jumped') log.error({ doubt: found }, doubted[found])
    if (!found) log.info('the clock is believed again')
    doubt = found
  }

  return {
    async look() {
      await attempt('files', () => files.look().catch(unlessHeld))
      await attempt('addresses', addresses.look)
      await attempt('clock', async () => {
        sayDoubt(await findDoubt())
        if (doubt) return
        await attempt('telling', telling.look)
        await attempt('ages', ages.look)
        await attempt('settling', settling.look)
        if (tellOfReleases && !mailFile.isOff()) await attempt('releases', () => tellOfReleases(stores))
      })
    },
    doubt: () => doubt,
  }
}

/** A file that another program holds is looked through the next minute. */
function unlessHeld(error: unknown): void {
  if (!isBusy(error)) throw error
}

/** Nobody is written to any more of a round that is over: where mail was off at its close, or the close was cut off, they go now. */
async function forgetAddressesOfOver({ mail, round }: Stores): Promise<void> {
  const written = await mail.listWrittenTo()
  const over = (await round.listRounds()).filter(({ id, state }) => written.includes(id) && isOver(state))
  for (const { id } of over) await mail.forgetAddresses(id)
}
