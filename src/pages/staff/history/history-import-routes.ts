import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../../errors.ts'
import type { HistoryOutcome } from '../../../history/import-history.ts'
import { rejections } from '../../../history/source-figure.ts'
import { followSeconds } from '../../../web/follow-seconds.ts'
import { seeOther } from '../../../web/page.ts'
import { sendTable } from '../../../web/send-table.ts'
import type { StaffContext } from '../context.ts'
import { textsOf } from '../staff-page.ts'
import type { PendingHistories, PendingHistory } from './pending.ts'
import type { Views } from './views.ts'

const may = 'manage rounds' as const
const url = '/history/imports/:importId'
const mostShown = 200
const columns = ['row', 'kpi', 'area', 'year', 'gender', 'value', 'reason'] as const

/** A file of earlier years: what it holds, and its import, all of it together or nothing. */
export async function historyImportRoutes(
  app: FastifyInstance,
  context: StaffContext<Views> & { imports: PendingHistories },
): Promise<void> {
  const { stores, page, clock, imports, languages, log } = context
  let isBusy = false
  const idOf = ({ params }: FastifyRequest) => (params as { importId: string }).importId
  const at = (request: FastifyRequest) => `/staff/history/imports/${idOf(request)}`
  const findOf = (request: FastifyRequest) => imports.find(request.staff.sessionTag, idOf(request))
  const gone = (reply: FastifyReply) => seeOther(reply, '/staff/history?gone=1')

  app.get(url, { config: { may } }, async (request, reply) => {
    const found = findOf(request)
    if (!found) return gone(reply)
    const { name, running, outcome } = found
    const read = { name, at: at(request) }
    if (running)
      return page(request, reply, 'staff/history/progress', { ...read, running, refreshSeconds: followSeconds })
    if (!outcome) return check(request, reply, found)
    return page(request, reply, 'staff/history/imported', {
      ...{ ...read, tiles: tilesOf(outcome) },
    })
  })

  app.get(`${url}/rejected`, { config: { may } }, async (request, reply) => {
    const found = findOf(request)
    if (!found) return gone(reply)
    const text = textsOf(request, languages)
    const head = columns.map((column) => text(`staff.history.${column}`))
    const rows = found.preview.listed.map((one) =>
      columns.map((column) => (column === 'reason' ? text(`staff.history.rejection.${one.reason}`) : one[column])),
    )
    return sendTable(request, reply, { name: 'rejected', head, rows })
  })

  // The deed is written with the figures.
  app.post(
    `${url}/confirmation`,
    { config: { may, isSilent: true, alsoDoes: ['history.imported'], formAt: `/staff${url}` } },
    async (request, reply) => {
      const found = findOf(request)
      if (!found) return gone(reply)
      if (found.running || found.outcome) return seeOther(reply, at(request))
      if (isBusy) return check(request, reply, found, { problems: { file: 'staff.history.problem.running' } }, 409)
      void importAll(found, request.staff.id)
      return seeOther(reply, at(request))
    },
  )

  /** Goes on when whoever said yes has left. */
  async function importAll(found: PendingHistory, by: string): Promise<void> {
    const { name, bytes } = found
    const from = { kind: 'sent' as const, name, bytes }
    isBusy = true
    found.running = { step: 'bytes', done: 0, of: bytes.length }
    found.failed = undefined
    try {
      const order = { from, isPreview: false, source: name, by, now: clock() }
      found.outcome = await stores.history.importOnThread(order, (progress) => {
        found.running = progress
      })
      found.bytes = Buffer.alloc(0)
    } catch (error) {
      const { code, messageKey } = error as DomainError
      found.failed = error instanceof DomainError ? messageKey : 'staff.history.problem.unexpected'
      if (!(error instanceof DomainError)) log.error({ code }, 'an import of earlier years failed')
    } finally {
      isBusy = false
      found.running = undefined
    }
  }

  async function check(request: FastifyRequest, reply: FastifyReply, found: PendingHistory, form = {}, status = 200) {
    const { name, preview, failed } = found
    const { counts, years, rejected, listed } = preview
    const data = {
      ...{ name, at: at(request), tiles: tilesOf(preview), perYear: years },
      ...{ wanted: counts.added + counts.changed, unchanged: counts.unchanged },
      reasons: rejections.flatMap((reason) => (rejected[reason] ? [{ reason, count: rejected[reason] }] : [])),
      ...{ rejectedCount: countRejected(preview), rejected: listed.slice(0, mostShown), listedCount: listed.length },
      ...(failed ? { problems: { file: failed } } : {}),
      ...form,
    }
    return page(request, reply, 'staff/history/check', data, status)
  }
}

const countRejected = ({ rejected }: HistoryOutcome) =>
  Object.values(rejected).reduce((sum, count) => sum + (count ?? 0), 0)

const tilesOf = (outcome: HistoryOutcome) =>
  Object.entries({ ...outcome.counts, repeated: outcome.repeated, rejected: countRejected(outcome) }).map(
    ([name, count]) => ({ name, count }),
  )
