import { sealFor } from '../crypto/sealing.ts'
import { fingerprint, keyFor, newToken } from '../crypto/secrets.ts'
import type { Database } from '../database/connection.ts'
import type { Keys } from '../database/key-folder.ts'
import { findAccountByEmail, setPassword, setSecondFactor } from '../people/account-store.ts'
import { hashPassword } from '../people/password.ts'
import type { Role } from '../people/roles.ts'
import { newRecoveryCodes, newTotpSecret, recoveryTag } from '../people/second-factor.ts'
import { addPerson } from '../people/store.ts'

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
  db: Database,
  keys: Keys,
  { municipalityCode, unitIds, now }: { municipalityCode: string; unitIds: string[]; now: Date },
  known: DemoAccount[],
): Promise<DemoAccount[]> {
  const accounts: DemoAccount[] = []
  for (const { role, name } of people) {
    const email = `${role}@example.se`
    const kept = known.find((account) => account.email === email)
    if (kept && (await findAccountByEmail(db, email))) {
      accounts.push(kept)
      continue
    }
    const tag = fingerprint(newToken())
    const atUnits = role === 'caseworker' || role === 'host'
    const place = role === 'national' ? {} : { municipalityCode, unitIds: atUnits ? unitIds : [] }
    const id = await addPerson(db, { email, name, role, ...place }, { tag, until: now, by: 'operator' })
    const password = `prova ${role} ${newToken().slice(0, 8)}`
    await setPassword(db, id, await hashPassword(password, id), { invitationTag: tag })
    accounts.push({
      role,
      email,
      password,
      ...(role === 'national' ? { secondFactor: await secure(db, keys, id) } : {}),
    })
  }
  return accounts
}

async function secure(db: Database, keys: Keys, id: string) {
  const secret = newTotpSecret()
  const recoveryCodes = newRecoveryCodes()
  const key = keyFor(keys.staffKey, 'second factor')
  const totpSealed = sealFor(key, id, Buffer.from(secret))
  await setSecondFactor(db, id, {
    totpSealed,
    totpStep: 0,
    recoveryTags: recoveryCodes.map((code) => recoveryTag(key, id, code)),
  })
  return { secret, recoveryCodes }
}
