import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/connection.ts'
import { SQLite } from '../../src/database/sqlite.ts'
import { listDays } from '../../src/disclosure/store.ts'
import { nationPlace } from '../../src/disclosure/told-numbers.ts'
import { listTold } from '../../src/fieldwork/store.ts'
import { tellRound } from '../../src/fieldwork/tell.ts'
import { listRounds } from '../../src/round/store.ts'
import { unevenStrata, wrongCounts } from '../../src/urn/store.ts'

const migrations = fileURLToPath(new URL('../../migrations', import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-older-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A database as a version made it that knew so many migrations, and no later one. */
function makeOlder(file: string, known: number): InstanceType<typeof SQLite> {
  const older = join(folder, 'migrations')
  cpSync(migrations, older, { recursive: true })
  const journal = join(older, 'meta/_journal.json')
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8'))
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, known) }))
  const client = new SQLite(file)
  migrate(drizzle(client as never), { migrationsFolder: older })
  return client
}

/** A round under way in which forty have answered, and its evenings as they were written to the person before. */
function fill(client: InstanceType<typeof SQLite>): void {
  client.exec(`
    insert into rounds (id, year, state, opens_on, closes_on, public_key)
      values ('2026', 2026, 'collecting', '2026-09-01', '2026-10-31', randomblob(32));
    insert into round_groups values ('2026', 'addiction');
    insert into units (id, municipality_code, name) values ('u', '1489', 'Vuxenenheten');
    insert into strata (id, round_id, unit_id, target_group) values ('s', '2026', 'u', 'addiction');
    insert into batches (id, stratum_id, channel, drawn, issued, leftover) values ('b', 's', 'letter', 0, 60, 0);
    insert into urn_counts values ('s', 'letter', 40);
    insert into fieldwork_days values ('2026', '2026-09-13', '1489', 'addiction', 60, 0, 0, 33);
    insert into fieldwork_days values ('2026', '2026-09-14', '1489', 'addiction', 60, 0, 0, 38);
  `)
  for (let person = 0; person < 40; person++)
    client.exec(`insert into urn values (randomblob(16), 's', 'letter', zeroblob(112));
      insert into spent values (randomblob(32), 's')`)
}

test('a database of the version before loses no answer, and its evenings become ranges', async () => {
  const file = join(folder, 'brukarsvar.sqlite')
  const before = makeOlder(file, 5)
  fill(before)
  before.close()

  const db = openDatabase(file)
  expect(db.$client.prepare('select count(*) from urn').pluck().get()).toBe(40)
  expect([await unevenStrata(db), await wrongCounts(db)]).toEqual([[], []])
  const ofPlace = { offered: { low: 60, high: 79 }, responded: { low: 20, high: 39 } }
  expect(await listDays(db, '2026', '1489')).toMatchObject([{ day: '2026-09-13', ...ofPlace }])
  expect(await listDays(db, '2026', nationPlace)).toMatchObject([{ responded: { low: 0, high: 99 } }])

  // The last evening is told anew at the next start, for of its strata nothing was told.
  expect(await tellRound(db, { roundId: '2026', day: '2026-09-14', today: '2026-09-15' })).toBe(true)
  expect((await listTold(db, '2026')).find('s', 'all')).toMatchObject({ low: 35, high: 39 })
  expect((await listDays(db, '2026', '1489')).map(({ day }) => day)).toEqual(['2026-09-13', '2026-09-14'])
  db.$client.close()
})

test('forms without a code, which a version told to the person, become steps, and the days that tell of them ranges', async () => {
  const file = join(folder, 'brukarsvar.sqlite')
  const before = makeOlder(file, 9)
  before.exec(`
    insert into rounds (id, year, state, opens_on, closes_on, public_key)
      values ('2026', 2026, 'collecting', '2026-09-01', '2026-10-31', randomblob(32));
    insert into round_groups values ('2026', 'addiction'), ('2026', 'youth'), ('2026', 'guardian');
    insert into units (id, municipality_code, name) values ('u', '1489', 'Vuxenenheten'), ('v', '1480', 'Centrum');
    insert into strata (id, round_id, unit_id, target_group) values
      ('s', '2026', 'u', 'addiction'), ('t', '2026', 'u', 'youth'), ('x', '2026', 'u', 'guardian'), ('c', '2026', 'v', 'youth');
    insert into urn_counts values ('s', 'paper', 3), ('t', 'paper', 34), ('x', 'paper', 61), ('c', 'letter', 12);
    insert into told_numbers values
      ('2026', 's', 'all', 0, 4, 0), ('2026', 's', 'paper', 3, 3, 3), ('2026', 't', 'paper', 34, 34, 34),
      ('2026', 'x', 'paper', 61, 61, 61), ('2026', 'c', 'all', 10, 14, 12);
    insert into fieldwork_days values
      ('2026', '2026-09-13', '1489', 123, 123, 97, 101, 7886, 8211), ('2026', '2026-09-13', '1480', 40, 40, 10, 14, null, null),
      ('2026', '2026-09-13', 'nation', 163, 163, 107, 115, 6564, 7055);
  `)
  before.close()

  const db = openDatabase(file)
  const told = await listTold(db, '2026')
  expect(['s', 't', 'x'].map((place) => told.find(place, 'paper'))).toEqual([
    { low: 0, high: 4, moved: 3 },
    { low: 30, high: 34, moved: 34 },
    { low: 60, high: 69, moved: 61 },
  ])
  expect(told.find('c', 'all')).toEqual({ low: 10, high: 14, moved: 12 })
  expect(await listDays(db, '2026', '1489')).toEqual([
    {
      ...{ day: '2026-09-13', offered: { low: 120, high: 139 }, responded: { low: 80, high: 119 } },
      rate: { low: 0.5755, high: 0.9916 },
    },
  ])
  expect(await listDays(db, '2026', '1480')).toMatchObject([{ responded: { low: 10, high: 14 } }])
  expect(await listDays(db, '2026', nationPlace)).toMatchObject([{ responded: { low: 100, high: 199 } }])

  // One form that comes is not seen, wherever the number stood.
  db.$client.exec(`update urn_counts set number = number + 1 where channel = 'paper'`)
  expect(await tellRound(db, { roundId: '2026', day: '2026-09-14', today: '2026-09-15' })).toBe(true)
  const next = await listTold(db, '2026')
  for (const place of ['s', 't', 'x']) expect(next.find(place, 'paper'), place).toEqual(told.find(place, 'paper'))
  db.$client.close()
})

test('rounds that are over get the day of their close: the last that was told, or else the planned one', async () => {
  const file = join(folder, 'brukarsvar.sqlite')
  const before = makeOlder(file, 12)
  before.exec(`
    insert into rounds (id, year, state, opens_on, closes_on, public_key) values
      ('2024', 2024, 'published', '2024-09-01', '2024-10-31', randomblob(32)),
      ('2025', 2025, 'closed', '2025-09-01', '2025-10-31', randomblob(32)),
      ('2026', 2026, 'collecting', '2026-09-01', '2026-10-31', randomblob(32));
    insert into fieldwork_days values ('2025', '2025-11-03', '1489', 0, 19, 0, 19, null, null);
  `)
  before.close()
  const rounds = await listRounds(openDatabase(file))
  expect(rounds.map(({ id, closesOn, closedOn }) => [id, closesOn, closedOn])).toEqual([
    ['2026', '2026-10-31', undefined],
    ['2025', '2025-10-31', '2025-11-03'],
    ['2024', '2024-10-31', '2024-10-31'],
  ])
})
