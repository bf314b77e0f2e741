import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tellOnThread } from '../src/actions/telling-thread.ts'
import { type Database, openDatabase } from '../src/database/connection.ts'
import { bindKeys, type Keys } from '../src/database/key-folder.ts'
import { atOnce } from '../src/database/patience.ts'
import { nationPlace } from '../src/disclosure/told-numbers.ts'
import { followNation } from '../src/fieldwork/nation.ts'
import type { Scope } from '../src/organisation/scope.ts'
import type { Role } from '../src/people/roles.ts'
import { targetGroups } from '../src/questionnaire/target-groups.ts'
import { bindStores } from '../src/stores.ts'
import { newKeys, startService } from '../test/support/service.ts'
import { staffBrowser } from '../test/support/staff.ts'
import { longestTurn } from './turns.ts'

/** A collecting round of the whole nation, or of a part of it, on the disk. */
export interface Nation {
  file: string
  db: Database
  keys: Keys
  roundId: string
  municipalityCode: string
  unitIds: string[]
  remove(): void
}

/**
 * Fills a database with a nation's fieldwork: at size 1, 290 municipalities, 5 000 strata, 500 000 invitations,
 * 250 000 ballots in the urn and 60 days. Written straight into the tables: no code leads to these invitations.
 */
export async function makeNation(size = 1): Promise<Nation> {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-nation-'))
  const file = join(folder, 'brukarsvar.sqlite')
  const db = openDatabase(file)
  const keys = newKeys()
  await bindKeys(db, keys)
  const run = db.$client
  run.pragma('synchronous = off') // only while it is filled
  run.transaction(() => fill(db, Math.round(290 * size), Math.round(5000 * size)))()
  run.exec('analyze')
  run.exec('drop table sqlite_stat1')
  run.pragma('synchronous = full')
  const place = run
    .prepare('select municipality_code as code, id from units order by municipality_code limit 1')
    .get() as { code: string; id: string }
  const remove = () => {
    run.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { file, db, keys, roundId: '2026', municipalityCode: place.code, unitIds: [place.id], remove }
}

function fill({ $client: run }: Database, places: number, strata: number): void {
  run
    .prepare('insert into rounds (id, year, state, opens_on, closes_on, public_key) values (?, 2026, ?, ?, ?, ?)')
    .run('2026', 'collecting', '2026-09-01', '2026-10-31', randomBytes(32))
  for (const group of targetGroups) run.prepare('insert into round_groups values (?, ?)').run('2026', group)
  const codes = run.prepare('select code from municipalities order by code limit ?').pluck().all(places) as string[]
  const put = {
    unit: run.prepare('insert into units (id, municipality_code, name) values (?, ?, ?)'),
    stratum: run.prepare('insert into strata (id, round_id, unit_id, target_group) values (?, ?, ?, ?)'),
    batch: run.prepare(
      'insert into batches (id, stratum_id, channel, drawn, issued, leftover) values (?, ?, ?, ?, ?, ?)',
    ),
    invitation: run.prepare('insert into invitations values (randomblob(32), ?, ?)'),
    tally: run.prepare('insert into tallies values (?, ?, ?, ?)'),
    ballot: run.prepare('insert into urn values (randomblob(16), ?, ?, zeroblob(112))'),
    count: run.prepare('insert into urn_counts values (?, ?, ?)'),
    day: run.prepare('insert into fieldwork_days values (?, ?, ?, ?, ?, ?, ?, null, null)'),
  }
  for (let index = 0; index < strata; index++) {
    const [unit, stratum] = [`unit-${Math.floor(index / 3)}`, `stratum-${index}`]
    if (index % 3 === 0) put.unit.run(unit, codes[Math.floor(index / 3) % codes.length], unit)
    put.stratum.run(stratum, '2026', unit, targetGroups[index % targetGroups.length])
    for (const channel of ['letter', 'handout']) {
      put.batch.run(`${stratum}-${channel}`, stratum, channel, Number(channel === 'handout'), 50, 0)
      for (let code = 0; code < 50; code++) put.invitation.run(`${stratum}-${channel}`, 'handed_out')
    }
    put.tally.run(stratum, 'handout', 'declined', 3)
    const answers = (index % 5) * 10 // 50 in a stratum on average, half of what was offered
    for (const [channel, number] of [
      ['letter', answers],
      ['handout', answers + 10],
    ] as const) {
      for (let ballot = 0; ballot < number; ballot++) put.ballot.run(stratum, channel)
      put.count.run(stratum, channel, number)
    }
  }
  for (let day = 0; day < 60; day++) {
    const date = new Date(Date.parse('2026-09-01') + day * 86_400_000).toISOString().slice(0, 10)
    for (const code of [...codes, nationPlace])
      put.day.run('2026', date, code, 10 * day, 10 * day, 4 * day, 4 * day + 9)
  }
}

/** The median of some runs, in milliseconds. */
async function timed(work: () => Promise<unknown>, runs: number): Promise<number> {
  const times: number[] = []
  for (let run = -1; run < runs; run++) {
    const started = performance.now()
    await work()
    if (run >= 0) times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!
}

let days = 0
/** A day after the round on which nothing was written yet. */
const newDay = () => new Date(Date.parse('2027-01-01') + days++ * 86_400_000).toISOString().slice(0, 10)

function tell({ db, roundId }: Pick<Nation, 'db' | 'roundId'>): Promise<boolean> {
  const day = newDay()
  return tellOnThread(db, { roundId, day, today: day }, 5_000)
}

/** The longest turn while a night of the nation is told, in milliseconds. */
export const timeNight = (nation: Nation): Promise<number> => longestTurn(() => tell(nation))

/** What the fieldwork pages ask of the database and work out, in milliseconds. */
export async function timeFieldwork({ db, roundId, municipalityCode, unitIds }: Nation, runs = 9) {
  const { fieldwork, disclosure } = bindStores(db, atOnce)
  const page = (scope: Scope) => () => fieldwork.readOverview(roundId, scope)
  const reader = {
    participants: fieldwork.listParticipants,
    ledger: (id: string, municipalityCodes: string[]) => fieldwork.readLedger(id, { municipalityCodes }),
    days: (id: string) => disclosure.listDays(id, nationPlace),
  }
  const nation = () => followNation(reader, () => new Date(0))(roundId)
  return {
    nation: await timed(nation, runs),
    'nation, longest turn': await longestTurn(nation),
    municipality: await timed(page({ municipalityCode }), runs),
    unit: await timed(page({ municipalityCode, unitIds }), runs),
    'days of the nation': await timed(() => disclosure.listDays(roundId, nationPlace), runs),
    'days of a municipality': await timed(() => disclosure.listDays(roundId, municipalityCode), runs),
    'a night': await timed(() => tell({ db, roundId }), Math.min(3, runs)),
  }
}

/** Issuing codes to one stratum, in milliseconds. */
export async function timeIssuing({ db }: Nation, count = 100_000): Promise<number> {
  const started = performance.now()
  const { issueCodes } = bindStores(db, atOnce).invitation
  await issueCodes(randomBytes(32), { stratumId: 'stratum-0', channel: 'letter', count, drawn: false })
  return performance.now() - started
}

/** Pages of staff through the whole service, in milliseconds: with the nation worked out anew, and as it is remembered for a minute. */
export async function timePages({ file, keys, municipalityCode, unitIds }: Nation, runs = 9) {
  const service = await startService({ file, keys, now: '2026-10-15T09:00:00Z' })
  const later = () => {
    service.clock.now = new Date(service.clock.now.getTime() + 61_000)
  }
  const page = async (role: Role, url: string, isAnew = false) => {
    const { get } = await staffBrowser(service, { role, municipalityCode, unitIds })
    return async () => {
      if (isAnew) later()
      const { statusCode } = await get(url)
      if (statusCode !== 200) throw new Error(`${url} gave ${statusCode}`)
    }
  }
  const anew = await page('national', '/staff/fieldwork', true)
  const found = {
    "the nation's page, worked out anew": await timed(anew, runs),
    'the same, longest turn': await longestTurn(anew),
    "the nation's page, remembered": await timed(await page('national', '/staff/fieldwork'), runs),
    'home of the national administrator': await timed(await page('national', '/staff'), runs),
    'home of a coordinator': await timed(await page('coordinator', '/staff'), runs),
    'page of a municipality': await timed(await page('coordinator', '/staff/fieldwork'), runs),
    'home of a caseworker': await timed(await page('caseworker', '/staff/offer'), runs),
    'page of a unit': await timed(await page('caseworker', '/staff/fieldwork'), runs),
  }
  await service.close()
  return found
}
