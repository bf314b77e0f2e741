import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { DomainError } from '../../../errors.ts'
import {
  canBeCounted,
  mostLeftover,
  notLeftover,
  notLetter,
  sortScanned,
  type UnusedLine,
} from '../../../invitation/batch.ts'
import { mostLines, readScannedCodes } from '../../../invitation/scanned-codes.ts'
import type { getBatchWithin } from '../../../invitation/stock-store.ts'
import { inSlices } from '../../../memory/in-slices.ts'
import { rowRanges } from '../../../table/row-ranges.ts'
import { readForm, several, wholeNumber } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import { backTo, cameFrom } from '../back-to.ts'
import type { StaffContext } from '../context.ts'
import { listing } from '../listing.ts'
import { notAll, untilRefused } from '../marking.ts'
import { lookAtPrints } from '../print-list.ts'
import type { Refused } from '../staff-page.ts'
import { countingList, leftoverAt, readLeftovers, toCount } from './counting.ts'
import { postedRoutes } from './posted-routes.ts'
import { settledOf, settling } from './settling.ts'
import type { Views } from './views.ts'

const may = 'count leftovers' as const
const home = '/staff/leftovers'
/** So many codes are looked up, or written in one transaction, before others have their turn. */
const atOnce = 20
const scanBytes = 256 * 1024
const codesOf = z
  .string('staff.web.problem.required')
  .trim()
  .min(1, 'staff.web.problem.required')
  .transform(readScannedCodes)
  .refine((lines) => lines.length <= mostLines, 'staff.leftovers.tooMany')
const leftoverForm = z.object({ leftover: codesOf })
const undeliverableForm = z.object({ undeliverable: codesOf })
const numberForm = z.object({ number: wholeNumber() })
const countedForm = z.object({ batch: several(z.string().regex(/^[0-9a-f]{8}:\d{1,6}$/)) })

/** Slips that came back, letters that could not be delivered. Codes come in forms only, and are nowhere afterwards. */
export async function leftoverRoutes(app: FastifyInstance, options: StaffContext<Views>): Promise<void> {
  const { stores, keys, page } = options
  const settle = settling(options)

  await app.register(postedRoutes, options)

  app.get('/leftovers', { config: { may } }, async (request, reply) => showAll(request, reply))

  app.post('/leftovers/scan', { bodyLimit: scanBytes, config: { may, isSilent: true } }, async (request, reply) => {
    const form = readForm(leftoverForm, request.body)
    if ('problems' in form) return showAll(request, reply, form)
    const known = await lookUp(request, form.data.leftover)
    const { used, unused } = sortScanned(form.data.leftover, known, notLeftover)
    const numbers = new Map<string, number>()
    for (const { code } of used) numbers.set(code.batchId, (numbers.get(code.batchId) ?? 0) + 1)
    const counts = []
    for (const [id, number] of numbers) counts.push({ batch: await batchOf(request, id), number })
    return page(request, reply, 'staff/leftovers/confirm', { counts, unused, eaten: eatenOf(unused) })
  })

  app.post('/leftovers/counted', { config: { may, does: 'leftovers.counted' } }, async (request, reply) => {
    const { rows } = await lookAtPrints(request, options)
    const { counts, problems, valuesOf } = readLeftovers(request.body, toCount(rows))
    if (Object.keys(problems).length > 0) return showAll(request, reply, { problems, valuesOf, typed: request.body })
    const form = readForm(countedForm, request.body)
    if ('problems' in form || form.data.batch.length + counts.length === 0) {
      const first = toCount(rows)[0]
      return showAll(request, reply, {
        problems: { [first ? leftoverAt(first) : 'leftover']: 'staff.leftovers.noNumber' },
      })
    }
    for (const [id, number] of form.data.batch.map((text) => text.split(':') as [string, string]))
      counts.push(settledOf(await batchOf(request, id), Number(number)))
    const { done, isAll } = await settle(request, counts, 'leftovers.counted')
    const number = total(done.map(({ now }) => now))
    const units = rows.filter(({ id }) => done.some(({ batchId }) => batchId === id)).map(({ unit }) => unit)
    request.done = { subject: [...new Set(units)].join(', '), number, isDone: done.length > 0 }
    return seeOther(reply, `${backTo(request, home)}?done=leftovers.counted${isAll ? '' : `&notice=${notAll}`}`)
  })

  app.post(
    '/leftovers/undeliverable',
    { bodyLimit: scanBytes, config: { may, does: 'leftovers.undeliverable' } },
    async (request, reply) => {
      const form = readForm(undeliverableForm, request.body)
      if ('problems' in form) return showAll(request, reply, form)
      const known = await lookUp(request, form.data.undeliverable)
      const { used, unused } = sortScanned(form.data.undeliverable, known, notLetter)
      const report = { added: 0, before: 0, unused: [...unused] as UnusedLine[] }
      const waiting = new Set(used)
      await untilRefused(inSlices(used, atOnce), async (some) => {
        const codes = some.map(({ code }) => code)
        const outcomes = await stores.invitation.recordManyUndeliverable(codes)
        for (const [index, one] of some.entries()) {
          const { line } = one
          const outcome = outcomes[index]!
          waiting.delete(one)
          if (outcome === 'counted') report.unused.push({ number: line.number, text: line.text, reason: 'counted' })
          else report[outcome]++
        }
      })
      for (const { line } of waiting) report.unused.push({ number: line.number, text: line.text, reason: 'unfinished' })
      request.done = { number: report.added }
      return page(request, reply, 'staff/leftovers/undeliverable', { report, eaten: eatenOf(report.unused) })
    },
  )

  app.get('/leftovers/:batchId', { config: { may } }, async (request, reply) =>
    showBatch(request, reply, await batchOf(request)),
  )

  app.post('/leftovers/:batchId', { config: { may, does: 'leftovers.counted' } }, async (request, reply) => {
    const batch = await batchOf(request)
    const form = readForm(numberForm, request.body)
    if ('problems' in form) return showBatch(request, reply, batch, form)
    const { number } = form.data
    if (number > mostLeftover(batch))
      return showBatch(request, reply, batch, { problems: { number: 'staff.leftovers.more' }, typed: { number } })
    const { done } = await settle(request, [settledOf(batch, number)], 'leftovers.counted')
    request.done = { subject: batch.unit, municipalityCode: batch.municipalityCode, number, isDone: done.length > 0 }
    return seeOther(reply, `${backTo(request, home)}?done=leftovers.counted`)
  })

  type Batch = Awaited<ReturnType<typeof getBatchWithin>>

  /** How many were left over of each print, by number or by its codes. */
  async function showAll(request: FastifyRequest, reply: FastifyReply, again?: Refused) {
    const { rows, isOver } = await lookAtPrints(request, options)
    const list = listing(countingList, isOver ? [] : toCount(rows), request.query)
    const shown = { list, leftoverAt, hasPrints: rows.length > 0, isOver, back: cameFrom(request) }
    return page(request, reply, 'staff/leftovers/counting', { ...shown, ...again }, again ? 400 : 200)
  }

  async function showBatch(request: FastifyRequest, reply: FastifyReply, batch: Batch, again?: Refused) {
    const values = { most: mostLeftover(batch) }
    const data = { batch, values, isOver: !canBeCounted(batch), back: cameFrom(request), ...again }
    return page(request, reply, 'staff/leftovers/batch', data, again ? 400 : 200)
  }

  /** Few at a time, so that nobody who answers waits for many. */
  async function lookUp({ staff }: FastifyRequest, lines: { digits: string; problem?: string }[]) {
    const round = await stores.round.findWorkingRound()
    if (round && !canBeCounted(round)) throw new DomainError('conflict', `The rates of round ${round.id} stand.`)
    const codes = lines.filter(({ problem }) => !problem).map(({ digits }) => digits)
    const found = []
    for (let start = 0; round && start < codes.length; start += atOnce) {
      const some = { roundId: round.id, scope: staff.scope, codes: codes.slice(start, start + atOnce) }
      found.push(...(await stores.invitation.findIssuedCodes(keys.codePepper, some)))
    }
    return found
  }

  const batchOf = ({ params, staff }: FastifyRequest, id = (params as { batchId: string }).batchId) =>
    stores.invitation.getBatchWithin(staff.scope, id)
}

/** The lines whose codes a spreadsheet has made numbers of. */
function eatenOf(unused: UnusedLine[]) {
  const lines = unused.filter(({ reason }) => reason === 'eaten').map(({ number }) => number)
  return { count: lines.length, rows: rowRanges(lines) }
}

const total = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0)
