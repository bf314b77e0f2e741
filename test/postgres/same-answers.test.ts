import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as audit from '../../src/audit/tables.ts'
import { closeDatabase, type Database, openDatabase } from '../../src/database/connection.ts'
import { atOnce } from '../../src/database/patience.ts'
import * as fingerprints from '../../src/database/tables.ts'
import * as disclosure from '../../src/disclosure/tables.ts'
import * as enrolment from '../../src/enrolment/tables.ts'
import * as history from '../../src/history/tables.ts'
import * as invitation from '../../src/invitation/tables.ts'
import * as organisation from '../../src/organisation/tables.ts'
import * as ownTexts from '../../src/own-texts/tables.ts'
import * as paper from '../../src/paper/tables.ts'
import * as people from '../../src/people/tables.ts'
import * as results from '../../src/results/tables.ts'
import * as round from '../../src/round/tables.ts'
import { type AnswerStores, bindStores } from '../../src/stores.ts'
import * as tablet from '../../src/tablet/tables.ts'
import * as urn from '../../src/urn/tables.ts'
import { postgresDatabase } from './database.ts'
import { script } from './script.ts'
import { hasPostgres, startPostgres } from './server.ts'
import { statementsFor } from './statements.ts'

/*
 * The stores ask both engines the same, in the same words: what SQLite answers, PostgreSQL answers too. The service runs on SQLite alone
 * as yet; this keeps what is written for it from being for it alone.
 */

const subjects = [audit, fingerprints, disclosure, enrolment, history, invitation, organisation, ownTexts, paper]
const tables = [...subjects, people, results, round, tablet, urn].flatMap((subject) =>
  Object.values(subject as Record<string, unknown>).filter(
    (one): one is typeof round.rounds => typeof one === 'object' && one !== null && 'getSQL' in one,
  ),
)

/** What is drawn by lot is another in each. */
const withoutLots = (found: unknown): unknown =>
  JSON.parse(
    JSON.stringify(found ?? null, (_, value) => (value instanceof Map ? [...value.entries()] : value))
      .replace(/[0-9a-f]{8,}/g, '<id>')
      .replace(/\{"type":"Buffer","data":\[[^\]]*\]\}/g, '"<bytes>"'),
  )

type Outcome = { answer: unknown } | { refused: unknown }

async function outcomesOf(stores: AnswerStores): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {}
  for (const [name, ask] of script(stores)) {
    const outcome = await ask().then(
      (answer) => ({ answer: withoutLots(answer) }),
      (error) => ({ refused: (error as { code?: string }).code ?? String(error) }),
    )
    outcomes[name] = outcome
  }
  return outcomes
}

describe.skipIf(!hasPostgres && process.env.CI !== 'true')(
  'PostgreSQL answers as SQLite does',
  { sequential: true },
  () => {
    let server: ReturnType<typeof startPostgres>
    let pool: pg.Pool
    let lite: Database
    beforeAll(async () => {
      server = startPostgres()
      const { host, user } = server
      pool = new pg.Pool({ host, user, database: 'postgres', max: 8 })
      pool.on('connect', (client) => client.on('error', () => {}))
      lite = openDatabase(':memory:')
      for (const statement of statementsFor(tables)) await pool.query(statement)
      const { municipalities } = organisation
      await postgresDatabase(pool)
        .insert(municipalities)
        .values(await lite.select().from(municipalities).all())
        .run()
    })
    afterAll(async () => {
      closeDatabase(lite)
      await pool?.end()
      server?.stop()
    })

    test('through a round from its plan to its last day', async () => {
      const [ofLite, ofPostgres] = [
        await outcomesOf(bindStores(lite, atOnce)),
        await outcomesOf(bindStores(postgresDatabase(pool), atOnce)),
      ]
      for (const [name, outcome] of Object.entries(ofLite))
        expect.soft([name, ofPostgres[name]]).toEqual([name, outcome])
      const refused = Object.values(ofLite).filter((one) => 'refused' in one)
      expect(refused.length).toBeGreaterThan(3)
      expect(refused.every(({ refused }) => /^[a-z-]+$/.test(String(refused)))).toBe(true)
    })

    test('when twenty count at once, each is counted, and of two units of one name one is made', async () => {
      const { invitation, organisation } = bindStores(postgresDatabase(pool), atOnce)
      const [stratum] = await organisation.listStrata('2026')
      const change = { stratumId: stratum!.id, channel: 'handout', disposition: 'declined', number: 1 } as const
      const before = await pool.query<{ sum: string }>('select coalesce(sum(number), 0) as sum from tallies')
      await Promise.all(Array.from({ length: 20 }, () => invitation.addToTallies([change])))
      const after = await pool.query<{ sum: string }>('select coalesce(sum(number), 0) as sum from tallies')
      expect(Number(after.rows[0]!.sum) - Number(before.rows[0]!.sum)).toBe(20)
      const name = `Norra ${randomBytes(2).toString('hex')}`
      const made = await Promise.all(
        [name, name.toUpperCase()].map((one) => organisation.addUnit({ municipalityCode: '1489', name: one })),
      )
      expect(made[0]!.id).toBe(made[1]!.id)
    })
  },
)
