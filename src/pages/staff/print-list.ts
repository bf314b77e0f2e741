import type { FastifyReply, FastifyRequest } from 'fastify'
import { canBeCounted } from '../../invitation/batch.ts'
import type { Batch } from '../../invitation/stock-store.ts'
import { phaseOf } from '../../round/round.ts'
import { compareNames } from '../../text/name-order.ts'
import type { StaffContext } from './context.ts'
import { type Listing, type ListKind, listing } from './listing.ts'
import { languageOf } from './staff-page.ts'
import { type Todo, todoOfBatch, wordsOfBatch } from './todos.ts'

/** A print with its words in the language of the page. */
export type PrintRow = Batch & ReturnType<typeof wordsOfBatch>

export const isToCount = ({ leftover }: PrintRow) => leftover === null
const day = ({ issuedOn }: PrintRow) => issuedOn ?? ''

/** Printed slips and letters: those about which nobody has said whether they went out come first, then the latest, as they are read. */
export const printList = {
  address: '/staff/print',
  states: { toCount: isToCount, counted: (row) => !isToCount(row) },
  words: ({ id, unit, what, group }) => [id, unit, what, group], // the id stands on slips
  columns: {
    print: { compare: (one, other) => compareNames(day(other), day(one)), isFalling: true },
    unit: { compare: (one, other) => compareNames(one.unit, other.unit) || compareNames(one.group, other.group) },
    state: { compare: (one, other) => Number(isToCount(other)) - Number(isToCount(one)) },
  },
  usual: () => 0,
} satisfies ListKind<PrintRow>

/** What the page of prints is given. */
export interface PrintsView {
  'staff/print/list': {
    list: Listing<PrintRow, keyof typeof printList.states, keyof typeof printList.columns>
    /** What is to be counted, in place of the rows. */
    todos?: Todo[]
    isClosed: boolean
    isOver: boolean
  }
}

/** The prints of the working round that somebody works with, and whether they can still be counted, or more of them made. */
export async function lookAtPrints(
  request: FastifyRequest,
  { stores, languages }: Pick<StaffContext, 'stores' | 'languages'>,
) {
  const language = languageOf(request, languages)
  const round = await stores.round.findWorkingRound()
  const batches = round ? await stores.invitation.listBatches(round.id, request.staff.scope) : []
  return {
    rows: batches.map((batch): PrintRow => ({ ...batch, ...wordsOfBatch(languages, language, batch) })),
    isOver: round !== undefined && !canBeCounted(round),
    isClosed: round !== undefined && phaseOf(round) === 'closed',
  }
}

/** How the page of prints is sent: what has to be counted, each with its answer, or the list of them. */
export function printsPage(context: StaffContext<PrintsView>) {
  const { languages, page } = context
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const language = languageOf(request, languages)
    const { rows, isOver, isClosed } = await lookAtPrints(request, context)
    const opensAt = !isOver && rows.some(isToCount) ? 'toCount' : undefined
    const list = listing({ ...printList, opensAt }, rows, request.query)
    const ask = (row: PrintRow) => ({
      ...todoOfBatch(languages, language, row),
      ...(row.channel === 'handout' && { note: languages.text(language, 'staff.leftovers.onSlips', { id: row.id }) }),
    })
    const todos = list.state === 'toCount' && !isOver ? list.rows.map(ask) : undefined
    return page(request, reply, 'staff/print/list', { list, todos, isClosed, isOver })
  }
}
