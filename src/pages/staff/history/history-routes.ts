import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { knownReleases, ownYears } from '../../../actions/known-releases.ts'
import { DomainError, statusOf } from '../../../errors.ts'
import { pendingImports } from '../../../table/pending-imports.ts'
import { foldToAscii } from '../../../text/typed-text.ts'
import { file, readForm } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { mostFileBytes } from '../staff-area.ts'
import { historyImportRoutes } from './history-import-routes.ts'
import { type PendingHistory, sizeOfHistory } from './pending.ts'
import type { Views } from './views.ts'

const may = 'manage rounds' as const
const limit = mostFileBytes / 1024 / 1024

/** What there is of earlier years: a file is read, and a year of an import is removed. */
export async function historyRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, page, clock, config } = context
  const imports = pendingImports<PendingHistory>(clock, {
    ...{ minutes: config.uploadMinutes, sizeOf: sizeOfHistory },
    bytesOf: ({ bytes }) => bytes,
  })
  await app.register(historyImportRoutes, { ...context, imports })
  const { history } = stores
  const known = knownReleases({ stores, clock })

  app.get('/history', { config: { may } }, async (request, reply) => home(request, reply))

  app.post('/history', { config: { may, isSilent: true } }, async (request, reply) => {
    const form = readForm(z.object({ file }), request.body)
    if ('problems' in form) return home(request, reply, { problems: { file: 'staff.web.problem.file' } }, 400)
    const { name, bytes } = form.data.file
    const from = { kind: 'sent' as const, name, bytes }
    const order = { from, isPreview: true, source: name, by: request.staff.id, now: clock() }
    try {
      const preview = await history.importOnThread(order)
      const id = imports.keep(request.staff, { name, bytes, preview })
      return seeOther(reply, `/staff/history/imports/${id}`)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      const { code, messageKey, values } = error
      return home(request, reply, { problems: { file: messageKey }, valuesOf: { file: values } }, statusOf[code])
    }
  })

  const removal = '/history/:year/:importId/removal'

  app.get(removal, { config: { may } }, async (request, reply) => showRemoval(request, reply))

  // The deed is written with what it tells of.
  app.post(removal, { config: { may, isSilent: true, alsoDoes: ['history.removed'] } }, async (request, reply) => {
    const { importId, year } = await find(request)
    const { year: typed } = request.body as { year?: unknown }
    if (foldToAscii(String(typed ?? '')).trim() !== String(year))
      return showRemoval(
        request,
        reply,
        { problems: { year: 'staff.history.removal.wrong' }, typed: request.body },
        400,
      )
    await history.removeImportedYear({ importId, year, by: request.staff.id, now: clock() })
    return seeOther(reply, '/staff/history?done=history.removed')
  })

  async function home(request: FastifyRequest, reply: FastifyReply, form = {}, status = 200) {
    const own = ownYears(await known(true), clock())
    const imported = (await history.listImportedYears()).reverse()
    const years = imported.map((one) => ({ ...one, isOwn: own.has(one.year) }))
    const isGone = (request.query as { gone?: unknown }).gone !== undefined
    return page(request, reply, 'staff/history/home', { years, isGone, limit, ...form }, status)
  }

  async function find({ params }: FastifyRequest) {
    const { year, importId } = params as Record<'year' | 'importId', string>
    const found = (await history.listImportedYears()).find(
      (one) => one.year === Number(year) && one.importId === Number(importId),
    )
    if (!found) throw new DomainError('not-found', `There is nothing of ${year} from import ${importId}.`)
    return found
  }

  async function showRemoval(request: FastifyRequest, reply: FastifyReply, form = {}, status = 200) {
    return page(request, reply, 'staff/history/removal', { removed: await find(request), ...form }, status)
  }
}
