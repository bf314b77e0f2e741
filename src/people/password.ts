import { DomainError } from '../errors.ts'
import { fairTurns } from '../memory/fair-turns.ts'
import { foldTyped } from '../text/typed-text.ts'

/** The shortest and the longest password, in characters. Length is what counts: NIST SP 800-63B, 3.1.1. */
export const passwordLength = { min: 12, max: 200 }

export type PasswordProblem = 'short' | 'long' | 'common' | 'own'

/**
 * What is wrong with a password, or `undefined`. It is compared with some 50 000 that many people use, with its own name and
 * address, and with a few characters that go on and on.
 */
export async function passwordProblem(
  typed: string,
  person: { email: string; name: string },
): Promise<PasswordProblem | undefined> {
  const password = foldTyped(typed)
  const length = [...password].length
  if (length < passwordLength.min) return 'short'
  if (length > passwordLength.max) return 'long'

  const letters = password.toLowerCase().replace(/[\s\d\p{P}\p{S}]+/gu, '')
  const plain = onceOf(letters)
  const own = [person.email.toLowerCase(), ...person.email.toLowerCase().split(/[@.]/), ...names(person.name)]
  if (own.some((word) => word.length > 3 && plain === word.replace(/[^\p{L}]/gu, ''))) return 'own'
  if (new Set(password.toLowerCase()).size < 5 || swedish.includes(plain) || (await commonPasswords()).has(plain))
    return 'common'
  return (await commonPasswords()).has(password.toLowerCase()) ? 'common' : undefined
}

/** One word again and again is one word. */
function onceOf(letters: string): string {
  for (let length = 4; length <= letters.length / 2; length++)
    if (letters === letters.slice(0, length).repeat(letters.length / length)) return letters.slice(0, length)
  return letters
}

/** What the international list does not know. */
const swedish = [
  'lösenord',
  'sommar',
  'vinter',
  'hösten',
  'våren',
  'socialtjänst',
  'socialtjänsten',
  'kommun',
  'brukarsvar',
]

const names = (name: string) => [name.toLowerCase(), ...name.toLowerCase().split(/\s+/)]

let common: Promise<Set<string>> | undefined

/** Read at first use: the running survey needs none of it. What failed once is tried again. */
function commonPasswords(): Promise<Set<string>> {
  common ??= readCommonPasswords().catch((error) => {
    common = undefined
    throw error
  })
  return common
}

async function readCommonPasswords(): Promise<Set<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  const words = dictionary['passwords-common'] as (string | number)[]
  return new Set(words.map(String).filter((word) => word.length > 5))
}

/** Who waits for a password: an account, of somebody who is signed in, has its one-time link or uses a browser it is known by; or the wider network of a stranger. */
export type Asker = { account: string } | { network: string }

/**
 * Passwords are worked on one at a time for strangers, whom anybody can send any number of, and one at a time for accounts: a flood of
 * strangers takes its own place only. In both each account or network has a turn before any has two, and none waits with many.
 */
const places = {
  network: inTurns({ mostOfOne: 8, most: 24 }),
  account: inTurns({ mostOfOne: 2, most: 200 }),
}

function inTurns(bounds: { mostOfOne: number; most: number }) {
  return fairTurns({ ...bounds, refusal: (why) => new DomainError('too-many', `Too many passwords wait (${why}).`) })
}

const inTurn = <T>(asker: Asker, work: () => Promise<T>): Promise<T> =>
  'account' in asker ? places.account({ owner: asker.account }, work) : places.network({ owner: asker.network }, work)

/** Argon2id as OWASP recommends it (19 MiB, 2 passes, 1 lane), in its own text form with its salt. @throws DomainError `too-many` when too many wait, of this account or in all. */
export async function hashPassword(password: string, account: string): Promise<string> {
  const { hash } = await import('@node-rs/argon2')
  return inTurn({ account }, () => hash(foldTyped(password), { memoryCost: 19_456, timeCost: 2, parallelism: 1 }))
}

/**
 * Whether a password is the one that was hashed, as it is folded or, in hashes of before, as it was typed. Without a hash the same
 * work is done, and it is not: nobody learns who has an account.
 * @throws DomainError `too-many` when too many wait, of this asker or in all.
 */
export async function isPassword(passwordHash: string | null, password: string, asker: Asker): Promise<boolean> {
  const { verify } = await import('@node-rs/argon2')
  const ways = new Set([foldTyped(password), password.normalize('NFC')])
  const isRight = await inTurn(asker, async () => {
    for (const way of ways) if (await verify(passwordHash ?? nobodys, way)) return true
    return false
  })
  return isRight && passwordHash !== null
}

/** The hash of a password that nobody has. */
const nobodys = '$argon2id$v=19$m=19456,t=2,p=1$eJ8xMNFXyso38qKRwSfzMg$3KM6W+qVG1bQpxXFV8oO95K8XuW6qE6Q8j3IIzv16iQ'
