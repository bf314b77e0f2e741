import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/connection.ts'
import type { Connection } from '../../src/database/sqlite.ts'

/** All that may be known on the respondents' side. A new column here is a new promise: write the decision first. */
const respondentTables: Record<string, string[]> = {
  invitations: ['code_tag blob', 'batch_id text', 'disposition text'],
  spent: ['tag blob', 'stratum_id text'],
  urn: ['ballot_id blob', 'stratum_id text', 'channel text', 'sealed blob'],
  held_ballots: ['ballot_id blob', 'tablet_id text', 'stratum_id text', 'state text', 'sealed blob'],
  waiting_forms: [
    'ballot_id blob',
    'bundle_id text',
    'stratum_id text',
    'channel text',
    'sealed_mark blob',
    'sealed blob',
  ],
}

/** Words in the name of a column that could tell one person from another, or when they were here. */
const telling =
  /time|date|(^|_)(at|on|when|day|hour|seq|id|no|nr|number)$|created|updated|lang|locale|address|(^|_)ip|agent|device|browser|session|cookie|order|count|rowid|row_id|referer|user|person|responded|used/

/** The ids that do name something, and what: a batch, a bundle, a stratum and a tablet are many people; a ballot's id is random. */
const harmless = new Set(['batch_id', 'bundle_id', 'stratum_id', 'tablet_id', 'ballot_id'])

let client: Connection

beforeEach(() => {
  client = openDatabase(':memory:').$client
})
afterEach(() => client.close())

/** What is wrong with a live database, in words. Empty when it keeps its promises. */
function broken(db: Connection): string[] {
  return [
    ...brokenTables(db),
    ...Object.keys(respondentTables).flatMap((table) => brokenColumns(db, table)),
    ...extras(db),
  ]
}

function brokenTables(db: Connection): string[] {
  const tables = db.prepare(`select name, strict, wr from pragma_table_list where schema = 'main' and type = 'table'`)
  return (tables.all() as { name: string; strict: number; wr: number }[])
    .filter(({ name }) => name !== 'sqlite_schema' && name !== '__drizzle_migrations')
    .flatMap(({ name, strict, wr }) => [
      ...(name.startsWith('sqlite_') ? [`${name} exists: something counts rows`] : []),
      ...(strict ? [] : [`${name} is not STRICT`]),
      ...(wr ? [] : [`${name} has row ids`]),
    ])
}

function brokenColumns(db: Connection, table: string): string[] {
  const columns = db.prepare(
    'select name, lower(type) as type, dflt_value as preset, hidden from pragma_table_xinfo(?)',
  )
  const found = columns.all(table) as { name: string; type: string; preset: string | null; hidden: number }[]
  const asked = respondentTables[table]!
  return [
    ...found
      .filter(({ name, type }) => !asked.includes(`${name} ${type}`))
      .map(({ name }) => `${table}.${name} is new`),
    ...found
      .filter(({ name }) => telling.test(name) && !harmless.has(name))
      .map(({ name }) => `${table}.${name} tells`),
    ...found.filter(({ type }) => type !== 'blob' && type !== 'text').map(({ name }) => `${table}.${name} is a number`),
    ...found
      .filter(({ preset, hidden }) => preset !== null || hidden)
      .map(({ name }) => `${table}.${name} fills itself in`),
    ...(found.length < asked.length ? [`${table} lacks a column`] : []),
  ]
}

/** Triggers, views and indexes could keep what the tables must not. */
function extras(db: Connection): string[] {
  const known = [
    ...['batches_stratum', 'strata_place', 'units_name', 'urn_stratum'],
    ...['tablets_enrolment_tag_unique', 'tablets_key_tag_unique'],
    ...[
      'released_indicators_question',
      'history_figures_kpi',
      'staff_email',
      'staff_invitation_tag_unique',
      'sessions_staff',
    ],
  ]
  const found = db.prepare(`select type, name from sqlite_schema where type <> 'table' and sql is not null`)
  return (found.all() as { type: string; name: string }[])
    .filter(({ name }) => !known.includes(name))
    .map(({ type, name }) => `${type} ${name} is new`)
}

describe('the live database', () => {
  test('holds nothing about a respondent but what is listed here', () => {
    expect(broken(client)).toEqual([])
  })

  test('takes ballots of one length only, and keeps no row ids of them', () => {
    const put = client.prepare(`insert into urn values (randomblob(16), 'a', 'letter', zeroblob(?))`)
    client.pragma('foreign_keys = off')
    expect(put.run(112).changes).toBe(1)
    expect(() => put.run(111)).toThrow('urn_sealed')
    expect(() => client.prepare('select rowid from urn')).toThrow('no such column')
  })

  test('has one row only that grew with it: the migrations, whose times are those of the program', () => {
    const migrations = client.prepare('select count(*) as number from __drizzle_migrations').get() as { number: number }
    expect(migrations.number).toBeLessThan(50)
  })
})

describe('a change that would let somebody be found', () => {
  test.each([
    ['alter table spent add column spent_at text', 'spent.spent_at tells'],
    ['alter table urn add column language text', 'urn.language is new'],
    ['alter table urn add column origin text', 'urn.origin is new'],
    ['alter table urn add column user_agent text', 'urn.user_agent tells'],
    ['alter table invitations add column responded integer', 'invitations.responded is a number'],
    [`alter table spent add column mark text default 'x'`, 'spent.mark fills itself in'],
    ['create table visits (session text primary key) strict', 'visits has row ids'],
    ['create table visits (session text primary key) without rowid', 'visits is not STRICT'],
    [
      'create table visits (id integer primary key autoincrement) strict',
      'sqlite_sequence exists: something counts rows',
    ],
    ['alter table waiting_forms add column typed_at text', 'waiting_forms.typed_at tells'],
    ['create index urn_order on urn (sealed)', 'index urn_order is new'],
    ['create trigger watch after insert on urn begin select 1; end', 'trigger watch is new'],
  ])('%s', (change, complaint) => {
    client.exec(change)
    expect(broken(client)).toContain(complaint)
  })
})
