import { fewAtOnce } from './few-at-once.ts'

/** The shortest and the longest password, in characters. Length is what counts: NIST SP 800-63B, 3.1.1. */
export const passwordLength = { min: 12, max: 200 }

export type PasswordProblem = 'short' | 'long' | 'common' | 'own'

/**
 * What is wrong with a password, or `undefined`. It is compared with some 50 000 that many people use, with its own name and
 * address, and with a few characters that go on and on.
 */
export async function passwordProblem(
  password: string,
  person: { email: string; name: string },
): Promise<PasswordProblem | undefined> {
  const length = [...password].length
  if (length < passwordLength.min) return 'short'
  if (length > passwordLength.max) return 'long'

  const plain = foldedPassword(password)
    .toLowerCase()
    .replace(/[\s\d\p{P}\p{S}]+/gu, '')
  const own = [person.email.toLowerCase(), ...person.email.toLowerCase().split(/[@.]/), ...names(person.name)]
  if (own.some((word) => word.length > 3 && plain === word.replace(/[^\p{L}]/gu, ''))) return 'own'
  if (new Set(password.toLowerCase()).size < 5 || swedish.includes(plain) || (await commonPasswords()).has(plain))
    return 'common'
  return (await commonPasswords()).has(foldedPassword(password).toLowerCase()) ? 'common' : undefined
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

/**
 * A password as any keyboard types it: phones put typographic quotes, dashes and spaces for the plain ones, in password fields
 * too. What is hashed and compared is this.
 */
export function foldedPassword(password: string): string {
  return password
    .normalize('NFC')
    .replace(/[\u2018\u2019\u201a\u201b\u2032\u00b4`]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/\p{Pd}|\u2212/gu, '-')
    .replace(/\p{Zs}/gu, ' ')
}

const atOnce = fewAtOnce({ running: 2, waiting: 30 })

/** Argon2id as OWASP recommends it (19 MiB, 2 passes, 1 lane), in its own text form with its salt. @throws DomainError `too-many` when too many are at work. */
export async function hashPassword(password: string): Promise<string> {
  const { hash } = await import('@node-rs/argon2')
  return atOnce(() => hash(foldedPassword(password), { memoryCost: 19_456, timeCost: 2, parallelism: 1 }))
}

/**
 * Whether a password is the one that was hashed. Without a hash the same work is done, and it is not: nobody learns who has an account.
 * @throws DomainError `too-many` when too many are at work.
 */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const { verify } = await import('@node-rs/argon2')
  const matches = (text: string) => atOnce(() => verify(passwordHash ?? nobodys, text))
  const [folded, asTyped] = [foldedPassword(password), password.normalize('NFC')]
  const isRight = (await matches(folded)) || (folded !== asTyped && (await matches(asTyped))) // hashes of before folding
  return isRight && passwordHash !== null
}

/** The hash of a password that nobody has. */
const nobodys = '$argon2id$v=19$m=19456,t=2,p=1$eJ8xMNFXyso38qKRwSfzMg$3KM6W+qVG1bQpxXFV8oO95K8XuW6qE6Q8j3IIzv16iQ'
