import type { Chance } from './chance.ts'
import type { Field } from './forms.ts'

export type Entry = [name: string, value: string | Upload]

/** A file in a form. */
export interface Upload {
  filename: string
  bytes: Buffer
}

/** What no form expects. */
const nasty: readonly ((chance: Chance) => string)[] = [
  () => '',
  () => ' ',
  () => '\0',
  () => 'a\0b',
  () => '-1',
  () => '0',
  () => '1e309',
  () => '99999999999999999999',
  () => '9007199254740993',
  () => '0x10',
  () => 'Infinity',
  () => 'null',
  () => '[]',
  () => '{"$gt":""}',
  () => '__proto__',
  () => 'constructor',
  () => '../../etc/passwd',
  () => "' or 1=1 --",
  () => '<script>alert(1)</script>',
  () => '{{7*7}}<%= 7*7 %>',
  () => '=cmd|calc!A0',
  () => '\ud800',
  () => '\u202e\u200b\ufeff',
  () => '٣٤٥',
  () => '\r\nSet-Cookie: a=b',
  () => '2026-02-30',
  () => '0000-00-00',
  () => '275760-09-13',
  () => 'ÅÄÖ ኣማርኛ العربية 🙂',
  () => '%00%zz%',
  (chance) => 'x'.repeat(10 ** chance.below(6)),
  (chance) => '🙂'.repeat(1 + chance.below(4000)),
  (chance) => '\n'.repeat(1 + chance.below(5000)),
  (chance) => Array.from({ length: chance.below(300) }, (_, index) => `a${index}@example.org`).join('\n'),
]

export const nastyText = (chance: Chance): string => chance.oneOf(nasty)(chance)

/** What somebody may well fill in: so that the form is taken and something is stored. */
export function likelyValue({ name, type, values }: Field, chance: Chance, codes: readonly string[]): string {
  if (type === 'radio' || type === 'submit' || type === 'hidden') return chance.oneOf(values)
  if (values[0] && chance.happens(0.6)) return values[0]
  if (type === 'email' || /mail/i.test(name)) return `p${chance.below(500)}@example.org`
  if (type === 'date' || /On$|day/i.test(name))
    return `2026-${chance.oneOf(['09', '10', '11', '12'])}-1${chance.below(10)}`
  if (/pin/i.test(name)) return '123456'
  if (type === 'password' || /password/i.test(name)) return 'en ganska lång mening om katter'
  if (type === 'textarea' && chance.happens(0.5))
    return Array.from({ length: 1 + chance.below(20) }, () => chance.oneOf(codes)).join('\n')
  if (type === 'textarea') return `p${chance.below(500)}@example.org\nq${chance.below(500)}@example.org`
  if (/code/i.test(name) && chance.happens(0.7)) return chance.oneOf(codes)
  if (/year/i.test(name)) return '2027'
  if (type === 'number' || /count|number|year|forms|quota/i.test(name))
    return String(chance.below(chance.oneOf([2, 6, 40])))
  return chance.oneOf(['Enheten', 'Vuxenenheten', 'Barn och unga', '1489', '1480', '12', 'ja'])
}

/** The entries of a form, a few of them not as they should be. */
export function mutated(entries: Entry[], chance: Chance): Entry[] {
  const changed = [...entries]
  for (let times = chance.below(3); times > 0; times--) {
    const at = chance.below(Math.max(1, changed.length))
    const [name = 'form', value = ''] = changed[at] ?? []
    const change = chance.below(8)
    if (change <= 2) changed[at] = [name, nastyText(chance)]
    if (change === 3) changed.splice(at, 1)
    if (change === 4) changed.push([name, chance.happens(0.5) ? value : nastyText(chance)])
    if (change === 5) changed[at] = [chance.oneOf([`${name}[]`, `${name}.x`, '__proto__', 'constructor', '']), value]
    if (change === 6) changed.push([nastyText(chance).slice(0, 200), nastyText(chance)])
    if (change === 7) for (let more = chance.below(200); more > 0; more--) changed.push([name, value])
  }
  return changed
}

/** Text that can be encoded: half a character beyond the first plane cannot. */
export const wellFormed = (text: string) => Buffer.from(text).toString()
