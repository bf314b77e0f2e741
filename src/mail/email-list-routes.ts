import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { DomainError } from '../errors.ts'
import { getStratumWithin } from '../organisation/store.ts'
import { phaseOf } from '../round/round.ts'
import { getRound } from '../round/store.ts'
import type { StaffContext } from '../staff/context.ts'
import { pendingImports, sizeOfRead, waitMinutes } from '../table/pending-imports.ts'
import { readForm, wholeNumber } from '../web/form.ts'
import { seeOther } from '../web/page.ts'
import { mostFieldBytes } from '../web/staff-area.ts'
import { type AddressColumn, readAddressFile } from './address-file.ts'
import { type AddressProblem, mostAddresses, readAddresses, readRows } from './addresses.ts'
import { invitationJobs } from './invitation-jobs.ts'
import { outageOf } from './outage.ts'
import { checkAddresses } from './queueing.ts'
import { queueOnThread } from './queueing-thread.ts'

const may = 'send e-mail' as const
const mostShown = 500
/** So many of those who will be written to are shown, so that a person sees what was read. */
const firstShown = 10
const listForm = z.object({
  addresses: z.string().default(''),
  file: z.object({ name: z.string(), bytes: z.instanceof(Buffer) }).optional(),
  language: z.string('staff.web.problem.choose').max(8),
})
const columnForm = z.object({ column: wholeNumber(0, 2000) })

type Stratum = Awaited<ReturnType<typeof getStratumWithin>>

/** A list that waits for a yes, in memory only. Of a file only the columns with an @ are kept. */
interface PendingList {
  stratum: Stratum
  language: string
  file?: { name: string; columns: AddressColumn[]; column: number }
  fresh: string[]
  rejected: { row?: number; text: string; reason: AddressProblem }[]
  jobId?: string
}

/** Of a file only some columns wait, and of a list its addresses. */
function sizeOfList({ file, fresh, rejected }: PendingList): number {
  const cells = file?.columns.reduce((sum, { rows }) => sum + rows.length, 0) ?? 0
  return sizeOfRead({ rows: cells + fresh.length + rejected.length })
}

/** Who is invited by e-mail: a list is pasted or read from a file, checked, and queued after a yes. */
export async function emailListRoutes(app: FastifyInstance, options: StaffContext): Promise<void> {
  const { db, between, config, languages, clock, log, mail, page } = options
  const pending = pendingImports<PendingList>(clock, sizeOfList)
  const jobs = invitationJobs(clock)

  app.get('/email/:stratumId/new', { config: { may } }, async (request, reply) =>
    showForm(request, reply, await stratumOf(request)),
  )

  app.post('/email/:stratumId/new', { config: { may, isSilent: true } }, async (request, reply) => {
    const stratum = await stratumOf(request)
    const form = readForm(listForm, request.body)
    if ('problems' in form) return showForm(request, reply, stratum, form.problems)
    const { addresses, file, language } = form.data
    if (!isOpen(stratum)) return showForm(request, reply, stratum, {}, {}, 409)
    if (!languages.find(language)) return showForm(request, reply, stratum, { language: 'staff.web.problem.choose' })
    if (Buffer.byteLength(addresses) >= mostFieldBytes)
      return showForm(request, reply, stratum, { addresses: 'staff.email.tooLong' })
    const isFile = file !== undefined && file.bytes.length > 0
    if (isFile === (addresses.trim() !== ''))
      return showForm(request, reply, stratum, { addresses: `staff.email.${isFile ? 'both' : 'neither'}` })
    try {
      const list: PendingList = { stratum, language, fresh: [], rejected: [] }
      if (isFile) {
        const { columns, guess } = await readAddressFile(file.bytes, file.name, request.staff.id)
        if (columns.length === 0) return showForm(request, reply, stratum, { file: 'staff.email.noColumn' })
        list.file = { name: file.name.slice(0, 100), columns, column: guess }
      }
      await check(list, addresses)
      const id = pending.keep(request.staff, list)
      return seeOther(reply, `/staff/email/lists/${id}`)
    } catch (error) {
      if (!(error instanceof DomainError) || !error.messageKey.startsWith('staff.table.')) throw error
      return showForm(request, reply, stratum, { file: error.messageKey }, error.values)
    }
  })

  app.get('/email/lists/:importId', { config: { may } }, async (request, reply) => {
    const { importId, list } = listOf(request)
    if (list.jobId) return seeOther(reply, `/staff/email/jobs/${list.jobId}`)
    const { stratum, fresh, rejected, file } = list
    const columns = file?.columns.map(({ rows, notes, ...column }) => ({ ...column, first: rows[0]!.text }))
    return page(request, reply, 'staff/email/check', {
      ...{ importId, stratum, columns, column: file?.column, waitMinutes, invited: fresh.length },
      ...{ written: languages.find(list.language), file: file?.name },
      ...{ rejected: rejected.slice(0, mostShown), rejectedCount: rejected.length },
      ...{ first: fresh.slice(0, firstShown), notes: file?.columns[file.column]?.notes ?? [] },
    })
  })

  app.post('/email/lists/:importId/column', { config: { may, isSilent: true } }, async (request, reply) => {
    const { importId, list } = listOf(request)
    const { column } = columnForm.parse(request.body)
    if (list.file?.columns[column] && !list.jobId) {
      list.file.column = column
      await check(list)
    }
    return seeOther(reply, `/staff/email/lists/${importId}`)
  })

  app.post('/email/lists/:importId', { config: { may, does: 'email.invited' } }, async (request, reply) => {
    const { list } = listOf(request)
    const stratum = await between(() => getStratumWithin(db, request.staff.scope, list.stratum.id))
    request.done = { subject: stratum.unit, municipalityCode: stratum.municipalityCode, number: 0 }
    if (list.jobId) return seeOther(reply, `/staff/email/jobs/${list.jobId}`)
    if (!isOpen(stratum) || list.fresh.length === 0) return showForm(request, reply, stratum, {}, {}, 409)

    const order = { stratumId: stratum.id, language: list.language, addresses: list.fresh, now: clock() }
    const total = list.fresh.length
    const { id } = jobs.start(request.staff.sessionTag, { stratumId: stratum.id, total }, async (onProgress) => {
      try {
        return await queueOnThread(mail, order, onProgress)
      } catch (error) {
        const { name, code } = error as Error & { code?: string }
        log.error({ name, code }, 'invitations could not be queued') // its message may quote an address
        throw error
      }
    })
    Object.assign(list, { jobId: id, fresh: [], rejected: [], file: undefined })
    request.done.number = total
    return seeOther(reply, `/staff/email/jobs/${id}`)
  })

  app.get('/email/jobs/:jobId', { config: { may } }, async (request, reply) => {
    const job = jobs.find(request.staff.sessionTag, (request.params as { jobId: string }).jobId)
    const refreshSeconds = job.state === 'working' ? 2 : undefined
    const [canSend, outage] = [config.mail.smtpUrl !== undefined, outageOf(mail.server)]
    return page(request, reply, 'staff/email/job', {
      ...{ job, refreshSeconds, perMinute: config.mail.perMinute, canSend, outage },
    })
  })

  /** Reads a list anew and looks up who is known already; writes nothing. */
  async function check(list: PendingList, pasted = ''): Promise<void> {
    const { stratum, file } = list
    const read = file ? await readRows(file.columns[file.column]!.rows) : await readAddresses(pasted)
    const { addresses } = read
    const { fresh, rejected } = await checkAddresses(mail, {
      ...{ stratumId: stratum.id, roundId: stratum.roundId, addresses },
    })
    list.fresh = fresh
    list.rejected = [...read.rejected, ...rejected.map(({ address, reason }) => ({ text: address, reason }))]
  }

  const isOpen = (stratum: Stratum) => config.mail.smtpUrl !== undefined && phaseOf(stratum) === 'collecting'

  function listOf({ params, staff }: FastifyRequest) {
    const { importId } = params as { importId: string }
    const list = pending.find(staff.sessionTag, importId)
    if (!list) throw new DomainError('not-found', 'No list waits under this id.', { messageKey: 'listGone' })
    return { importId, list }
  }

  const stratumOf = ({ params, staff }: FastifyRequest) =>
    between(() => getStratumWithin(db, staff.scope, (params as { stratumId: string }).stratumId))

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    stratum: Stratum,
    problems: Record<string, string> = {},
    values: Record<string, string | number> = {},
    status = Object.keys(problems).length > 0 ? 400 : 200,
  ) {
    const chosen = (await between(() => getRound(db, stratum.roundId))).languages
    const offered = languages.all.filter(({ code }) => chosen.length === 0 || chosen.includes(code))
    const { addresses, language } = (request.body ?? {}) as { addresses?: string; language?: string }
    const data = { stratum, offered, canSend: config.mail.smtpUrl !== undefined, phase: phaseOf(stratum) }
    return page(
      request,
      reply,
      'staff/email/new',
      { ...data, problems, values, typed: { addresses, language }, most: mostAddresses },
      status,
    )
  }
}
