import { randomBytes } from 'node:crypto'
import type { RouteOptions } from 'fastify'
import { describe, expect, test } from 'vitest'
import { openRoundUrn } from '../../src/actions/open-urn.ts'
import type { Database } from '../../src/database/connection.ts'
import { type Role, roles } from '../../src/people/roles.ts'
import { setPaused } from '../../src/round/plan-store.ts'
import type { RoundState } from '../../src/round/round.ts'
import { getRound } from '../../src/round/store.ts'
import { urn } from '../../src/urn/tables.ts'
import { runIn, valuesIn } from '../support/rows.ts'
import { browse, drawCodes, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { addressOf, newWorld, placeOf, type World } from '../support/staff-world.ts'
import { watchStatements } from '../support/statements.ts'

/** Every address that shows something, and every one of staff that takes a form, as the service itself has them. */
const pages: string[] = []
const forms: string[] = []
const note = ({ url, method, config }: RouteOptions) => {
  if (method === 'GET' && !config?.leadsOn && !url.startsWith('/assets')) pages.push(url)
  if (method === 'POST' && url.startsWith('/staff')) forms.push(url)
}
await (await startService({ eachRoute: note })).close()
const ofStaff = pages.filter((url) => url.startsWith('/staff'))
const ofEverybody = pages.filter((url) => !url.startsWith('/staff'))

/** As it is after the deeds that lead there, or what an older version may have left. */
const inState = (state: RoundState) => (db: Database) => runIn(db, 'update rounds set state = ?', state)
const opened = async (db: Database, { round }: World) => {
  await openRoundUrn(db, await getRound(db, round.id), { key: round.key, spentPepper: randomBytes(32) })
}
const phases: Record<string, (db: Database, world: World) => unknown> = {
  draft: inState('draft'),
  enrolling: inState('enrolling'),
  collecting: inState('collecting'),
  paused: (db, { roundId }) => setPaused(db, roundId, true),
  'closed, with tablets that may deliver': (db) =>
    runIn(db, "update rounds set state = 'closed', late_until = '2026-11-30T00:00:00.000Z'"),
  'closed and not opened': inState('closed'),
  opened,
  async released(db, world) {
    await opened(db, world)
    await inState('released')(db)
  },
  async published(db, world) {
    await opened(db, world)
    await inState('published')(db)
  },
}

/** Somebody who has begun while the round collected, with the mark of their visit, and somebody who has been thanked. */
async function people({ service, round }: World) {
  const codes = await drawCodes(service, round, { count: 2 })
  return Promise.all(
    codes.map(async (code, index) => {
      const browser = browse(service.app)
      await browser.post('/entry', { code, language: 'sv' })
      if (index === 1) await browser.post('/response', { overall: 'very_satisfied' })
      return browser
    }),
  )
}

describe.each(Object.entries(phases))('a round that is %s', (_, enter) => {
  test('shows every page of staff, to every role', async () => {
    const world = await newWorld()
    await people(world)
    await enter(world.service.db, world)
    const broken: string[] = []
    const named = watchStatements(world.service.db)
    for (const role of roles as readonly Role[]) {
      const browser = await staffBrowser(world.service, placeOf(role, world))
      for (const url of ofStaff) {
        const { statusCode } = await browser.get(addressOf(url, world.own, role))
        if (statusCode >= 500) broken.push(`${statusCode} ${role} ${url}`)
        for (const text of named.splice(0)) broken.push(`${role} ${url}: ${text}`)
      }
    }
    expect(broken).toEqual([])
    await world.service.close()
  })

  test('meets every form of staff in which nothing is filled in', async () => {
    const world = await newWorld()
    await enter(world.service.db, world)
    const { state, isPaused } = await getRound(world.service.db, world.roundId)
    const back = 'update rounds set state = ?, is_paused = ?'
    const broken: string[] = []
    const named = watchStatements(world.service.db)
    for (const role of roles as readonly Role[]) {
      const browser = await staffBrowser(world.service, placeOf(role, world))
      for (const url of forms) {
        const { statusCode } = await browser.post(addressOf(url, world.own, role))
        if (statusCode >= 500) broken.push(`${statusCode} ${role} ${url}`)
        for (const text of named.splice(0)) broken.push(`${role} ${url}: ${text}`)
        await runIn(world.service.db, back, state, Number(isPaused))
      }
    }
    expect(broken).toEqual([])
    await world.service.close()
  })

  test('shows every other page, to strangers, those who have begun and those who were thanked', async () => {
    const world = await newWorld()
    const begun = await people(world)
    await enter(world.service.db, world)
    const broken: string[] = []
    const named = watchStatements(world.service.db)
    for (const browser of [browse(world.service.app), ...begun])
      for (const url of ofEverybody) {
        const address = addressOf(url.replace(':mark', browser.mark()), world.own, 'coordinator')
        const { statusCode } = await world.service.app.inject({ url: address, headers: { cookie: browser.cookie() } })
        if (statusCode >= 500 && url !== '/ready') broken.push(`${statusCode} ${url}`)
        for (const text of named.splice(0)) broken.push(`${url}: ${text}`)
      }
    expect(broken).toEqual([])
    await world.service.close()
  })
})

test.each([
  'select count(*) from main.urn',
  'select * from strata join urn on true',
  'select 1 from "spent" where tag is null',
  'select "number" from "urn_counts"',
  'select count(*) from held_ballots',
])('a page that ran this would be found: %s', async (statement) => {
  const service = await startService()
  const named = watchStatements(service.db)
  await valuesIn(service.db, statement)
  await service.db.select().from(urn).all()
  await valuesIn(service.db, 'select sealed from waiting_forms')
  expect(named).toEqual([statement, expect.stringContaining('"urn"')])
  await service.close()
})

test('there are pages to walk', () => {
  expect(ofStaff.length).toBeGreaterThan(60)
  expect(ofEverybody.length).toBeGreaterThan(30)
})
