import { composed } from '../text/composed.ts'

/** What people write of results themselves: the year in brief, a quotation, and what happens now. */
export const ownTextKinds = ['brief', 'quotation', 'next'] as const

export type OwnTextKind = (typeof ownTextKinds)[number]

const lineBreak = /\r\n?|[\v\f\u0085\u2028\u2029]/g
/** Control characters, what turns or hides text, and what is no character. Joiners and marks of direction stay: Persian and Arabic need them. */
const unseen = /(?!\n)\p{Cc}|(?![\u200c-\u200f])\p{Cf}|\p{Cs}|\p{Noncharacter_Code_Point}|\ufffd/gu

/**
 * What somebody typed, as it may be kept and shown: lines with plain spaces, at most one empty line between two, none at an end. Nothing in
 * it turns or hides text. Cleaning twice gives the same as cleaning once.
 */
export function cleanLines(text: string): string {
  const plain = text
    .replace(lineBreak, '\n')
    .replace(/[\t\p{Zs}]+/gu, ' ')
    .replace(unseen, '')
  return composed(plain)
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** A paragraph by its lines, or a list by its points. */
export type TextBlock = { lines: string[] } | { points: string[] }

const point = /^[-*\u2022\u2013] +/

/** A text as it is shown: an empty line parts paragraphs, and lines that all begin with `- ` are a list. Plain text still, for whoever shows it to escape. */
export function blocksOf(text: string): TextBlock[] {
  return text.split(/\n{2,}/).flatMap((paragraph) => {
    const blocks: TextBlock[] = []
    for (const line of paragraph.split('\n')) {
      const isPoint = point.test(line)
      const last = blocks.at(-1)
      const own = isPoint ? line.replace(point, '') : line
      if (last && 'points' in last === isPoint) ('points' in last ? last.points : last.lines).push(own)
      else if (own !== '') blocks.push(isPoint ? { points: [own] } : { lines: [own] })
    }
    return blocks
  })
}
