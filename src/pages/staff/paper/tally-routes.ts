import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { DomainError } from '../../../errors.ts'
import { seeOther } from '../../../web/page.ts'
import type { Values } from '../../../web/views.ts'
import type { StaffContext } from '../context.ts'
import { newNumber, onceOnly, sessionKey } from '../once.ts'
import { textsOf } from '../staff-page.ts'
import type { Added } from '../undoing.ts'
import { fieldAt, kinds, listTally, readTally, tallied, tallyChangeOf } from './tallying.ts'
import type { Views } from './views.ts'

const may = 'tally offers' as const
const deeds = [...kinds.map((kind) => tallied[kind].does), ...kinds.map((kind) => tallied[kind].undoes)]
const [does, ...alsoDoes] = deeds
const onceForm = z.object({ once: z.string().regex(/^[\w-]{10,40}$/) })
/** Two numbers for each target group of a large city, in a form. */
const formBytes = 64 * 1024

/** Forms of paper that were handed out, and people who declined: of all target groups at once, and once however often it is sent. */
export async function tallyRoutes(app: FastifyInstance, options: StaffContext<Views>): Promise<void> {
  const { stores, clock, page, languages, undoing } = options
  const sent = onceOnly(clock)
  const config = { may, does, alsoDoes, byTheHour: true }

  app.get('/paper/tally', { config: { may } }, async (request, reply) => show(request, reply))

  app.post('/paper/tally', { bodyLimit: formBytes, config }, async (request, reply) => {
    if (isLooking(request)) {
      request.done = []
      return show(request, reply)
    }
    const { added, problems } = readTally(request.body, await strataOf(request))
    if (Object.keys(problems).length > 0) return show(request, reply, problems)
    if (added.length === 0) return show(request, reply, { tally: 'staff.paper.problem.noNumber' })
    const session = sessionKey(request)
    const { once } = onceForm.parse(request.body)
    if (!sent.take(session, once)) return tell(request, reply, [], 'tallied')
    try {
      await stores.invitation.addToTallies(added.map(tallyChangeOf))
    } catch (error) {
      sent.giveBack(session, once)
      return sayTooFew(request, reply, added, error)
    }
    undoing.keep(request, 'paper/tally', added)
    return tell(request, reply, added, 'tallied')
  })

  app.post('/paper/tally/undo', { config }, async (request, reply) => {
    const back = (undoing.take(request, 'paper/tally') ?? []).map((one) => ({ ...one, number: -one.number }))
    if (back.length === 0) {
      request.done = []
      return seeOther(reply, '/staff/paper/tally?notice=paper.nothingToUndo')
    }
    try {
      await stores.invitation.addToTallies(back.map(tallyChangeOf))
    } catch (error) {
      return sayTooFew(request, reply, back, error)
    }
    return tell(request, reply, back, 'tallyUndone')
  })

  /** Rows are looked for in the form itself: what was typed comes along, and nothing is counted. */
  const isLooking = ({ body }: FastifyRequest) => Object.hasOwn(body as object, 'look')
  const searched = ({ body, query }: FastifyRequest) => ((body ?? query) as { search?: string }).search

  async function strataOf({ staff }: FastifyRequest) {
    const round = await stores.round.findWorkingRound()
    return round ? stores.paper.listHandedOut(round.id, staff.scope) : []
  }

  /** Another page, or somebody else, has taken back so much meanwhile that there is less left than is to be taken. */
  function sayTooFew(request: FastifyRequest, reply: FastifyReply, added: Added[], error: unknown) {
    if (!(error instanceof DomainError) || error.code !== 'invalid') throw error
    const { stratumId, disposition, counted = 0 } = error.values
    const isIt = ({ stratum, kind }: Added) =>
      stratum.stratumId === stratumId && tallied[kind].disposition === disposition
    const at = added.find(isIt)?.at ?? 'tally'
    return show(request, reply, { [at]: 'staff.paper.problem.tooFew' }, { [at]: { counted } })
  }

  /** The audit trail names the unit only: with the hour, the group would say more than it need. */
  function tell(request: FastifyRequest, reply: FastifyReply, added: Added[], done: string) {
    request.done = added.map(({ stratum, kind, number }) => ({
      action: number > 0 ? tallied[kind].does : tallied[kind].undoes,
      ...{ subject: stratum.unit, municipalityCode: stratum.municipalityCode, number: Math.abs(number) },
    }))
    return seeOther(reply, `/staff/paper/tally?done=paper.${done}`)
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    problems: Record<string, string> = {},
    valuesOf: Record<string, Values> = {},
  ) {
    const undo = undoing.find(request, 'paper/tally')
    const sum = (kind: string) => undo?.filter((one) => one.kind === kind).reduce((all, { number }) => all + number, 0)
    const [typed, t, strata] = [request.body ?? {}, textsOf(request, languages), await strataOf(request)]
    const shown = {
      ...{ list: listTally(strata, searched(request), { typed, t }), problems, valuesOf, kinds, fieldAt },
      ...{ once: newNumber(), typed },
      undo: undo && {
        action: undoing.addressOf(request, 'paper/tally')!,
        ...{ handedOut: sum('handedOut') ?? 0, declined: sum('declined') ?? 0 },
      },
    }
    return page(request, reply, 'staff/paper/tally', shown, Object.keys(problems).length > 0 ? 400 : 200)
  }
}
