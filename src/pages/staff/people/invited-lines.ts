import { email } from '../../../web/form.ts'

/** So many are invited by one form: what a large unit needs, and no more than a page of links can show. */
export const mostInvited = 50

/** One to be invited, as a line says it; what stands in it, where that is none. */
export type InvitedLine = { number: number; text: string } & (
  | { name: string; email: string }
  | { problem: 'noAddress' | 'twice' }
)

const longestName = 100

/**
 * Reads addresses, one a line, with or without a name before them: `Amina Ali <amina.ali@alingsas.se>`. Without one the name is made of the
 * address. Empty lines are passed over, and lines are counted from 1.
 */
export function readInvitedLines(text: string): InvitedLine[] {
  const seen = new Set<string>()
  return text.split(/\r\n|\r|\n/).flatMap((line, at): InvitedLine[] => {
    const told = { number: at + 1, text: line.trim() }
    if (told.text === '') return []
    const words = line.split(/[\s<>,;"]/).filter((word) => word !== '')
    const [address, another] = words.filter((word) => word.includes('@'))
    const { data } = email.safeParse(address)
    if (data === undefined || another !== undefined) return [{ ...told, problem: 'noAddress' }]
    if (seen.has(data)) return [{ ...told, problem: 'twice' }]
    seen.add(data)
    const name = words.filter((word) => word !== address).join(' ')
    return [{ ...told, email: data, name: name.slice(0, longestName) || nameOfAddress(data) }]
  })
}

/** `amina.ali-berg2@alingsas.se` is Amina Ali Berg; what holds no letter stays as it is. */
export function nameOfAddress(address: string): string {
  const local = address.slice(0, address.indexOf('@'))
  const words = local.split(/[^\p{L}\p{M}]+/u).filter((word) => word !== '')
  const name = words.map((word) => word[0]!.toLocaleUpperCase('sv') + word.slice(1)).join(' ')
  return (name || local).slice(0, longestName)
}
