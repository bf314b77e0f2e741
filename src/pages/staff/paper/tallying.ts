import { z } from 'zod'
import type { TallyChange } from '../../../invitation/tally-store.ts'
import type { HandedOut } from '../../../paper/store.ts'
import { withAsciiDigits } from '../../../text/digits.ts'

/** What is tallied of paper, in the order of the page, each with its deeds: what was added, and what was taken back. */
export const tallied = {
  handedOut: { disposition: 'handed_out', does: 'paper.handedOut', undoes: 'paper.handedOutUndone' },
  declined: { disposition: 'declined', does: 'paper.declined', undoes: 'paper.declinedUndone' },
} as const

export type Tallied = keyof typeof tallied

export const kinds = Object.keys(tallied) as Tallied[]

/** One number that was added: to which tally of which target group, and the field it was typed into. */
export interface Added {
  at: string
  stratum: HandedOut
  kind: Tallied
  number: number
}

/** The field for a number, called so that what was typed is shown with its group where it waited. */
export const fieldAt = (kind: Tallied, { unitId, targetGroup }: HandedOut) => `${kind}.${unitId}.${targetGroup}`

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
