import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openUrn } from '../../src/results/opening.ts'
import { ballotsOf } from '../../src/results/store.ts'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'

let service: Service
let round: TestRound
beforeEach(async () => {
  service = await startService()
  round = await openRound(service.db)
})
afterEach(() => service.close())

const codeOf = async (group: 'guardian' | 'youth') => (await drawCodes(service, round, { group }))[0]!
const stored = (stratumId: string) =>
  service.db.$client.prepare('select count(*) from urn where stratum_id = ?').pluck().get(stratumId)

/** One browser with a tab for each code: what is asked in a tab belongs to the visit that was opened in it. */
function twoTabs() {
  const browser = browse(service.app)
  return {
    browser,
    async open(code: string) {
      await browser.post('/entry', { code, language: 'sv' })
      const visit = `/visit/${browser.mark()}`
      return {
        look: () => browser.get(`${visit}/questions`),
        change: (language: string, answers = {}) => browser.post(`${visit}/language`, { language, ...answers }),
        send: (answers: Record<string, string>) => browser.post(`${visit}/response`, answers),
        thanks: () => browser.get(`${visit}/thanks`),
      }
    },
  }
}

describe('two letters opened in two tabs of one browser', () => {
  test('are each stored for the code they were opened with, whichever is sent first', async () => {
    const { open } = twoTabs()
    const mother = await open(await codeOf('guardian'))
    const son = await open(await codeOf('youth'))

    expect((await mother.send({ views: 'no' })).headers.location).toBe('/thanks')
    expect((await son.send({ views: 'yes', gender: 'man' })).headers.location).toBe('/thanks')

    expect([stored(round.strata.guardian), stored(round.strata.youth)]).toEqual([1, 1])
    expect(openUrn(ballotsOf(service.db, round.id), round.key).ballots).toBe(2)
    for (const tab of [mother, son]) expect((await tab.thanks()).statusCode).toBe(200)
  })

  test('keep their own questions, language and answers', async () => {
    const { open } = twoTabs()
    const mother = await open(await codeOf('guardian'))
    const son = await open(await codeOf('youth'))
    await mother.change('ar', { views: 'no' })
    expect((await son.look()).body).toContain('lang="sv"')
    expect((await son.look()).body).not.toContain(' checked')
    const hers = (await mother.look()).body
    expect(hers).toContain('dir="rtl"')
    expect(hers).toContain('name="views" value="no" checked')
  })

  test('are not touched by a mistyped code in a third tab', async () => {
    const { browser, open } = twoTabs()
    const mother = await open(await codeOf('guardian'))
    await browser.post('/entry', { code: '1234 5678 9012 3456', language: 'sv' })
    expect((await mother.send({ views: 'no' })).headers.location).toBe('/thanks')
    expect(stored(round.strata.guardian)).toBe(1)
  })

  test('thank whoever presses twice or reloads, and store nothing twice', async () => {
    const { open } = twoTabs()
    const mother = await open(await codeOf('guardian'))
    await open(await codeOf('youth'))
    for (let press = 0; press < 3; press++)
      expect((await mother.send({ views: 'no' })).headers.location).toBe('/thanks')
    expect(stored(round.strata.guardian)).toBe(1)
  })

  test('thank nobody for a form whose visit is gone: the code is asked for, and the answers are kept', async () => {
    const { browser, open } = twoTabs()
    const mother = await open(await codeOf('guardian'))
    browser.jar.clear()
    const son = await open(await codeOf('youth'))
    await son.send({ views: 'yes' })
    const sent = await mother.send({ views: 'no', overall: 'very_satisfied' })
    expect(sent.headers.location).toBe('/sv')
    expect((await browser.get('/sv')).body).toContain('Dina svar finns kvar')
    expect(stored(round.strata.guardian)).toBe(0)
  })

  test('are four at the most: a fifth takes the place of the one opened first', async () => {
    const { browser, open } = twoTabs()
    const tabs = []
    for (let count = 0; count < 5; count++) tabs.push(await open(await codeOf('guardian')))
    expect([...browser.jar.keys()].filter((name) => name.startsWith('visit-'))).toHaveLength(4)
    expect((await tabs[0]!.look()).statusCode).toBe(400)
    for (const tab of tabs.slice(1)) expect((await tab.send({ views: 'no' })).headers.location).toBe('/thanks')
    expect(stored(round.strata.guardian)).toBe(4)
  })
})

describe('a browser that keeps no cookies', () => {
  test.each(['sv', 'en', 'ti'])('is told so, in its language, and what to do: %s', async (language) => {
    const browser = browse(service.app, { 'accept-language': language })
    await browser.post('/entry', { code: await codeOf('youth'), language })
    browser.jar.clear()
    const page = await browser.get('/questions')
    expect(page.statusCode).toBe(400)
    expect(page.body).toContain(`lang="${language}"`)
    expect(page.body).toContain('cookie')
    expect(page.body).toContain(`href="/${language}"`)
    expect((await browser.get('/thanks')).statusCode).toBe(400)
  })
})
