import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listDeeds } from '../../src/audit/store.ts'
import { listUnits } from '../../src/organisation/store.ts'
import { keptForms } from '../../src/sign-in/kept-forms.ts'
import { hashPassword } from '../../src/sign-in/password.ts'
import { fingerprint, newToken } from '../../src/sign-in/secrets.ts'
import { addPerson, setPassword } from '../../src/staff/store.ts'
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
  await setPassword(db, id, await hashPassword(password), {})
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
    const keep = (device: string) => forms.keep(device, '/staff/units', { note: 'x'.repeat(1_000_000) })!
    const ids = ['a', 'b', 'c', 'd', 'e'].map((device) => [device, keep(device)] as const)
    expect(ids.filter(([device, id]) => forms.find(device, id)).map(([device]) => device)).toEqual(['b', 'c', 'd', 'e'])
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
