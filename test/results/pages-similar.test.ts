import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Service, startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

const alingsås = '1489'
/** The seven that Kolada finds most like Alingsås. */
const like = ['0683', '1292', '1382', '1402', '1440', '1494', '2581']
const people = (municipality: string, people: number, positive: number) => ({
  ...{ municipality, unit: 'Vuxna', people, positive },
})
const textOf = (html: string) =>
  html
    .slice(html.indexOf('<main'), html.indexOf('</main>'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('the municipalities that are like one', () => {
  let service: Service
  const read = async (code: string) => textOf((await service.app.inject(`/sv/results/2026/${code}`)).body)
  beforeEach(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
  })
  afterEach(() => service.close())

  test('stand beside it as the mean of what they publish, whatever their size, and differ surely or not', async () => {
    const others = like.map((code, nth) => people(code, 50 + 50 * nth, 40 + 40 * nth))
    await publishedRound(service, [people(alingsås, 200, 100), ...others])
    const page = await read(alingsås)
    expect(page.match(/liknande kommuner 80 % ▼ lägre/g)).toHaveLength(7)
    expect(page).toContain('Lägre än liknande kommuner: alla sju frågor.')
    expect(page).toMatch(/Liknande kommuner är Ale, .*, som Kolada räknar som mest lika Alingsås/)
    expect(page).toContain('när minst 3 av dem har en andel')
  })

  test('have no mean where fewer than three took part, and that is said', async () => {
    await publishedRound(service, [people(alingsås, 200, 100), people(like[0]!, 60, 30), people(like[1]!, 60, 30)])
    expect(await read(alingsås)).toContain(
      '2 av de 7 kommuner som mest liknar Alingsås deltog. För ett medelvärde behövs',
    )
    expect(await read(alingsås)).not.toContain('Mot liknande kommuner')
  })

  test('have no mean of a question that fewer than three tell, and differ in nothing where they are few', async () => {
    const others = like.slice(0, 3).map((code) => people(code, 60, 50))
    await publishedRound(service, [people(alingsås, 200, 100), ...others])
    expect((await read(alingsås)).match(/liknande kommuner 83 %/g)).toHaveLength(7)
    expect(await read(alingsås)).not.toMatch(/(Lägre|skillnad) (än|mot) liknande/)
    await service.close()
    service = await startService({ now: '2026-12-15T08:00:00Z' })
    await publishedRound(service, [people(alingsås, 200, 100), ...others.slice(0, 2), people(like[2]!, 6, 3)])
    expect(await read(alingsås)).toContain('Färre än 3 av de kommuner som mest liknar Alingsås har en andel som visas.')
    expect(await read(alingsås)).not.toMatch(/[Ll]iknande kommuner (\d|är)|Mot liknande/)
  })
})
