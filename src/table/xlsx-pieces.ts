import { tableRefusal } from './table.ts'

/** Longer than a text of Excel's 32 767 characters with each of them escaped. */
const mostBetween = 256 * 1024
/** Far longer than any tag that a program writes. */
const mostOfTag = 32 * 1024

const [less, greater] = [0x3c, 0x3e]
/** What may hold both signs, with how each ends. */
const others: [start: string, end: string][] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
]

/**
 * Refuses a part with a tag, a text, a comment or the like that is longer than any program writes. The parser reads in pieces and begins
 * such a thing anew with each piece of it: a part of one long tag would take it minutes. One pass, whatever stands in it.
 * @throws DomainError `invalid`
 */
export function refuseLongPieces(part: Buffer): void {
  for (const sign of [less, greater]) refuseFarApart(part, sign)
  for (const [start, end] of others) refuseLong(part, start, end)
  let end = -1
  for (let at = part.indexOf(less); at >= 0; at = part.indexOf(less, at + 1)) {
    if (end < at) end = part.indexOf(greater, at)
    if (end < 0 || (end - at > mostOfTag && !isOther(part, at))) throw tableRefusal('damaged')
  }
}

const isOther = (part: Buffer, at: number) => part[at + 1] === 0x21 || part[at + 1] === 0x3f

function refuseFarApart(part: Buffer, sign: number): void {
  for (let at = 0; part.length - at > mostBetween; ) {
    const next = part.lastIndexOf(sign, at + mostBetween)
    if (next <= at) throw tableRefusal('damaged')
    at = next
  }
}

function refuseLong(part: Buffer, start: string, end: string): void {
  for (let at = part.indexOf(start); at >= 0; at = part.indexOf(start, at + 1)) {
    const until = part.indexOf(end, at)
    if (until < 0 || until - at > mostBetween) throw tableRefusal('damaged')
    at = until
  }
}
