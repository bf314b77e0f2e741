import { sealFor } from '../crypto/sealing.ts'
import { fingerprint, keyFor, newToken } from '../crypto/secrets.ts'
import { hashPassword } from '../people/password.ts'
import type { Role } from '../people/roles.ts'
import { newRecoveryCodes, newTotpSecret, recoveryTag } from '../people/second-factor.ts'
import type { Ground } from './ground.ts'

/** An account to try, as `demo.json` lists it. */
export interface DemoAccount {
  role: Role
  email: string
  password: string
  /** For the authenticator: its secret in base32, and codes that are each good for one sign-in without it. */
  secondFactor?: { secret: string; recoveryCodes: string[] }
}

const people: { role: Role; name: string }[] = [
  { role: 'national', name: 'Nina Nation' },
  { role: 'coordinator', name: 'Sam Samordnare' },
  { role: 'caseworker', name: 'Hanna Handläggare' },
  { role: 'host', name: 'Viktor Värd' },
  { role: 'viewer', name: 'Lena Läsare' },
]

/** One account of each role, at a municipality and its units. Those that exist stay as they are. */
export async function makeAccounts(
  { stores, keys }: Pick<Ground, 'stores' | 'keys'>,
  { municipalityCode, unitIds, now }: { municipalityCode: string; unitIds: string[]; now: Date },
  known: DemoAccount[],
): Promise<DemoAccount[]> {
  const accounts: DemoAccount[] = []
  for (const { role, name } of people) {
    const email = `${role}@example.se`
    const kept = known.find((account) => account.email === email)
    if (kept && (await stores.people.findAccountByEmail(email))) {
      accounts.push(kept)
      continue
    }
    const tag = fingerprint(newToken())
    const atUnits = role === 'caseworker' || role === 'host'
    const place = role === 'national' ? {} : { municipalityCode, unitIds: atUnits ? unitIds : [] }
    const id = await stores.people.addPerson({ email, name, role, ...place }, { tag, until: now, by: 'operator' })
    const password = `prova ${role} ${newToken().slice(0, 8)}`
    await stores.people.setPassword(id, await hashPassword(password, id), { invitationTag: tag })
    accounts.push({
      role,
      email,
      password,
      ...(role === 'national' ? { secondFactor: await secure({ stores, keys }, id) } : {}),
    })
  }
  return accounts
}

async function secure({ stores, keys }: Pick<Ground, 'stores' | 'keys'>, id: string) {
  const secret = newTotpSecret()
  const recoveryCodes = newRecoveryCodes()
  const key = keyFor(keys.staffKey, 'second factor')
  const totpSealed = sealFor(key, id, Buffer.from(secret))
  await stores.people.setSecondFactor(id, {
    totpSealed,
    totpStep: 0,
    recoveryTags: recoveryCodes.map((code) => recoveryTag(key, id, code)),
  })
  return { secret, recoveryCodes }
}
