import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listUnits } from '../../src/organisation/store.ts'
import { holdLock } from '../reliability/other-process.ts'
import { newFile } from '../support/new-file.ts'
import { formIn } from '../support/page-form.ts'
import { openRound, type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

let service: Service
afterEach(() => service.close())

/** What a page of a form that could not be stored would send again. */
function sentAgain(page: string): Record<string, string[]> {
  const fields: Record<string, string[]> = {}
  for (const [, name, text] of page.matchAll(/<textarea name="([^"]+)" hidden>\n([^<]*)</g))
    fields[name!] = [...(fields[name!] ?? []), text!.replaceAll('&lt;', '<').replaceAll('&amp;', '&')]
  return fields
}
const names = async () => (await listUnits(service.db, { municipalityCode: '1489' })).map(({ name }) => name)
const unit = { name: 'Ö & <väst', groups: ['youth', 'guardian'] }

describe('a form of staff that cannot be stored', () => {
  beforeEach(async () => {
    service = await startService()
    await openRound(service.db)
  })

  test('comes back with all that was typed, and is sent again with one press', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    service.db.$client.pragma('query_only = 1')
    const refused = await browser.post('/staff/units', unit)
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '30'])
    expect(refused.body).toContain('Inget har ändrats')
    expect(refused.body).toContain('<li class="note">Ö &amp; &lt;väst</li>')
    service.db.$client.pragma('query_only = 0')

    expect(await names()).not.toContain(unit.name)
    const again = { ...sentAgain(refused.body), form: formIn(refused.body, '/staff/units').form! }
    expect((await browser.post('/staff/units', again)).headers.location).toBe('/staff/units?done=units.added')
    expect(await names()).toContain(unit.name)
  })

  test('of a defect says that it is not certain, and that one should look first', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    service.db.$client.exec("create trigger defect before insert on units begin select raise(abort, 'no'); end")
    const refused = await browser.post('/staff/units', unit)
    expect(refused.statusCode).toBe(500)
    expect(refused.body).toContain('Titta efter i en annan flik innan du skickar igen')
    expect(sentAgain(refused.body).name).toEqual([unit.name])
  })

  test('with a password in it is not shown again', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    service.db.$client.exec("create trigger defect before update on staff begin select raise(abort, 'no'); end")
    const password = 'sju blå hästar springer'
    const refused = await browser.post('/staff/account/password', { current: password, password })
    expect(refused.body).not.toContain('hästar')
  })

  test('that another site sent is not shown', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    service.db.$client.pragma('query_only = 1')
    const foreign = await browser.post('/staff/units', { ...unit, form: 'x'.repeat(43) })
    expect(foreign.body).not.toContain('väst')
  })
})

test('nobody can be looked up while another process holds the database: what was typed comes back all the same', async () => {
  const file = newFile()
  service = await startService({ file, settings: { BUSY_SECONDS: '0' } })
  await openRound(service.db)
  const browser = await staffBrowser(service, { role: 'coordinator' })
  const free = await holdLock(file, 'exclusive')
  const refused = await browser.post('/staff/units', unit)
  expect(refused.statusCode).toBe(503)
  await free()

  const again = { ...sentAgain(refused.body), form: formIn(refused.body, '/staff/units').form! }
  expect((await browser.post('/staff/units', again)).headers.location).toBe('/staff/units?done=units.added')
})
