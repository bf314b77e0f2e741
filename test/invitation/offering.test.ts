import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tellRound } from '../../src/fieldwork/tell.ts'
import { addToTally } from '../../src/invitation/tally-store.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { makeLog } from '../../src/log/log.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { setPaused } from '../../src/round/plan-store.ts'
import { moveRound } from '../../src/round/store.ts'
import { addUp, dispositionsOf, listChannelRecords } from '../support/exact-ledger.ts'
import { beforeNextTransaction } from '../support/in-between.ts'
import { rowsIn, runIn } from '../support/rows.ts'
import { browse, openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
let log: string[]
beforeEach(async () => {
  log = []
  const stream = { write: (line: string) => void log.push(line) }
  service = await startService({ log: makeLog('trace', stream) })
  round = await openRound(service.db)
})
afterEach(() => service.close())

const stratumId = () => round.strata.addiction
const unitId = async () => (await listStrata(service.db, round.id))[0]!.unitId
const caseworker = async () => staffBrowser(service, { role: 'caseworker', unitIds: [await unitId()] })
const onceIn = (html: string) => /name="once" value="([\w-]+)"/.exec(html)![1]!
const undoIn = (html: string) => /action="([^"]+)" class="undo"/.exec(html)?.[1]
const digitsIn = (html: string) => /(\d{4})\s(\d{4})\s(\d{4})\s(\d{4})/.exec(html)?.slice(1).join('')

async function counted() {
  const records = await listChannelRecords(service.db, round.id)
  return addUp(records.filter((record) => record.stratumId === stratumId()).map(dispositionsOf))
}

type Browser = Awaited<ReturnType<typeof staffBrowser>>

async function draw(browser: Browser, language = 'sv') {
  const once = onceIn((await browser.get(`/staff/offer/${stratumId()}`)).body)
  return { once, shown: await browser.post(`/staff/offer/${stratumId()}/code`, { once, language }) }
}

describe('a caseworker with a person in the room', () => {
  test('counts nobody where the round is paused in the same moment', async () => {
    const browser = await caseworker()
    const once = onceIn((await browser.get(`/staff/offer/${stratumId()}`)).body)
    beforeNextTransaction(service.db, () => setPaused(service.db, round.id, true))
    const refused = await browser.post(`/staff/offer/${stratumId()}/declined`, { once, kind: 'handout' })
    expect(refused.statusCode).toBe(409)
    expect(await counted()).toMatchObject({ declined: 0 })
  })

  test('presses once, shows a code that opens the survey, and one offer is counted', async () => {
    const { shown } = await draw(await caseworker(), 'ar')
    expect(shown.statusCode).toBe(200)
    expect(shown.headers['cache-control']).toBe('no-store')
    expect(shown.body).toMatch(/id="in-ar"[^>]* checked>\s*<section class="spoken" lang="ar" dir="rtl">/)
    expect(shown.body).toContain('<svg')
    const person = browse(service.app)
    const entered = await person.post('/entry', { code: digitsIn(shown.body)!, language: 'ar' })
    expect(entered.headers.location).toBe('/questions')
    expect(await counted()).toEqual({ offered: 1, declined: 0, undeliverable: 0, responded: 0 })
  })

  test.each(loadLanguages().all)('shows $name as it is read, its Swedish words marked as Swedish', async ({ code }) => {
    const { shown } = await draw(await caseworker(), code)
    expect(shown.body).not.toContain('&lt;')
    const spoken = new RegExp(`<section class="spoken" lang="${code}"[\\s\\S]*?</section>`).exec(shown.body)![0]
    const hasSwedish = code === 'ti' || code === 'so'
    expect(spoken.includes('<bdi lang="sv" dir="ltr">(QR-kod)</bdi>')).toBe(hasSwedish)
    expect(shown.body.match(/ checked>/g)).toHaveLength(1)
    expect(shown.body).toMatch(new RegExp(`id="in-${code}"[^>]* checked>`))
    expect(shown.body).toMatch(/<p class="address"><bdi dir="ltr">[\w.:/-]+<\/bdi>/)
  })

  test('who reads the page anew is told that the code was shown, and nothing more is counted', async () => {
    const browser = await caseworker()
    const { once } = await draw(browser)
    const again = await browser.post(`/staff/offer/${stratumId()}/code`, { once, language: 'sv' })
    expect(again.statusCode).toBe(409)
    expect(again.body).toContain('Koden är redan visad')
    expect(digitsIn(again.body)).toBeUndefined()
    expect(await counted()).toMatchObject({ offered: 1 })
    await draw(browser)
    expect(await counted()).toMatchObject({ offered: 2 })
  })

  test('finds the group of the last time, and begins with it', async () => {
    const browser = await caseworker()
    const large = /<form method="post" action="([^"]+)" class="draw presses">/
    expect((await browser.get('/staff/offer')).body).not.toMatch(large)
    await draw(browser, 'so')
    expect(large.exec((await browser.get('/staff/offer')).body)![1]).toBe(`/staff/offer/${stratumId()}/code`)
    expect((await browser.get('/staff?done=account.saved')).headers.location).toBe('/staff/offer?done=account.saved')
  })

  test('counts a form of paper that was taken, once, and takes it back', async () => {
    const browser = await caseworker()
    const url = `/staff/offer/${stratumId()}`
    const form = { once: 'a-number-of-a-form', kind: 'paper' }
    expect((await browser.post(`${url}/declined`, form)).statusCode).toBe(400)
    const taken = await browser.post(`${url}/paper`, form)
    expect(taken.headers.location).toBe('/staff/offer?done=offer.paper')
    expect((await browser.post(`${url}/paper`, form)).statusCode).toBe(409)
    expect(await counted()).toMatchObject({ offered: 1, declined: 0 })
    await browser.post(undoIn((await browser.get(taken.headers.location!)).body)!)
    expect(await counted()).toMatchObject({ offered: 0 })
    const deeds = await rowsIn(service.db, "select action from audit where action like 'paper.%' order by action")
    expect(deeds.map(({ action }) => action)).toEqual(['paper.handedOut', 'paper.handedOutUndone'])
  })

  test('counts a no, with and without a code, once for each form, and takes the last back', async () => {
    const browser = await caseworker()
    const { shown } = await draw(browser)
    const url = `/staff/offer/${stratumId()}`
    const withCode = { once: onceIn(shown.body), kind: 'withCode' }
    const first = await browser.post(`${url}/declined`, withCode)
    expect(first.headers.location).toBe('/staff/offer?done=offer.declined')
    expect((await browser.post(`${url}/declined`, withCode)).statusCode).toBe(409)
    expect(await counted()).toMatchObject({ offered: 1, declined: 1 })

    const atFirst = undoIn((await browser.get(first.headers.location!)).body)!

    const second = await browser.post(`${url}/declined`, { once: 'another-number', kind: 'handout' })
    expect(await counted()).toMatchObject({ offered: 2, declined: 2 })
    expect((await browser.post(atFirst)).headers.location, 'of a page that shows an earlier no').toContain(
      'nothingToUndo',
    )
    const undo = undoIn((await browser.get(second.headers.location!)).body)!
    await browser.post(undo)
    expect(await counted()).toMatchObject({ offered: 1, declined: 1 })
    expect((await browser.post(undo)).headers.location).toBe('/staff/offer?notice=web.nothingToUndo')
    expect(undoIn((await browser.get(second.headers.location!)).body), 'the address brings no way back').toBeUndefined()
    expect(await counted()).toMatchObject({ offered: 1, declined: 1 })
    const deeds = await rowsIn(service.db, "select action, number from audit where action like 'offer.%' order by 1")
    expect(deeds).toEqual([
      { action: 'offer.declined', number: 2 },
      { action: 'offer.drawn', number: 1 },
      { action: 'offer.undone', number: 1 },
    ])
  })

  test('cannot draw before the round opens nor after it closes, and is told so', async () => {
    const browser = await caseworker()
    const url = `/staff/offer/${stratumId()}`
    await moveRound(service.db, round.id, ['collecting'], 'closed')
    const page = await browser.get(url)
    expect(page.body).toContain('Insamlingen är stängd')
    expect(page.body).not.toContain(`${url}/code`)
    const form = { once: 'a-number-of-a-form', language: 'sv' }
    expect((await browser.post(`${url}/code`, form)).statusCode).toBe(409)
    expect((await browser.post(`${url}/declined`, { ...form, kind: 'handout' })).statusCode).toBe(409)
    expect(await counted()).toMatchObject({ offered: 0, declined: 0 })
  })

  test('reaches no other unit', async () => {
    const browser = await caseworker()
    const beside = await addUnit(service.db, { municipalityCode: '1489', name: 'Bredvid' })
    await addStrata(service.db, round.id, beside.id, ['addiction'])
    const [other] = await listStrata(service.db, round.id, { unitIds: [beside.id] })
    expect((await browser.get('/staff/offer')).body).not.toContain('Bredvid')
    const form = { once: 'a-number-of-a-form', language: 'sv' }
    expect((await browser.post(`/staff/offer/${other!.id}/code`, form)).statusCode).toBe(404)
  })
})

test('a host counts who declined, and draws no code', async () => {
  const host = await staffBrowser(service, { role: 'host', unitIds: [await unitId()] })
  const url = `/staff/offer/${stratumId()}`
  const page = await host.get(url)
  expect(page.body).not.toContain(`${url}/code`)
  expect((await host.post(`${url}/code`, { once: 'a-number-of-a-form', language: 'sv' })).statusCode).toBe(403)
  await host.post(`${url}/declined`, { once: 'a-number-of-a-form', kind: 'tablet' })
  expect(await counted()).toMatchObject({ offered: 1, declined: 1 })
})

describe('what is kept of an offer', () => {
  test('is no code, no language and no moment: neither in the database nor in the log', async () => {
    const browser = await caseworker()
    const drawn: string[] = []
    for (const language of ['sv', 'ar', 'ti']) drawn.push(digitsIn((await draw(browser, language)).shown.body)!)
    const bytes = service.db.$client.serialize()
    for (const code of drawn) {
      expect(bytes.includes(Buffer.from(code))).toBe(false)
      expect(bytes.includes(Buffer.from(code.slice(0, 8)))).toBe(false)
      expect(log.join('')).not.toContain(code)
    }
    const audit = await rowsIn(service.db, "select at, subject, number from audit where action = 'offer.drawn'")
    expect(audit).toEqual([{ at: '2026-09-15T09', subject: 'Enheten', number: 3 }])
  })

  test('does not tell in which order codes were drawn', async () => {
    const browser = await caseworker()
    for (let number = 0; number < 30; number++) await draw(browser)
    const batches = await rowsIn(service.db, 'select issued, leftover, issued_on from batches')
    expect(batches).toEqual([{ issued: 30, leftover: 0, issued_on: null }])
    const tags = await rowsIn<{ code_tag: Buffer; disposition: string }>(
      service.db,
      'select code_tag, disposition from invitations',
    )
    expect(new Set(tags.map(({ disposition }) => disposition))).toEqual(new Set(['handed_out']))
    const stored = tags.map(({ code_tag }) => code_tag.toString('hex'))
    expect(stored).toEqual([...stored].sort())
  })
})

test('what is offered at a tablet tells no more of its answers than the answers do', async () => {
  const { db } = service
  const tally = { stratumId: stratumId(), channel: 'tablet', disposition: 'declined', number: 0 } as const
  await addToTally(db, tally) // there is a tablet
  await runIn(db, "insert into urn_counts (stratum_id, channel, number) values (?, 'tablet', ?)", stratumId(), 2)
  const browser = await caseworker()
  const shown = async () =>
    / av ([\p{L}\d– {2}]+?) erbjudna svarat/u.exec((await browser.get('/staff/fieldwork')).body)![1]
  expect(await shown()).toBe('under 5')
  await runIn(db, 'update urn_counts set number = 22')
  expect(await shown()).toBe('under 5')
  await tellRound(db, { roundId: round.id, day: '2026-09-14' })
  expect(await shown()).toBe('20–24')
})
