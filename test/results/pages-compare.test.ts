import { describe, expect, test } from 'vitest'
import { type Service, startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

const [alingsås, borås, mölndal] = ['1489', '1490', '1481']
const answered = [
  { municipality: alingsås, unit: 'Vuxna', people: 200, positive: 120 },
  { municipality: alingsås, unit: 'Unga', group: 'youth' as const, people: 100, positive: 60 },
  { municipality: borås, unit: 'Vuxna', people: 300, positive: 270 },
  { municipality: mölndal, unit: 'Vuxna', people: 300, positive: 183 },
]

/** Words alone, as they are read. */
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const columnsOf = (html: string) =>
  [...html.matchAll(/<th role="columnheader" scope="col"[^>]*><b>([^<]+)/g)].map(([, name]) => name)

async function read({ app }: Service, query: string) {
  const { statusCode, body } = await app.inject(`/sv/results/2026/compare${query}`)
  expect(statusCode).toBe(200)
  return body
}

describe('municipalities side by side', () => {
  test('are chosen by a form that needs no script, by code or by name', async () => {
    const service = await startService()
    await publishedRound(service, answered)
    const empty = await read(service, '')
    expect(textOf(empty)).toContain('Välj en kommun att börja med.')
    expect(empty).toContain('<option value="Borås">')
    expect(empty).not.toContain('<table')

    const one = await read(service, `?m=${alingsås}`)
    expect(textOf(one)).toContain('Välj en kommun till att jämföra med Alingsås.')
    const typed = await read(service, `?m=${alingsås}&m=bor%C3%A5s&county=&group=total`)
    expect(columnsOf(typed)).toEqual(['Alingsås', 'Borås'])
    expect(typed).toContain(`href="/sv/results/2026/compare?m=${borås}" aria-label="Ta bort Alingsås"`)
    expect(typed).toContain(`<input type="hidden" name="m" value="${borås}">`)
    await service.close()
  })

  test('have a mark only where they surely differ from the first', async () => {
    const service = await startService()
    await publishedRound(service, answered)
    const body = await read(service, `?m=${alingsås}&m=${borås}&m=${mölndal}`)
    expect(textOf(body)).toContain('7 säkra skillnader mot Alingsås, av 14 möjliga.')
    expect(textOf(body)).toContain('Få kontakt: Borås högre')
    expect(body.match(/▲/g)).toHaveLength(7 + 1) // and in the words above the table
    expect(body).not.toContain('Mölndal högre')

    const other = await read(service, `?m=${borås}&m=${alingsås}`)
    expect(textOf(other)).toContain('7 säkra skillnader mot Borås, av 7 möjliga.')
    expect(textOf(other)).toContain('Få kontakt: Alingsås lägre')
    await service.close()
  })

  test('are warned of where they asked other groups, and can be compared group by group', async () => {
    const service = await startService()
    await publishedRound(service, answered)
    const all = await read(service, `?m=${alingsås}&m=${borås}`)
    expect(textOf(all)).toContain('Borås har inte undersökt unga 13 år och äldre.')
    expect(all).toContain(`compare?m=${alingsås}&amp;m=${borås}&amp;group=economic_assistance`)

    const adults = await read(service, `?m=${alingsås}&m=${borås}&group=economic_assistance`)
    expect(adults).not.toContain('har inte undersökt')
    expect(textOf(adults)).toContain('60 % av 200')
    const youth = await read(service, `?m=${alingsås}&m=${borås}&group=youth`)
    expect(textOf(youth)).toContain('– ej med')
    expect(textOf(youth)).toContain('Inget går att jämföra')
    await service.close()
  })

  test('stand beside the mean of a county, which is compared with nobody', async () => {
    const service = await startService()
    await publishedRound(service, answered)
    const body = await read(service, `?m=${alingsås}&county=14`)
    expect(columnsOf(body)).toEqual(['Alingsås', 'Västra Götalands län'])
    expect(textOf(body)).toContain('70,3 % medel av 3 kommuner')
    expect(textOf(body)).toContain('Välj en kommun till')
    await service.close()
  })

  test('stand beside the mean of those that are like the first, and of other groups, where three tell a share', async () => {
    const service = await startService()
    const like = ['0683', '1292', '1382'].map((municipality) => ({
      municipality,
      unit: 'Vuxna',
      people: 60,
      positive: 48,
    }))
    await publishedRound(service, [...answered, ...like])
    const body = await read(service, `?m=${alingsås}&peers=similar`)
    expect(columnsOf(body)).toEqual(['Alingsås', 'Liknande kommuner'])
    expect(textOf(body).match(/80 % medel av 3 kommuner/g)).toHaveLength(7)
    expect(body).toContain('<option value="similar" selected>Liknande kommuner')
    const small = await read(service, `?m=${alingsås}&peers=G96190`)
    expect(columnsOf(small)).toEqual(['Alingsås', 'Göteborgsregionen'])
    expect(textOf(small).match(/– färre än 3 kommuner/g)).toHaveLength(7)
    expect(columnsOf(await read(service, '?peers=similar'))).toEqual([])
    await service.close()
  })

  test('stand beside an earlier year, which is shown and not judged', async () => {
    const service = await startService({ now: '2026-12-15T08:00:00Z' })
    const less = answered.map((one) => ({ ...one, positive: one.positive - 40 }))
    await publishedRound(service, less, 2024)
    await publishedRound(service, answered)
    const body = await read(service, `?m=${alingsås}&m=${borås}&before=2024`)
    expect(textOf(body).match(/60 % av 300 2024: 33 %/g)).toHaveLength(7)
    expect(textOf(body)).toContain('2024 står bredvid, utan att det är prövat')
    expect(body).toContain('class="before"')
    expect(body).toContain(`href="/sv/results/2026/compare?m=${borås}&amp;before=2024" aria-label="Ta bort Alingsås"`)
    expect(textOf(await read(service, `?m=${alingsås}&before=2019`))).not.toContain('2019')
    await service.close()
  })

  test('tell of what is unknown, and of too many', async () => {
    const service = await startService()
    const codes = ['1480', '1481', '1482', '1484', '1485', '1486', '1487']
    await publishedRound(
      service,
      codes.map((municipality) => ({ municipality, unit: 'Vuxna', people: 40, positive: 20 })),
    )
    const body = await read(service, `?m=Atlantis&${codes.map((code) => `m=${code}`).join('&')}`)
    expect(textOf(body)).toContain('någon kommun som heter ”Atlantis”')
    expect(textOf(body)).toContain('Högst 6 kommuner')
    expect(columnsOf(body)).toHaveLength(6)
    expect(body).not.toContain('id="add"')
    await service.close()
  })

  test('keep back what is withheld', async () => {
    const service = await startService()
    await publishedRound(service, [
      { municipality: alingsås, unit: 'Vuxna', people: 9, positive: 4 },
      { municipality: borås, unit: 'Vuxna', people: 300, positive: 270 },
    ])
    const body = await read(service, `?m=${alingsås}&m=${borås}`)
    expect(textOf(body)).toContain('färre än tio svar')
    expect(textOf(body)).toContain('Inget går att jämföra')
    expect(textOf(body)).not.toMatch(/\b(9 svar|44 %|av 9)\b/)
    await service.close()
  })
})
