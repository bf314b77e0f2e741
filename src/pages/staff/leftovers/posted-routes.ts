import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { DomainError } from '../../../errors.ts'
import type { Batch } from '../../../invitation/stock-store.ts'
import { readForm, several } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import { backTo } from '../back-to.ts'
import type { StaffContext } from '../context.ts'
import { notAll } from '../marking.ts'
import { settledOf, settling } from './settling.ts'

const may = 'count leftovers' as const
const postedForm = z.object({ batch: several(z.string().regex(/^[0-9a-f]{8}$/)).refine((all) => all.length > 0) })
const home = '/staff/print'

/** That all of a print went out, of each target group that it was made for; and taking back what was said of prints last. */
export async function postedRoutes(app: FastifyInstance, context: StaffContext): Promise<void> {
  const { stores, undoing } = context
  const settle = settling(context)
  const config = { may, does: 'leftovers.posted' }

  app.post('/leftovers/:batchId/posted', { config }, async (request, reply) => {
    const { batchId } = request.params as { batchId: string }
    return seeOther(reply, `${backTo(request, home)}?${await post(request, [await batchOf(request, batchId)])}`)
  })

  app.post('/leftovers/posted', { config }, async (request, reply) => {
    const form = readForm(postedForm, request.body)
    if ('problems' in form) throw new DomainError('invalid', 'No print is named.')
    const batches: Batch[] = []
    for (const id of form.data.batch) batches.push(await batchOf(request, id))
    return seeOther(reply, `${backTo(request, home)}?${await post(request, batches)}`)
  })

  app.post('/leftovers/undo', { config: { may, does: 'leftovers.undone' } }, async (request, reply) => {
    const back: { subject: string; municipalityCode: string }[] = []
    for (const settled of undoing.take(request, 'leftovers') ?? []) {
      const { unit, municipalityCode } = await batchOf(request, settled.batchId)
      if (await stores.invitation.takeBackLeftover(settled)) back.push({ subject: unit, municipalityCode })
    }
    request.done = back
    const told = back.length > 0 ? 'done=leftovers.undone' : 'notice=web.nothingToUndo'
    return seeOther(reply, `${backTo(request, home)}?${told}`)
  })

  /** Gives what the next page says. */
  async function post(request: FastifyRequest, batches: Batch[]): Promise<string> {
    const all = batches.map((batch) => settledOf(batch, 0))
    const { done, isAll } = await settle(request, all, 'leftovers.posted')
    request.done = batches
      .filter(({ id }) => done.some(({ batchId }) => batchId === id))
      .map(({ unit, municipalityCode, issued }) => ({ subject: unit, municipalityCode, number: issued }))
    return `done=leftovers.posted${isAll ? '' : `&notice=${notAll}`}`
  }

  const batchOf = ({ staff }: FastifyRequest, id: string) => stores.invitation.getBatchWithin(staff.scope, id)
}
