import * as z from 'zod'
import type { TallyChange } from '../../../invitation/tally-store.ts'
import type { HandedOut } from '../../../paper/store.ts'
import { withAsciiDigits } from '../../../text/digits.ts'
import { type ListKind, listing } from '../listing.ts'
import type { Added } from '../undoing.ts'

/** What is tallied of paper, in the order of the page, each with its deeds: what was added, and what was taken back. */
export const tallied = {
  handedOut: { disposition: 'handed_out', does: 'paper.handedOut', undoes: 'paper.handedOutUndone' },
  declined: { disposition: 'declined', does: 'paper.declined', undoes: 'paper.declinedUndone' },
} as const

export type Tallied = keyof typeof tallied

export const kinds = Object.keys(tallied) as Tallied[]

/** The field for a number, called so that what was typed is shown with its group where it waited. */
export const fieldAt = (kind: Tallied, { unitId, targetGroup }: HandedOut) => `${kind}.${unitId}.${targetGroup}`

/** What the search of a tally reads, and the rows that it leaves: none is sorted away, and none is on another page. */
export function listTally(
  strata: HandedOut[],
  search: unknown,
  { typed, t }: { typed: object; t: (key: string) => string },
) {
  const isTyped = (stratum: HandedOut) => kinds.some((kind) => textAt(typed, fieldAt(kind, stratum)) !== '')
  const kind: ListKind<HandedOut> = {
    ...{ address: '/staff/paper/tally', states: {}, columns: {}, usual: () => 0 },
    words: ({ unit, targetGroup }) => [unit, t(`staff.words.groups.${targetGroup}`)],
    isKept: isTyped,
  }
  return listing(kind, strata, { search, page: 'all' })
}

const textAt = (typed: object, at: string) => {
  const text = (typed as Record<string, unknown>)[at]
  return typeof text === 'string' ? text.trim() : ''
}

const mostAdded = 500

/** A number that is added, or taken away with a minus of any kind. */
const change = z
  .string()
  .trim()
  .overwrite(withAsciiDigits)
  .regex(/^[-+\u2212]?\d{1,3}$/)
  .transform((text) => Number(text.replace('\u2212', '-')))
  .pipe(z.number().min(-mostAdded).max(mostAdded))

/** The numbers that were typed into the tally; an empty field is none, and so is 0. */
export function readTally(body: unknown, strata: HandedOut[]): { added: Added[]; problems: Record<string, string> } {
  const typed = body as Record<string, unknown>
  const problems: Record<string, string> = {}
  const added = strata.flatMap((stratum) =>
    kinds.flatMap((kind) => {
      const at = fieldAt(kind, stratum)
      const text = typed[at] ?? ''
      if (typeof text === 'string' && text.trim() === '') return []
      const { data, success } = change.safeParse(text)
      if (!success) problems[at] = 'staff.web.problem.number'
      return data ? [{ at, stratum, kind, number: data }] : []
    }),
  )
  return { added, problems }
}

export const tallyChangeOf = ({ stratum, kind, number }: Added): TallyChange => ({
  ...{ stratumId: stratum.stratumId, channel: 'paper', disposition: tallied[kind].disposition, number },
})
