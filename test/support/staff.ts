import { fingerprint, formToken, newToken } from '../../src/crypto/secrets.ts'
import { worksAtUnits } from '../../src/people/person.ts'
import type { Role } from '../../src/people/roles.ts'
import { beginSession } from '../../src/people/sign-in-store.ts'
import { addPerson } from '../../src/people/store.ts'
import { browse, type Service } from './service.ts'

export interface StaffOptions {
  role: Role
  municipalityCode?: string
  unitIds?: string[]
  language?: 'sv' | 'en'
  name?: string
  isComplete?: boolean
}

let number = 0

/** Somebody with an account, and a session that is complete; the token is what their cookie holds. */
export async function newStaff({ db, clock }: Pick<Service, 'db' | 'clock'>, options: StaffOptions) {
  const { role, municipalityCode = '1489', unitIds = [], language = 'sv', isComplete = true } = options
  const { name = `Kim ${role}` } = options
  const email = `${role}-${++number}@example.se`
  const place = role === 'national' ? {} : { municipalityCode, unitIds: worksAtUnits(role) ? unitIds : [] }
  const invitation = { tag: fingerprint(newToken()), until: clock.now, by: 'operator' }
  const id = await addPerson(db, { email, name, role, language, ...place }, invitation)
  const token = newToken()
  await beginSession(db, { tag: fingerprint(token), staffId: id, isComplete, device: 'test', now: clock.now })
  return { id, email, token }
}

/** A browser in which somebody of staff is signed in: every form it sends has the token that their pages would hold. */
export async function staffBrowser(service: Service, options: StaffOptions) {
  const { id, email, token } = await newStaff(service, options)
  const { jar, get, post } = browse(service.app)
  jar.set('staff', token)
  return {
    id,
    email,
    jar,
    get: (url: string) => get(url),
    post: (url: string, form: Record<string, string | string[]> = {}) =>
      post(url, { form: formToken(jar.get('staff') ?? token), ...form }),
  }
}
