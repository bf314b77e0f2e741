import { mostLeftover } from '../../../invitation/batch.ts'
import type { Batch } from '../../../invitation/stock-store.ts'
import type { Settled } from '../../../invitation/store.ts'
import { wholeNumber } from '../../../web/form.ts'
import type { Values } from '../../../web/views.ts'
import { isToCount, type PrintRow, printList } from '../print-list.ts'
import { settledOf } from './settling.ts'

/** The field for how many of a print were left over. */
export const leftoverAt = ({ id }: Pick<Batch, 'id'>) => `number.${id}`

/** The prints that nobody has counted yet, as a list of fields. */
export const toCount = (rows: PrintRow[]) => rows.filter(isToCount)

export const countingList = { ...printList, address: '/staff/leftovers', states: {} }

const left = wholeNumber()

/** The numbers that were typed for some prints, and what is wrong with the others; an empty field is none. */
export function readLeftovers(body: unknown, batches: Batch[]) {
  const typed = (body ?? {}) as Record<string, unknown>
  const problems: Record<string, string> = {}
  const valuesOf: Record<string, Values> = {}
  const counts = batches.flatMap((batch): Settled[] => {
    const at = leftoverAt(batch)
    const text = typed[at] ?? ''
    if (typeof text === 'string' && text.trim() === '') return []
    const { data } = left.safeParse(text)
    const most = mostLeftover(batch)
    if (data !== undefined && data <= most) return [settledOf(batch, data)]
    problems[at] = data === undefined ? 'staff.web.problem.number' : 'staff.leftovers.more'
    valuesOf[at] = { most }
    return []
  })
  return { counts, problems, valuesOf }
}
