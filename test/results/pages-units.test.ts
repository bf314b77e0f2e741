import { describe, expect, test } from 'vitest'
import { roles } from '../../src/people/roles.ts'
import { startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { letSee, openedRound } from './published.ts'

const [here, elsewhere] = ['1489', '1490']
const answered = [
  { municipality: here, unit: 'Mottagningen', people: 60, positive: 54 },
  { municipality: here, unit: 'Försörjningsstöd', people: 60, positive: 24 },
  { municipality: here, unit: 'Ungdomsenheten', group: 'youth' as const, people: 40, positive: 30 },
  { municipality: here, unit: 'Vuxenenheten', group: 'addiction' as const, people: 6, positive: 3 },
  { municipality: elsewhere, unit: 'Vuxna', people: 100, positive: 50 },
]
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const page = `/staff/results/2026/${here}/units`

describe('the units of a municipality', () => {
  test.each(roles.flatMap((role) => [here, elsewhere].map((municipalityCode) => ({ role, municipalityCode }))))(
    'are read by $role of $municipalityCode only where that is their own to read',
    async ({ role, municipalityCode }) => {
      const service = await startService()
      await openedRound(service, answered)
      await letSee(service, 'release')
      const { get } = await staffBrowser(service, { role, municipalityCode })
      const { statusCode, body } = await get(page)
      const mayRead = (role === 'coordinator' || role === 'viewer') && municipalityCode === here
      expect(statusCode).toBe(mayRead ? 200 : 403)
      expect(body.includes('Mottagningen')).toBe(mayRead)
      expect(textOf(body).includes('visas bara för samordnare och läsare i Alingsås')).toBe(!mayRead)
      await service.close()
    },
  )

  test('are never the public’s, nor read before the release', async () => {
    const service = await startService()
    await openedRound(service, answered)
    const { get } = await staffBrowser(service, { role: 'coordinator' })
    expect((await get(page)).statusCode).toBe(404)
    await letSee(service, 'release')
    await letSee(service, 'publish')
    const own = await get(page)
    expect(own.statusCode).toBe(200)
    expect(textOf(own.body)).not.toMatch(/Fritt att använda|Licens/)
    expect(textOf((await get(`/staff/results/2026/${here}`)).body)).toContain('Fritt att använda, ange källan. Licens:')
    expect((await get('/staff/results/2026/0180/units')).statusCode).toBe(404)
    expect((await service.app.inject(`/sv/results/2026/${here}/units`)).statusCode).toBe(404)
    expect((await service.app.inject(page)).statusCode).not.toBe(200)
    await service.close()
  })

  test('stand below their target group, and differ only where that is sure', async () => {
    const service = await startService()
    await openedRound(service, answered)
    await letSee(service, 'release')
    const { body } = await (await staffBrowser(service, { role: 'viewer' })).get(page)
    const rows = [...body.matchAll(/<tr role="row"( class="whole")?><th role="rowheader" scope="row">([^<]+)/g)]
    expect(rows.map(([, all, name]) => [name, all !== undefined])).toEqual([
      ['Hela målgruppen', true],
      ['Försörjningsstöd', false],
      ['Mottagningen', false],
      ['Vuxenenheten', false],
      ['Ungdomsenheten', false],
    ])
    expect(textOf(body)).toContain('14 säkra skillnader mot resten av målgruppen.')
    expect(textOf(body)).toContain('Mottagningen, Ekonomiskt bistånd: Kontakt högre')
    expect(textOf(body)).toContain('65 % av 120')
    await service.close()
  })

  test('that are the whole group say so, and what is withheld has one field and no number', async () => {
    const service = await startService()
    await openedRound(service, answered)
    await letSee(service, 'release')
    const { body } = await (await staffBrowser(service, { role: 'viewer' })).get(page)
    const htmlOf = (name: string) => body.split(`scope="row">${name}`)[1]!.split('</tr>')[0]!
    const rowOf = (name: string) => textOf(htmlOf(name))
    expect(rowOf('Ungdomsenheten')).toContain('Enheten är hela målgruppen.')
    expect(rowOf('Ungdomsenheten')).not.toMatch(/högre|lägre/)
    expect(rowOf('Vuxenenheten')).toContain('färre än tio svar')
    expect(rowOf('Vuxenenheten')).toContain('Färre än tio har svarat.')
    expect(rowOf('Vuxenenheten')).not.toMatch(/\d %|av \d/)
    expect(htmlOf('Vuxenenheten').match(/class="withheld"/g)).toHaveLength(1)
    await service.close()
  })
})
