import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formToken, knownDevice } from '../../src/crypto/secrets.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { listUnits } from '../../src/organisation/store.ts'
import { fieldLabels, shownOf } from '../../src/pages/staff/typed-fields.ts'
import { holdLock } from '../reliability/other-process.ts'
import { newFile } from '../support/new-file.ts'
import { formIn } from '../support/page-form.ts'
import { runIn } from '../support/rows.ts'
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
/** Sends addresses, typed and in a file. */
function sendList({ jar }: { jar: Map<string, string> }, stratum: string) {
  const field = (name: string, value: string) =>
    `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const file = '--edge\r\nContent-Disposition: form-data; name="file"; filename="lista &.csv"\r\n\r\na@example.se\r\n'
  return service.app.inject({
    method: 'POST',
    url: `/staff/email/${stratum}/new`,
    headers: {
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      'content-type': 'multipart/form-data; boundary=edge',
    },
    payload: `${field('form', formToken(jar.get('staff')!))}${field('addresses', 'eva@example.se')}${field('language', 'sv')}${file}--edge--\r\n`,
  })
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
    expect(refused.body).toContain('<li class="note"><span class="quiet">Namn:</span> Ö &amp; &lt;väst</li>')
    service.db.$client.pragma('query_only = 0')

    expect(await names()).not.toContain(unit.name)
    const again = { ...sentAgain(refused.body), form: formIn(refused.body, '/staff/units').form! }
    expect((await browser.post('/staff/units', again)).headers.location).toBe('/staff/units?done=units.added')
    expect(await names()).toContain(unit.name)
  })

  test('with a file comes back without it: its name is said, and what else was typed is kept', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    await runIn(service.db, 'ALTER TABLE strata RENAME TO elsewhere')
    const { body, statusCode } = await sendList(browser, 'any')
    expect(statusCode).toBe(500)
    expect(body).toContain('Filen lista &amp;.csv är inte sparad. Välj den igen.')
    expect(body).toContain('<span class="quiet">Adresser:</span> eva@example.se')
    expect(body).toMatch(/action="\/staff\/email\/any\/new" enctype="multipart\/form-data"/)
    expect(sentAgain(body)).toEqual({ addresses: ['eva@example.se'], language: ['sv'] })
    await runIn(service.db, 'ALTER TABLE elsewhere RENAME TO strata')
  })

  test('shows no number and no choice without saying what it is', async () => {
    const shown = shownOf([
      ['contactName', 'Eva Ek'],
      ['at.3f73.youth', '50'],
      ['newUnit.0', 'Norra'],
      ['new.0.guardian', '0'],
      ['groups', 'youth'],
      ['way', '3'],
      ['kind', 'slips'],
    ])
    expect(shown).toEqual([
      { label: 'staff.enrolment.contactName', value: 'Eva Ek' },
      { label: 'staff.words.groups.youth', value: '50' },
      { label: 'staff.enrolment.unit', value: 'Norra' },
      { label: 'staff.words.groups.guardian', value: '0' },
      { value: 'youth', choice: 'staff.words.groups.youth' },
    ])
    const languages = loadLanguages()
    for (const code of ['sv', 'en'])
      for (const label of fieldLabels)
        expect([label, languages.has(languages.find(code)!, label)]).toEqual([label, true])
  })

  test('of a defect says that it is not certain, and that one should look first', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    await runIn(service.db, "create trigger defect before insert on units begin select raise(abort, 'no'); end")
    const refused = await browser.post('/staff/units', unit)
    expect(refused.statusCode).toBe(500)
    expect(refused.body).toContain('Titta efter i en annan flik innan du skickar igen')
    expect(sentAgain(refused.body).name).toEqual([unit.name])
  })

  test('with a password in it is not shown again', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    await runIn(service.db, "create trigger defect before update on staff begin select raise(abort, 'no'); end")
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
  browser.jar.set('device', knownDevice(service.keys.staffKey, browser.email))
  const withFile = await sendList(browser, 'any')
  expect(withFile.statusCode).toBe(503)
  expect(withFile.body).toContain('Filen lista &amp;.csv är inte sparad. Välj den igen.')
  expect(sentAgain(withFile.body)).toEqual({ addresses: ['eva@example.se'], language: ['sv'] })
  await free()

  const again = { ...sentAgain(refused.body), form: formIn(refused.body, '/staff/units').form! }
  expect((await browser.post('/staff/units', again)).headers.location).toBe('/staff/units?done=units.added')
})
