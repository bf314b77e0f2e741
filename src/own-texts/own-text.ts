import { composed } from '../text/composed.ts'

/** What people write of results themselves: the year in brief, a quotation, and what happens now. */
export const ownTextKinds = ['brief', 'quotation', 'next'] as const

export type OwnTextKind = (typeof ownTextKinds)[number]

/** The longest of each, in characters, and the longest name of who said a quotation. */
export const longest: Record<OwnTextKind | 'saidBy', number> = { brief: 8000, quotation: 600, next: 3000, saidBy: 80 }

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

/** How a text stands: nobody has begun it, it is a draft, it is read as it stands, or as it stood before the draft was edited on, or it was taken back. */
export type TextStanding = 'none' | 'draft' | 'published' | 'edited' | 'takenBack'

/** How a text stands, by its draft and what was published of it. */
export function standingOf(text?: {
  draft: string
  draftBy: string
  published?: { text: string; saidBy: string; isPublic: boolean }
}): TextStanding {
  if (!text) return 'none'
  const { draft, draftBy, published } = text
  if (!published) return 'draft'
  if (!published.isPublic) return 'takenBack'
  return published.text === draft && published.saidBy === draftBy ? 'published' : 'edited'
}

/** Of which round and area, what it is, and in which language. `area` is a municipality's code, or `0000` for the nation. */
export interface OwnTextKey {
  roundId: string
  area: string
  kind: OwnTextKind
  language: string
}

/** A text as those who write it see it. Instants are ISO texts. */
export interface OwnText extends OwnTextKey {
  draft: string
  draftBy: string
  version: number
  savedAt: string
  /** What everybody reads, or read before it was taken back: `isPublic` says which. */
  published?: { text: string; saidBy: string; at: string; release: number; isPublic: boolean }
}

/** A text as everybody may read it, plain, for whoever shows it to escape. */
export interface PublishedText {
  language: string
  text: string
  /** The same as paragraphs and lists. */
  blocks: TextBlock[]
  /** Who said a quotation; empty for other texts. */
  saidBy: string
  publishedAt: string
  /** The number of the release that it was published beside: one with a higher number may have changed what it is about. */
  release: number
}
