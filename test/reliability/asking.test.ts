import { describe, expect, test } from 'vitest'
import { bodyOf } from '../../scripts/fuzz/bodies.ts'
import { chanceFrom } from '../../scripts/fuzz/chance.ts'
import { faultOf } from '../../scripts/fuzz/findings.ts'
import { formsIn, linksIn } from '../../scripts/fuzz/forms.ts'
import { mutated } from '../../scripts/fuzz/values.ts'
import { seeded } from '../../scripts/seeded.ts'
import { startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

describe('what asks the service for everything', () => {
  test('makes the same choices after the same seed', () => {
    const entries: [string, string][] = [
      ['code', '12'],
      ['language', 'sv'],
    ]
    const sent = (seed: number) => {
      const chance = chanceFrom(seeded(seed))
      return Array.from({ length: 50 }, () => bodyOf(mutated(entries, chance), chance.happens(0.5), chance))
    }
    expect(sent(7)).toEqual(sent(7))
    expect(sent(7)).not.toEqual(sent(8))
  })

  test('reads the forms and links of our pages', async () => {
    const service = await startService()
    const browser = await staffBrowser(service, { role: 'national' })
    const { body } = await browser.get('/staff/people/new')
    const form = formsIn(body, '/staff/people/new').find(({ action }) => action === '/staff/people')!
    expect(form).toMatchObject({ method: 'POST', isMultipart: false })
    const fields = Object.fromEntries(form.fields.map((field) => [field.name, field]))
    expect(fields.form!.values[0]).toMatch(/^[\w-]{43}$/)
    expect(fields.role!.values).toContain('coordinator')
    expect(linksIn(body, '/staff/people/new')).toContain('/staff/account')
    await service.close()
  })

  test.each([
    ['a failure', { status: 500, text: '' }, true],
    ['a gateway’s failure', { status: 502, text: '' }, true],
    ['a refusal that does not say when to come back', { status: 503, text: '' }, true],
    ['no answer', { text: 'Error: no answer in time' }, true],
    ['a stack trace', { status: 400, text: 'Error\n    at open (/srv/dist/main.js:1:2)' }, true],
    ['a page', { status: 200, text: '<p>Tack</p>' }, false],
    ['a connection that ends at bytes that are no HTTP', { text: 'Error: read ECONNRESET' }, false],
  ])('finds %s: %o', (_, answer, isFault) => {
    expect(faultOf({ headers: {}, seconds: 0, ...answer }) !== undefined).toBe(isFault)
  })

  test('takes a refusal that says when to come back for what it is', () => {
    expect(faultOf({ status: 503, headers: { 'retry-after': '30' }, text: '', seconds: 0 })).toBeUndefined()
  })
})
