import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { prepareCommit } from '../../src/actions/record-response.ts'
import { tellRound } from '../../src/fieldwork/tell.ts'
import type { Channel } from '../../src/invitation/disposition.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { recordLeftover } from '../../src/invitation/store.ts'
import { addToTally } from '../../src/invitation/tally-store.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import type { TargetGroup } from '../../src/questionnaire/target-groups.ts'
import { sealTo } from '../../src/round/round-key.ts'
import { createRound, moveRound } from '../../src/round/store.ts'
import { runIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
beforeEach(async () => {
  service = await startService()
  round = await openRound(service.db, { unit: 'Vuxenenheten' })
})
afterEach(() => service.close())

/** A unit with one target group; gives both ids. */
async function newPlace(municipalityCode: string, name: string, group: TargetGroup = 'youth') {
  const { id: unitId } = await addUnit(service.db, { municipalityCode, name })
  await addStrata(service.db, round.id, unitId, [group])
  const [stratum] = await listStrata(service.db, round.id, { municipalityCode, unitIds: [unitId] })
  return { unitId, stratumId: stratum!.id }
}

/** So many letters that were posted, and so many of those answered. */
async function post(stratumId: string, offered: number, responded: number) {
  const { db, keys } = service
  const order = { stratumId, channel: 'letter' as const, count: offered, drawn: false }
  const { batchId } = await issueCodes(db, keys.codePepper, order)
  await recordLeftover(db, batchId, 0)
  respond(stratumId, 'letter', responded)
}

function respond(stratumId: string, channel: Channel, number: number) {
  const sealed = sealTo(round.key.publicKey, Buffer.alloc(64))
  const ballot = () => ({ ballotId: randomBytes(16), stratumId, channel, roundId: round.id, sealed })
  prepareCommit(service.db)(Array.from({ length: number }, ballot))
}

/** So many forms of paper that came back and were told, of which the count of forms handed out was taken back afterwards. */
async function returnUncounted(stratumId: string, number: number) {
  const tally = { stratumId, channel: 'paper' as const, disposition: 'handed_out' as const, number }
  await addToTally(service.db, tally)
  respond(stratumId, 'paper', number)
  await night()
  await addToTally(service.db, { ...tally, number: -number })
}

/** What a page says, a space for each tag, so that a row of a table is a line of words. */
const wordsOf = (html: string) =>
  html
    .replace(/<head>.*?<\/head>|<nav.*?<\/nav>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

/** What was told of a municipality on a day. */
async function day(date: string, place: string, offered: number, [low, high]: [number, number], roundId = '2026') {
  const rate = (responded: number) => Math.round((10_000 * responded) / offered)
  await runIn(
    service.db,
    'insert into fieldwork_days values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ...[roundId, date, place, offered, offered, low, high, rate(low), rate(high)],
  )
}

/** A night goes by, and what came in until then is told. */
const night = (date = '2026-09-14') => tellRound(service.db, { roundId: round.id, day: date })

describe('a coordinator', () => {
  const open = async (url = '/staff/fieldwork') => {
    const { get } = await staffBrowser(service, { role: 'coordinator' })
    const page = await get(url)
    expect(page.statusCode).toBe(200)
    return wordsOf(page.body)
  }

  test('sees nothing of today, and tomorrow the step in which the number lies', async () => {
    await post(round.strata.guardian, 100, 48)
    await post(round.strata.youth, 60, 7)
    const today = await open()
    expect(today).toContain('Antalet svar räknas första gången i natt.')
    expect(today).toContain('Vårdnadshavare för få svar under 5 100 0 0')
    await night()
    const page = await open()
    expect(page).toContain('Antalet svar är från kvällen 14 september 2026.')
    expect(page).toContain('Vårdnadshavare 45–49 % 45–49 100 0 0')
    expect(page, 'the line ends where the page begins').toMatch(
      /^.*31–36 % har svarat i Alingsås.* Alingsås 31–36 % Dag för dag/s,
    )
    expect(page).toContain('Dag 15 15 sep. 2026 31–36 % 50–58 160')
    expect(page).toContain('Unga 13 år och äldre för få svar 5–9 60 0 0')
    respond(round.strata.youth, 'letter', 30)
    expect(await open()).toBe(page)
  })

  test('sees declines of a handout in what was offered, at once', async () => {
    await post(round.strata.guardian, 100, 48)
    await night()
    await addToTally(service.db, {
      ...{ stratumId: round.strata.guardian, channel: 'handout', disposition: 'declined', number: 20 },
    })
    expect(await open()).toContain('Vårdnadshavare 38–41 % 45–49 120 20 0')
  })

  test('is told what is missing, and where it is mended', async () => {
    await returnUncounted(round.strata.guardian, 30)
    const { get } = await staffBrowser(service, { role: 'coordinator' })
    const { body } = await get('/staff/fieldwork')
    expect(wordsOf(body)).toContain('Vuxenenheten, vårdnadshavare, pappersenkät: svar har kommit in')
    expect(body).toContain('href="/staff/paper/tally"')
    expect(wordsOf(body)).toContain('Vuxenenheten, unga 13 år och äldre: ingen har erbjudits enkäten än.')
  })

  test('is told of printed codes that nobody has settled', async () => {
    const order = { stratumId: round.strata.youth, channel: 'letter' as const, count: 10, drawn: false }
    await issueCodes(service.db, service.keys.codePepper, order)
    const { body } = await (await staffBrowser(service, { role: 'coordinator' })).get('/staff/fieldwork')
    const asked = '10 brev till unga 13 år och äldre på Vuxenenheten är utskrivna. Är alla postade?'
    expect(wordsOf(body)).toContain(asked)
    expect(body, 'and answered where it stands').toMatch(/action="\/staff\/leftovers\/[0-9a-f]{8}\/posted"/)
  })

  test('compares with the nation and with the same day of last year', async () => {
    await createRound(service.db, {
      ...{ id: '2025', year: 2025, opensOn: '2025-09-01', closesOn: '2025-10-31', targetGroups: ['youth'] },
      publicKey: randomBytes(32),
    })
    await moveRound(service.db, '2025', ['draft'], 'closed')
    await day('2025-09-13', '1489', 200, [50, 59], '2025')
    await day('2025-09-16', '1489', 200, [90, 99], '2025')
    await day('2026-09-13', '1489', 90, [30, 34])
    await post(round.strata.youth, 100, 40)
    await post((await newPlace('1480', 'Centrum')).stratumId, 100, 60)
    await night()

    const page = await open()
    expect(page).toContain('Högre än samma dag förra året, lägre än i hela landet')
    expect(page).toContain('Hela landet 43–49 %')
    expect(page).toContain('Samma dag förra året var svarsfrekvensen 25–30 % (50–59 av 200).')
    expect(page).toContain('Dag 13 13 sep. 2026 33–38 % 30–34 90 25–30 %')
    const { get } = await staffBrowser(service, { role: 'coordinator' })
    const lines = [...(await get('/staff/fieldwork')).body.matchAll(/class="line ([\w-]+)"/g)].map(([, kind]) => kind)
    expect(lines).toEqual(['last-year', 'nation', 'own', 'last-year', 'nation', 'own']) // for a wide page and a narrow one
  })

  test('takes the tables out as a file, with what is told on the page', async () => {
    await post(round.strata.youth, 60, 7)
    await night()
    const { get } = await staffBrowser(service, { role: 'coordinator' })
    const file = await get('/staff/fieldwork?format=csv')
    expect(file.headers['content-type']).toContain('text/csv')
    expect(file.body).toContain('"Vuxenenheten";"Unga 13 år och äldre";"60";"5–9";"för få svar";"0";"0"')
  })

  test('finds no other municipality', async () => {
    const { unitId } = await newPlace('1480', 'Centrum')
    const { get } = await staffBrowser(service, { role: 'coordinator' })
    for (const url of ['municipalities/1480', 'municipalities/9999', `units/${unitId}`])
      expect((await get(`/staff/fieldwork/${url}`)).statusCode, url).toBe(404)
    expect((await get('/staff/fieldwork/municipalities/1489')).statusCode).toBe(200)
  })
})

test('a caseworker sees their own units, and no more of the municipality', async () => {
  const north = await newPlace('1489', 'Norr')
  const south = await newPlace('1489', 'Söder')
  await post(north.stratumId, 100, 50)
  await post(south.stratumId, 100, 90)
  await night()
  const { get } = await staffBrowser(service, { role: 'caseworker', unitIds: [north.unitId] })
  for (const url of ['/staff/offer', '/staff/fieldwork', '/staff/fieldwork/municipalities/1489']) {
    const page = wordsOf((await get(url)).body)
    expect(page, url).toContain('45–49')
    expect(page, url).not.toMatch(/Söder|Vuxenenheten|90/)
  }
  expect((await get(`/staff/fieldwork/units/${south.unitId}`)).statusCode).toBe(404)
  expect((await get(`/staff/fieldwork/units/${north.unitId}`)).statusCode).toBe(200)
})

describe('the national administrator', () => {
  test('sees all municipalities, by what is asked for', async () => {
    await post(round.strata.youth, 100, 60)
    await post((await newPlace('1480', 'Centrum')).stratumId, 100, 40)
    await newPlace('0180', 'Söder')
    await night()
    const { get } = await staffBrowser(service, { role: 'national' })
    const rows = async (query: string) =>
      [...(await get(`/staff/fieldwork?${query}`)).body.matchAll(/municipalities\/(\d{4})"/g)].map(([, code]) => code)
    expect(await rows('')).toEqual(['1480', '1489', '0180']) // where it is low, first
    expect(await rows('order=name')).toEqual(['1489', '1480', '0180']) // Alingsås, Göteborg, Stockholm
    expect(await rows('order=rate')).toEqual(['1489', '1480', '0180'])
    expect(await rows('order=-rate')).toEqual(['1480', '1489', '0180'])
    expect(await rows('search=gote')).toEqual(['1480'])
    expect(await rows('county=Stockholms+län')).toEqual(['0180'])
    expect(await rows('state=missing')).toEqual(['0180'])
    const page = wordsOf((await get('/staff/fieldwork')).body)
    expect(page).toContain('1 kommun har inte erbjudit någon person enkäten än.')
    expect(wordsOf((await get('/staff/fieldwork/municipalities/1489')).body)).toContain('50–59 % har svarat i Alingsås')
  })
})

test('before the round has opened there is nothing to follow, and the page says so', async () => {
  await runIn(service.db, "update rounds set state = 'enrolling'")
  for (const role of ['national', 'coordinator', 'caseworker', 'host'] as const) {
    const { get } = await staffBrowser(service, { role })
    expect((await get('/staff/fieldwork')).body).toContain('när insamlingen är öppen')
  }
})

describe('the home page', () => {
  test('tells a coordinator what is most urgent, and how it goes beside the nation', async () => {
    await post(round.strata.youth, 100, 40)
    await returnUncounted(round.strata.guardian, 30)
    const { get } = await staffBrowser(service, { role: 'coordinator' })
    const { body } = await get('/staff')
    expect(body).toMatch(
      /class="todo">.*?För 1 målgrupp är utlämnade pappersenkäter inte räknade\..*?href="\/staff\/paper\/tally"/s,
    )
    expect(wordsOf(body)).toContain('I kommunen')
  })

  test.each([
    ['national', /1 kommun har inte erbjudit någon/],
    ['viewer', /Omgångens resultat är inte klart än/],
  ] as const)('tells a %s what to do', async (role, text) => {
    const { get } = await staffBrowser(service, { role })
    const { statusCode, body } = await get('/staff')
    expect(statusCode).toBe(200)
    expect(body).toMatch(text)
  })

  test.each(['national', 'coordinator', 'viewer'] as const)(
    'greets a %s in English before there is a round',
    async (role) => {
      const empty = await startService()
      const { get } = await staffBrowser(empty, { role, language: 'en' })
      const { statusCode, body } = await get('/staff')
      expect([statusCode, body.includes('What to do next')]).toEqual([200, true])
      await empty.close()
    },
  )
})
