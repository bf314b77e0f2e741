import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listDeeds } from '../../src/audit/store.ts'
import { fingerprint, newToken } from '../../src/crypto/secrets.ts'
import { listUnits } from '../../src/organisation/store.ts'
import { keptForms } from '../../src/pages/staff/kept-forms.ts'
import { setPassword } from '../../src/people/account-store.ts'
import { hashPassword } from '../../src/people/password.ts'
import { addPerson } from '../../src/people/store.ts'
import { formIn } from '../support/page-form.ts'
import { browse, openRound, type Service, startService } from '../support/service.ts'

const password = 'fyra gröna hästar springer'
let service: Service
beforeEach(async () => {
  service = await startService()
  await openRound(service.db)
})
afterEach(() => service.close())

/** A coordinator with a password, in a browser of their own. */
async function newCoordinator(email = 'asa@example.se') {
  const { db, clock } = service
  const invitation = { tag: fingerprint(newToken()), until: new Date(clock.now.getTime() + 1000), by: 'operator' }
  const person = { email, name: 'Åsa Öst', role: 'coordinator', language: 'sv', municipalityCode: '1489' } as const
  const id = await addPerson(db, { ...person, unitIds: [] }, invitation)
  await setPassword(db, id, await hashPassword(password, 'a test'), {})
  const browser = browse(service.app)
  const signIn = (next = '') => browser.post('/staff/sign-in', { email, password, next })
  return { ...browser, signIn }
}
const rest = (hours: number) => {
  service.clock.now = new Date(service.clock.now.getTime() + hours * 3_600_000)
}
const names = async () => (await listUnits(service.db, { municipalityCode: '1489' })).map(({ name }) => name)

describe('a form that is sent when its session is over', () => {
  test('comes back after signing in, and is sent with one press', async () => {
    const { get, post, signIn } = await newCoordinator()
    await signIn()
    const form = formIn((await get('/staff/units')).body, '/staff/units')
    rest(4)

    const sent = await post('/staff/units', { ...form, name: 'Ö & <b>väst</b>', groups: ['youth', 'guardian'] })
    expect(sent.statusCode).toBe(303)
    const signInPage = await get(sent.headers.location!)
    expect(signInPage.body).toContain('Det du skrev finns kvar')
    const { next } = formIn(signInPage.body, '/staff/sign-in') as { next: string }
    const kept = (await signIn(next)).headers.location!
    expect(kept).toBe(next)

    const page = await get(kept)
    expect(page.body).toContain('Ö &amp; &lt;b&gt;väst&lt;/b&gt;')
    expect((await names()).length).toBe(1)
    const again = { ...formIn(page.body, '/staff/units'), ...textsOf(page.body) }
    expect((await post('/staff/units', again)).headers.location).toBe('/staff/units?done=units.added')
    expect(await names()).toContain('Ö & <b>väst</b>')
    expect((await get(kept)).statusCode).toBe(404)
    const added = (await listDeeds(service.db, {}, { limit: 20 })).filter(({ action }) => action === 'units.added')
    expect(added).toHaveLength(1)
  })

  test('of a session that is another one by now is shown at once, and nothing is written down as done', async () => {
    const { get, post, signIn } = await newCoordinator()
    await signIn()
    const form = formIn((await get('/staff/units')).body, '/staff/units')
    await signIn()
    const sent = await post('/staff/units', { ...form, name: 'Norr' })
    expect((await get(sent.headers.location!)).body).toContain('Norr')
    expect((await listDeeds(service.db, {}, { limit: 20 })).map(({ action }) => action)).not.toContain('units.added')
  })

  test('is shown to nobody else, in no other browser, and not for ever', async () => {
    const asa = await newCoordinator()
    const bo = await newCoordinator('bo@example.se')
    await asa.signIn()
    await bo.signIn()
    rest(4)
    const { next } = Object.fromEntries(
      new URL((await asa.post('/staff/units', { name: 'Hemlig' })).headers.location!, 'http://x').searchParams,
    ) as { next: string }
    await bo.signIn()
    expect((await bo.get(next)).statusCode).toBe(404)
    await asa.signIn()
    expect((await asa.get(next)).body).toContain('Hemlig')
    rest(1)
    expect((await asa.get(next)).statusCode).toBe(404)
  })

  test('keeps no password, and says so', async () => {
    const { get, post, signIn } = await newCoordinator()
    await signIn()
    rest(4)
    const sent = await post('/staff/account/password', { old: password, password: 'ett annat långt lösenord' })
    expect(sent.headers.location).toBe('/staff/sign-in?over=form')
    expect((await get(sent.headers.location!)).body).toContain('Formuläret är inte sparat')
  })

  test('takes no more memory than four million characters, whoever sends: the oldest make room', () => {
    const forms = keptForms(() => service.clock.now)
    const keep = (device: string) => forms.keep(device, '/staff/units', { note: 'x'.repeat(1_000_000) })!.id
    const ids = ['a', 'b', 'c', 'd', 'e'].map((device) => [device, keep(device)] as const)
    expect(ids.filter(([device, id]) => forms.find(device, id)).map(([device]) => device)).toEqual(['b', 'c', 'd', 'e'])
  })

  test('with a file comes back without the file, and says so before and after signing in', async () => {
    const { jar, get, signIn } = await newCoordinator()
    await signIn()
    rest(4)
    const file = { name: 'lista &.csv', content: 'a@example.se\n'.repeat(300_000) }
    const sent = await sendParts(
      service,
      jar,
      '/staff/email/any/new',
      { addresses: 'eva@example.se', language: 'sv' },
      file,
    )
    expect(sent.headers.location).toMatch(/^\/staff\/sign-in\?next=.+&over=file$/)
    const signInPage = await get(sent.headers.location!)
    expect(signInPage.body).toContain('Filen behöver du välja på nytt')

    const page = await get((await signIn(formIn(signInPage.body, '/staff/sign-in').next as string)).headers.location!)
    expect(page.body).toContain('<span class="quiet">Adresser:</span> eva@example.se')
    expect(page.body).toContain('Filen lista &amp;.csv är inte sparad. Välj den igen.')
    expect(page.body).toMatch(/action="\/staff\/email\/any\/new" enctype="multipart\/form-data"/)
    expect(page.body).toContain('<input type="file" id="file" name="file">')
    expect(textsOf(page.body)).toEqual({ addresses: ['eva@example.se'], language: ['sv'] })
  })

  test('in which a file could have been chosen and was not, comes back as one without', async () => {
    const { jar, signIn } = await newCoordinator()
    await signIn()
    rest(4)
    const sent = await sendParts(
      service,
      jar,
      '/staff/email/any/new',
      { addresses: 'eva@example.se' },
      { name: '', content: '' },
    )
    expect(sent.headers.location).toMatch(/&over=kept$/)
  })

  test('of a session that is another one by now comes back at once, its file to be chosen again', async () => {
    const { jar, get, signIn } = await newCoordinator()
    await signIn()
    const fields = { form: 'x'.repeat(43), addresses: 'eva@example.se' }
    const sent = await sendParts(service, jar, '/staff/email/any/new', fields, { name: 'a.csv', content: 'x' })
    expect((await get(sent.headers.location!)).body).toContain('Filen a.csv är inte sparad. Välj den igen.')
  })

  test('with more than a file may hold is told of as not saved, and not read', async () => {
    const { jar, signIn } = await newCoordinator()
    await signIn()
    rest(4)
    const file = { name: 'a.csv', content: 'x'.repeat(6 * 1024 * 1024) }
    const sent = await sendParts(service, jar, '/staff/units/imports', {}, file)
    expect(sent.headers.location).toBe('/staff/sign-in?over=form')
  })

  test('with a key in a file is not kept', async () => {
    const { jar, signIn } = await newCoordinator()
    await signIn()
    rest(4)
    const url = '/staff/rounds/2026/closing'
    const file = { field: 'keyFile', name: 'round.key', content: 'secret' }
    const sent = await sendParts(service, jar, url, { late: 'now' }, file)
    expect(sent.headers.location).toBe('/staff/sign-in?over=form')
  })

  test('of a stranger is not kept', async () => {
    const { post } = browse(service.app)
    expect((await post('/staff/units', { name: 'x' })).headers.location).toBe('/staff/sign-in')
  })

  test('a page that is asked for says why one has to sign in again', async () => {
    const { get, signIn } = await newCoordinator()
    await signIn()
    rest(4)
    const asked = await get('/staff/units')
    expect(asked.headers.location).toBe('/staff/sign-in?next=%2Fstaff%2Funits&over=page')
    expect((await get(asked.headers.location!)).body).toContain('Du är inte inloggad längre')
    expect((await signIn('/staff/units')).headers.location).toBe('/staff/units')
  })
})

interface SentFile {
  field?: string
  name: string
  content: string
}

/** Sends a form with a file as browsers do. */
function sendParts(
  { app }: Service,
  jar: Map<string, string>,
  url: string,
  texts: Record<string, string>,
  { field = 'file', name, content }: SentFile,
) {
  const part = (head: string, body: string) => `--edge\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`
  const parts = Object.entries(texts).map(([key, value]) => part(`name="${key}"`, value))
  const file = part(`name="${field}"; filename="${name}"`, content)
  const cookie = [...jar].map(([key, value]) => `${key}=${value}`).join('; ')
  return app.inject({
    method: 'POST',
    url,
    headers: { cookie, 'content-type': 'multipart/form-data; boundary=edge' },
    payload: `${parts.join('')}${file}--edge--\r\n`,
  })
}

/** The hidden texts of the page that sends a form again. */
function textsOf(page: string): Record<string, string[]> {
  const fields: Record<string, string[]> = {}
  for (const [, name, text] of page.matchAll(/<textarea name="([^"]+)" hidden>\n([^<]*)</g))
    fields[name!] = [
      ...(fields[name!] ?? []),
      text!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
    ]
  return fields
}
