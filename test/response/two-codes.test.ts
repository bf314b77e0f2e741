import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ballotsOf } from '../../src/results/store.ts'
import { openUrnOf } from '../support/open-urn.ts'
import { formIn } from '../support/page-form.ts'
import { valueIn } from '../support/rows.ts'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'

let service: Service
let round: TestRound
beforeEach(async () => {
  service = await startService()
  round = await openRound(service.db)
})
afterEach(() => service.close())

const codeOf = async (group: 'guardian' | 'youth') => (await drawCodes(service, round, { group }))[0]!
const stored = (stratumId: string) => valueIn(service.db, 'select count(*) from urn where stratum_id = ?', stratumId)

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

    expect([await stored(round.strata.guardian), await stored(round.strata.youth)]).toEqual([1, 1])
    expect((await openUrnOf(ballotsOf(service.db, round.id), round.key)).ballots).toBe(2)
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
    expect(await stored(round.strata.guardian)).toBe(1)
  })

  test('thank whoever presses twice or reloads, and store nothing twice', async () => {
    const { open } = twoTabs()
    const mother = await open(await codeOf('guardian'))
    await open(await codeOf('youth'))
    for (let press = 0; press < 3; press++)
      expect((await mother.send({ views: 'no' })).headers.location).toBe('/thanks')
    expect(await stored(round.strata.guardian)).toBe(1)
  })

  test('thank nobody for a form whose visit is gone: the code is asked for, and the answers are kept', async () => {
    const { browser, open } = twoTabs()
    const mother = await open(await codeOf('guardian'))
    browser.jar.clear()
    const son = await open(await codeOf('youth'))
    await son.send({ views: 'yes' })
    const sent = await mother.send({ views: 'no', overall: 'very_satisfied' })
    expect(sent.statusCode).toBe(400)
    expect(sent.body).toContain('Dina svar finns kvar')
    expect(await stored(round.strata.guardian)).toBe(0)
  })

  test('are eight at the most: a ninth takes the place of the one opened first, which is told what may have been', async () => {
    const { browser, open } = twoTabs()
    const tabs = []
    for (let count = 0; count < 9; count++) tabs.push(await open(await codeOf('guardian')))
    expect([...browser.jar.keys()].filter((name) => name.startsWith('visit-'))).toHaveLength(8)
    expect((await tabs[0]!.look()).statusCode).toBe(400)
    const first = await tabs[0]!.send({ contact: 'very_hard' })
    expect(first.statusCode).toBe(400)
    expect(first.body).toContain('eller så har flera andra koder öppnats')
    for (const tab of tabs.slice(1)) expect((await tab.send({ views: 'no' })).headers.location).toBe('/thanks')
    expect(await stored(round.strata.guardian)).toBe(8)
  })

  test('make room for more once they are answered: one that is still open stays', async () => {
    const { open } = twoTabs()
    const mother = await open(await codeOf('guardian'))
    for (let count = 0; count < 12; count++) {
      const other = await open(await codeOf('youth'))
      expect((await other.send({ views: 'yes' })).headers.location).toBe('/thanks')
    }
    expect((await mother.send({ views: 'no' })).headers.location).toBe('/thanks')
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

describe('answers whose visit is over', () => {
  const answers = { contact: 'very_hard', overall: 'very_satisfied' }
  const late = ({ passSeconds }: ReturnType<typeof browse>) => {
    service.clock.now = new Date('2026-09-15T12:00:00Z')
    passSeconds(3 * 60 * 60)
  }
  const ticked = (page: string) => page.match(/name="\w+" value="\w+" checked/g) ?? []

  test.each(['its time is over', 'its cookie is gone'])(
    'are ticked in no questionnaire of another code, when %s',
    async (why) => {
      const { browser, open } = twoTabs()
      const mother = await open(await codeOf('guardian'))
      if (why === 'its time is over') late(browser)
      else browser.jar.clear()
      const told = await mother.send(answers)
      expect([told.statusCode, told.headers.location]).toEqual([400, undefined])
      expect(told.cookies).toEqual([])

      const son = await open(await codeOf('youth'))
      expect(ticked((await son.look()).body)).toEqual([])
    },
  )

  test('come back with the code they were made with, after a mistyped one and in another language too', async () => {
    const { browser, open } = twoTabs()
    const code = await codeOf('guardian')
    const mother = await open(code)
    late(browser)
    let page = (await mother.send(answers)).body
    expect(page).toContain('Det har gått lång tid. Dina svar finns kvar.')
    expect(page).not.toMatch(/very_hard|very_satisfied/)

    const mistyped = await browser.post('/entry', { ...formIn(page, '/entry'), code: '1234' })
    expect(mistyped.statusCode).toBe(400)
    expect(mistyped.body).toContain('Du har skrivit 4 siffror.')
    const english = await browser.post('/entry/language', { ...formIn(mistyped.body, '/entry/language'), wanted: 'en' })
    expect(english.body).toContain('Your answers are still here.')
    const unknown = await browser.post('/entry', { ...formIn(english.body, '/entry'), code: '0000000000000000' })
    expect(unknown.statusCode).toBe(400)
    page = unknown.body

    const entered = await browser.post('/entry', { ...formIn(page, '/entry'), code })
    expect(entered.headers.location).toBe('/questions')
    expect(ticked((await browser.get('/questions')).body)).toEqual([
      'name="contact" value="very_hard" checked',
      'name="overall" value="very_satisfied" checked',
    ])
    expect((await browser.post('/response', answers)).headers.location).toBe('/thanks')
    expect(await stored(round.strata.guardian)).toBe(1)
  })

  test('do not go over to another code, not even one that is typed in the page that keeps them', async () => {
    const { browser, open } = twoTabs()
    const mother = await open(await codeOf('guardian'))
    late(browser)
    const page = (await mother.send(answers)).body
    await browser.post('/entry', { ...formIn(page, '/entry'), code: await codeOf('youth') })
    expect(ticked((await browser.get('/questions')).body)).toEqual([])
  })

  test.each(['whose cookie is gone', 'that made room for others', 'of two days ago'])(
    'of a visit %s do not go over to somebody of another group',
    async (why) => {
      const { browser, open } = twoTabs()
      const code = await codeOf('guardian')
      const mother = await open(code)
      if (why === 'whose cookie is gone') browser.jar.clear()
      if (why === 'of two days ago') browser.passSeconds(2 * 24 * 60 * 60)
      if (why === 'that made room for others') for (let count = 0; count < 8; count++) await open(await codeOf('youth'))
      const page = (await mother.send({ ...answers, group: 'guardian' })).body
      expect(page).toContain('Dina svar finns kvar')
      const kept = formIn(page, '/entry')
      await browser.post('/entry', { ...kept, code: await codeOf('youth') })
      expect(ticked((await browser.get('/questions')).body)).toEqual([])
      await browser.post('/entry', { ...kept, code })
      expect(ticked((await browser.get('/questions')).body)).toHaveLength(2)
    },
  )

  test('are no visit: what a page keeps of them opens nothing as a cookie', async () => {
    const { browser, open } = twoTabs()
    const mother = await open(await codeOf('guardian'))
    late(browser)
    const { kept } = formIn((await mother.send(answers)).body, '/entry')
    browser.jar.set(`visit-${browser.mark()}`, String(kept))
    expect((await mother.send(answers)).statusCode).toBe(400)
    expect(await stored(round.strata.guardian)).toBe(0)
  })

  test('are met with the same bytes, whether the code was used before or not', async () => {
    const [used, unused] = await drawCodes(service, round, { group: 'guardian', count: 2 })
    await (await twoTabs().open(used!)).send({ views: 'no' })
    const now = service.clock.now
    const meet = async (code: string) => {
      service.clock.now = now
      const { browser, open } = twoTabs()
      const tab = await open(code)
      late(browser)
      const told = await tab.send(answers)
      const entered = await browser.post('/entry', { ...formIn(told.body, '/entry'), code })
      const questions = await browser.get('/questions')
      return [told, entered, questions].map(({ statusCode, headers: { date, ...headers }, body }) =>
        JSON.stringify([statusCode, headers, body])
          .replaceAll(/(?<=(?:visit-[a-z]{10}=|name=\\"kept\\" value=\\"))[\w-]+/g, ({ length }) => `${length} signs`)
          .replaceAll(/visit-[a-z]{10}/g, 'visit-mark'),
      )
    }
    expect(await meet(used!)).toEqual(await meet(unused!))
  })
})

describe('a browser that keeps no cookies is told of', () => {
  test.each(['sv', 'ar', 'so'])('a mistyped code, with what was typed in the field: %s', async (language) => {
    const browser = browse(service.app)
    const page = await browser.post('/entry', { code: '1234', language })
    expect([page.statusCode, page.cookies]).toEqual([400, []])
    expect(page.body).toContain('value="1234"')
    expect(page.body).toContain('id="problem"')
    expect(page.body).toContain(`lang="${language}"`)
  })

  test.each(['response', 'language'])('a form of a visit that nobody knows, answers kept: %s', async (form) => {
    const browser = browse(service.app)
    const sent = { views: 'no', language: 'en', group: 'youth' }
    const page = await browser.post(`/visit/nobodysone/${form}`, sent)
    expect(page.statusCode).toBe(400)
    const code = await codeOf('youth')
    await browser.post('/entry', { ...formIn(page.body, '/entry'), code })
    expect((await browser.get('/questions')).body).toContain('name="views" value="no" checked')

    const empty = await browse(service.app).post(`/visit/nobodysone/${form}`, { language: 'en' })
    expect(empty.statusCode).toBe(400)
    expect(empty.body).toContain(form === 'language' ? 'We cannot show the page' : 'Vi kan inte visa sidan')
  })
})

describe('a page that is met over http, where the address of the service is https', () => {
  test.each(['sv', 'fa'])('names that address, in each language: %s', async (language) => {
    const secure = await startService({ settings: { PUBLIC_URL: 'https://svar.example.se' } })
    const plain = await secure.app.inject({
      url: '/visit/nobodysone/questions',
      headers: { 'accept-language': language },
    })
    expect(plain.statusCode).toBe(400)
    expect(plain.body).toContain(`href="https://svar.example.se/${language}"`)
    expect(plain.body.replace(/<[^>]*>/g, '')).toContain('https://svar.example.se')

    const headers = { 'accept-language': language, 'x-forwarded-proto': 'https' }
    const proxied = await secure.app.inject({ url: '/visit/nobodysone/questions', headers })
    expect(proxied.statusCode).toBe(400)
    expect(proxied.body).not.toContain('svar.example.se')
    await secure.close()
  })
})
