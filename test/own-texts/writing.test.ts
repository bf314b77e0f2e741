import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listDeeds } from '../../src/audit/store.ts'
import { correct, letSee, openedRound, publishedRound } from '../results/published.ts'
import { runIn } from '../support/rows.ts'
import { type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

const answered = [
  { municipality: '1489', unit: 'Vuxna', people: 200, positive: 120 },
  { municipality: '1490', unit: 'Vuxna', people: 900, positive: 810 },
]
const brief = '/staff/texts/2026/brief/sv'

let service: Service
beforeEach(async () => {
  service = await startService({ now: '2027-01-15T08:00:00Z' })
})
afterEach(() => service.close())

const coordinator = () => staffBrowser(service, { role: 'coordinator', municipalityCode: '1489' })
type Browser = Awaited<ReturnType<typeof coordinator>>

/** What everybody reads, once what was read before has been forgotten. */
async function read(path: string): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 1_050))
  return (await service.app.inject(path)).body
}
const field = (html: string, name: string) => new RegExp(`<textarea id="${name}"[^>]*>([^<]*)`).exec(html)?.[1]
const version = (html: string) => /name="version" value="(\d+)"/.exec(html)![1]!

async function publish(browser: Browser, at: string, text: string, more = {}) {
  const begun = version((await browser.get(at)).body)
  const saved = await browser.post(at, { text, version: begun, do: 'preview', ...more })
  expect(saved.headers.location, saved.body).toBe(`${at}/preview`)
  const preview = (await browser.get(`${at}/preview`)).body
  const published = await browser.post(`${at}/publication`, { version: version(preview) })
  expect(published.statusCode).toBe(303)
  return preview
}

describe('a municipality that writes of its year', () => {
  test('begins with what the figures say, publishes it, and everybody reads it beside the figures until it is taken back', async () => {
    await publishedRound(service, answered)
    const browser = await coordinator()
    expect((await browser.get('/staff')).body).toContain('/staff/texts?year=2026')
    const home = (await browser.get('/staff/texts')).body
    expect(home).toContain(brief)
    const begun = (await browser.get(brief)).body
    const written = field(begun, 'text')!
    expect(written).toContain('200 personer svarade på undersökningen.\n\n')
    expect(begun).toContain('Svarsfrekvensen sägs när den är känd.')
    expect((await browser.get('/staff/texts/2026/brief/en')).body).toContain(
      '60 per cent are satisfied with the support as a whole.',
    )

    const preview = await publish(browser, brief, 'Vi är stolta.\n\n- Vi svarar fortare\n- Vi lyssnar')
    expect(preview).toContain('<li>Vi lyssnar</li>')
    await publish(browser, '/staff/texts/2026/brief/en', 'We are proud.')
    await publish(browser, '/staff/texts/2026/quotation/sv', 'De lyssnade.', { saidBy: 'en ung person' })
    await publish(browser, '/staff/texts/2026/next/so', 'Waan dhageysan doonnaa.')
    const swedish = await read('/sv/results/2026/1489/brief')
    expect(swedish).toContain('<p>Vi är stolta.</p>')
    expect(swedish).toContain('Skrivet av kommunen. Publicerat 15 januari 2027.')
    expect(swedish).toMatch(/<blockquote lang="sv" dir="ltr">\s*<p>De lyssnade.<\/p>[\s\S]*en ung person/)
    expect(swedish).toMatch(/lang="so" dir="ltr">\s*<p>Waan dhageysan doonnaa./)
    expect(swedish).toContain('200 personer svarade på undersökningen.')
    const english = await read('/en/results/2026/1489/brief')
    expect(english).toContain('<p>We are proud.</p>')
    expect(english).toContain('De lyssnade.')
    expect(await read('/sv/results/2026/1490/brief')).not.toContain('stolta')

    const edited = (await browser.get(brief)).body
    await browser.post(brief, { text: 'Något annat', version: version(edited) })
    expect(await read('/sv/results/2026/1489/brief')).toContain('Vi är stolta.')
    await browser.post(`${brief}/taking-back`)
    const without = await read('/sv/results/2026/1489/brief')
    expect(without).not.toContain('stolta')
    expect(without).toContain('200 personer')
    await browser.post(`${brief}/publication`, { again: 'yes' })
    expect(await read('/sv/results/2026/1489/brief')).toContain('Vi är stolta.')
    expect((await browser.get('/staff')).body).not.toContain('/staff/texts?year=2026')

    const deeds = (await listDeeds(service.db, {}, { limit: 50 })).filter(({ action }) => action.startsWith('texts.'))
    expect(new Set(deeds.map(({ action }) => action))).toEqual(
      new Set(['texts.saved', 'texts.published', 'texts.takenBack']),
    )
    expect(deeds.map(({ subject }) => subject)).toContain('2026, next, so')
    expect(JSON.stringify(deeds)).not.toMatch(/stolta|lyssnade/)
  })

  test('does nothing twice that is sent twice', async () => {
    await publishedRound(service, answered)
    const browser = await coordinator()
    const twice = async (at: string, form: Record<string, string>) => {
      for (const _ of [1, 2]) expect((await browser.post(at, form)).statusCode).toBe(303)
    }
    await twice(brief, { text: 'Vi är stolta.', version: '0' })
    await twice(`${brief}/publication`, { version: '1' })
    await twice(`${brief}/taking-back`, {})
    expect(await listDeeds(service.db, {}, { limit: 50 })).toHaveLength(3)
  })

  test('is told when somebody else saved meanwhile, and loses nothing', async () => {
    await publishedRound(service, answered)
    const [one, other] = [await coordinator(), await coordinator()]
    const began = version((await one.get(brief)).body)
    await other.post(brief, { text: 'Den andras', version: began })
    const late = await one.post(brief, { text: 'Min egen', version: began })
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('Någon annan har sparat')
    expect(field(late.body, 'text')).toBe('Min egen')
    expect(late.body).toContain('Den andras')
    const again = await one.post(brief, { text: 'Min egen', version: version(late.body) })
    expect(again.statusCode).toBe(303)
    const preview = version((await one.get(`${brief}/preview`)).body)
    await other.post(brief, { text: 'Ändrad igen', version: preview })
    const unseen = await one.post(`${brief}/publication`, { version: preview })
    expect(unseen.statusCode).toBe(409)
    expect(unseen.body).toContain('Ändrad igen')
    const fetched = await one.post(brief, { text: 'Halvskriven', version: '1', do: 'generated' })
    expect(field(fetched.body, 'text')).toContain('200 personer')
    expect(fetched.body).toContain('Halvskriven')
  })

  test('can type whatever there is: it is text, and nothing else', async () => {
    await publishedRound(service, answered)
    const browser = await coordinator()
    const hostile = '<script>alert(1)</script>\u0000\u202eolleh\u2066 "><img src=x onerror=alert(1)>\n- <b>x</b>'
    await publish(browser, brief, hostile)
    const shown = await read('/sv/results/2026/1489/brief')
    expect(shown).not.toMatch(/<script>alert|<img src=x|<b>x/)
    for (const unseen of '\u0000\u202e\u2066') expect(shown).not.toContain(unseen)
    expect(shown).toContain('&lt;script&gt;alert(1)&lt;/script&gt;olleh')
    const file = await browser.get(`${brief}?format=html`)
    expect(file.headers['content-disposition']).toContain('.html')
    expect(file.body).not.toMatch(/<script|<img/)
    expect((await browser.get(`${brief}?format=txt`)).body).toContain('<script>alert(1)</script>olleh')

    const long = 'å'.repeat(20_000)
    const begun = version((await browser.get(brief)).body)
    const refused = await browser.post(brief, { text: long, version: begun })
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain('20\u00a0000 tecken lång')
    expect(field(refused.body, 'text')).toBe(long)
    expect((await browser.post(brief, { text: 'x'.repeat(100_000), version: begun })).statusCode).toBe(400)
    expect((await browser.get('/staff/texts/2026/brief/so')).statusCode).toBe(404)
    expect((await browser.get('/staff/texts/2026/poem/sv')).statusCode).toBe(404)
  })
})

describe('what was written', () => {
  test('is of a municipality’s coordinator; its viewer reads it, others have nothing of it', async () => {
    await publishedRound(service, answered)
    await publish(await coordinator(), brief, 'Vårt utkast')
    const viewer = await staffBrowser(service, { role: 'viewer', municipalityCode: '1489' })
    const seen = await viewer.get(brief)
    expect(seen.body).toContain('Vårt utkast')
    expect(seen.body).not.toContain('<textarea')
    expect((await viewer.post(brief, { text: 'x', version: '1' })).statusCode).toBe(403)
    const national = await staffBrowser(service, { role: 'national' })
    expect((await national.get(brief)).body).not.toContain('Vårt utkast')
    await publish(national, brief, 'Landet i korthet')
    expect(await read('/sv/results/2026/brief')).toContain('Skrivet av den som leder undersökningen.')
    const elsewhere = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1480' })
    expect((await elsewhere.get('/staff/texts')).body).toContain('inga resultat att skriva om')
    expect((await elsewhere.get(brief)).statusCode).toBe(404)
  })

  test('is read by nobody before the results are, and a correction asks to look at it again', async () => {
    await openedRound(service, answered)
    const browser = await coordinator()
    expect((await browser.get(brief)).statusCode).toBe(404)
    await letSee(service, 'release')
    await publish(browser, brief, 'Vi skriver nu')
    expect(await read('/sv/results/2026/1489/brief')).not.toContain('Vi skriver nu')
    expect((await browser.get('/staff/results/2026/1489/brief')).body).toContain('Vi skriver nu')
    await letSee(service, 'publish')
    expect(await read('/sv/results/2026/1489/brief')).toContain('Vi skriver nu')

    await correct(service, 'Två enheter var blandade.')
    await runIn(
      service.db,
      'insert into released_areas select round_id, 2, level, area, name, within from released_areas where number = 1',
    )
    await runIn(
      service.db,
      'insert into released_indicators select round_id, 2, level, area, target_group, gender, measure, question, part, status, value + 1, people, positive from released_indicators where number = 1',
    )
    expect((await browser.get('/staff/texts')).body).toContain('Skriven före rättelsen')
    expect((await browser.get(brief)).body).toContain('före en rättelse')
    expect((await browser.get('/staff')).body).toContain('skrivna före rättelsen')
    const corrected = await read('/sv/results/2026/1489/brief')
    expect(corrected).toContain('Vi skriver nu')
    expect(corrected).toContain('skriven före en rättelse')
    await publish(browser, brief, 'Vi skriver om')
    expect(await read('/sv/results/2026/1489/brief')).not.toContain('före en rättelse')
    expect(await read('/sv/results/2026/1489/brief?release=1')).not.toContain('Vi skriver om')

    for (const number of [1, 2])
      await runIn(
        service.db,
        `insert into release_steps select round_id, number, 9, 'withdraw', 'one', ?, 'two', ?, ?, 0, 'Fel' from releases where number = ${number}`,
        ...Array.from({ length: 3 }, () => service.clock.now.toISOString()),
      )
    expect(await read('/sv/results/2026/1489/brief')).not.toContain('Vi skriver')
    expect((await browser.get(brief)).statusCode).toBe(404)
  })
})
