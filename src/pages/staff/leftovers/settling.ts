import type { FastifyRequest } from 'fastify'
import type { Batch } from '../../../invitation/stock-store.ts'
import type { Settled } from '../../../invitation/store.ts'
import type { StaffContext } from '../context.ts'
import { untilRefused } from '../marking.ts'

/** That so many of a print were left over, beside what was said of it before. */
export const settledOf = ({ id, leftover }: Batch, now: number): Settled => ({ batchId: id, before: leftover, now })

/**
 * How prints are settled: one after the other until one is refused. Gives those of which something else is said now, and whether it was
 * done for all; what was done is kept to be taken back, where `told` says so.
 */
export function settling({ stores, undoing }: StaffContext) {
  return async (request: FastifyRequest, counts: Settled[], told: string) => {
    const done: Settled[] = []
    const isAll = await untilRefused(counts, async (count) => {
      if (await stores.invitation.recordLeftover(count.batchId, count.now)) done.push(count)
    })
    if (done.length > 0) undoing.keep(request, 'leftovers', done, told)
    return { done, isAll }
  }
}
