import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { DomainError, statusOf } from '../../../errors.ts'
import { mostAddresses } from '../../../mail/addresses.ts'
import { queueOnThread } from '../../../mail/queueing-thread.ts'
import { phaseOf } from '../../../round/round.ts'
import type { RefusalValues, Way } from '../../../table/table.ts'
import { readWay, refusalOfTable, refusalOfWay } from '../../../table/ways.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { followSeconds } from '../../../web/follow-seconds.ts'
import { readForm, wholeNumber } from '../../../web/form.ts'
import { goneFrom } from '../../../web/gone.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { mostFieldBytes } from '../staff-area.ts'
import type { Refused } from '../staff-page.ts'
import { invitationJobs } from './invitation-jobs.ts'
import {
  checkList,
  fileShown,
  listForm,
  type PendingList,
  pendingLists,
  readListFile,
  type StratumOfRound,
} from './pending-list.ts'
import type { Views } from './views.ts'

const may = 'send e-mail' as const
const mostShown = 500
/** So many of those who will be written to are shown, so that a person sees what was read. */
const firstShown = 10
const columnForm = z.object({ column: wholeNumber(0, 2000) })

/** Who is invited by e-mail: a list is pasted or read from a file, checked, and queued after a yes. */
export async function emailListRoutes(app: FastifyInstance, options: StaffContext<Views>): Promise<void> {
  const { stores, config, languages, clock, log, mail, page } = options
  const pending = pendingLists(clock, config.uploadMinutes)
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
        list.file = await readListFile(askedBy(request, reply), file)
        if (!list.file) return showForm(request, reply, stratum, { file: 'staff.email.noColumn' })
      }
      await checkList(mail, list, addresses)
      const id = pending.keep(request.staff, list)
      return seeOther(reply, `/staff/email/lists/${id}`)
    } catch (error) {
      const { messageKey, values, code } = refusalOfTable(error)
      return showForm(request, reply, stratum, { file: messageKey }, values, statusOf[code])
    }
  })

  app.get('/email/lists/:importId', { config: { may } }, async (request, reply) => {
    const { list } = listOf(request)
    return list.jobId ? seeOther(reply, `/staff/email/jobs/${list.jobId}`) : showCheck(request, reply, list)
  })

  app.post('/email/lists/:importId/way', { config: { may, isSilent: true } }, async (request, reply) => {
    const { importId, list } = listOf(request)
    const { file } = list
    if (!file || list.jobId) return seeOther(reply, `/staff/email/lists/${importId}`)
    const way = readWay(request.body)
    const again = (messageKey: string, values: RefusalValues = {}, status = 400) =>
      showCheck(request, reply, list, { status, way, problems: { way: messageKey }, valuesOf: { way: values } })
    try {
      const read = await readListFile(askedBy(request, reply), file, way)
      if (!read) return again('staff.email.noColumn')
      if (list.jobId) return seeOther(reply, `/staff/email/lists/${importId}`)
      list.file = read
      await checkList(mail, list)
      return seeOther(reply, `/staff/email/lists/${importId}`)
    } catch (error) {
      const { messageKey, values, code } = refusalOfWay(error, file.columns[file.column]!.table.ways, way)
      return again(messageKey, values, statusOf[code])
    }
  })

  app.post('/email/lists/:importId/column', { config: { may, isSilent: true } }, async (request, reply) => {
    const { importId, list } = listOf(request)
    const { column } = columnForm.parse(request.body)
    if (list.file?.columns[column] && !list.jobId) {
      list.file.column = column
      await checkList(mail, list)
    }
    return seeOther(reply, `/staff/email/lists/${importId}`)
  })

  app.post('/email/lists/:importId', { config: { may, does: 'email.invited' } }, async (request, reply) => {
    const { list } = listOf(request)
    const stratum = await stores.organisation.getStratumWithin(request.staff.scope, list.stratum.id)
    const done = { subject: stratum.unit, municipalityCode: stratum.municipalityCode, number: 0 }
    request.done = done
    if (list.jobId) return seeOther(reply, `/staff/email/jobs/${list.jobId}`)
    if (!isOpen(stratum) || list.fresh.length === 0) return showForm(request, reply, stratum, {}, {}, 409)
    if (list.fresh.length > (await leftToday(stratum))) return showCheck(request, reply, list, { status: 409 })

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
    done.number = total
    return seeOther(reply, `/staff/email/jobs/${id}`)
  })

  app.get('/email/jobs/:jobId', { config: { may } }, async (request, reply) => {
    const job = jobs.find(request.staff.sessionTag, (request.params as { jobId: string }).jobId)
    const refreshSeconds = job.state === 'working' ? followSeconds : undefined
    return page(request, reply, 'staff/email/job', {
      ...{ job, refreshSeconds, perMinute: config.mail.perMinute, canSend: config.mail.smtpUrl !== undefined },
    })
  })

  const askedBy = ({ staff }: FastifyRequest, reply: FastifyReply) => ({ owner: staff.id, signal: goneFrom(reply) })

  async function showCheck(
    request: FastifyRequest,
    reply: FastifyReply,
    { stratum, fresh, rejected, file, language }: PendingList,
    { status = 200, way, ...again }: Pick<Refused, 'problems' | 'valuesOf'> & { status?: number; way?: Way } = {},
  ) {
    const { importId } = request.params as { importId: string }
    const left = await leftToday(stratum)
    const elsewhere = rejected.filter(({ reason }) => reason === 'otherColumn').length
    const wayAction = `/staff/email/lists/${importId}/way`
    const data = {
      ...{ importId, stratum, invited: fresh.length, waitMinutes: config.uploadMinutes },
      ...{ written: languages.find(language)!, first: fresh.slice(0, firstShown) },
      ...{ rejected: rejected.slice(0, mostShown), rejectedCount: rejected.length },
      ...{ isTooMany: fresh.length > left, left, mostOfDay: config.mail.perDay },
      file: file && { ...fileShown(file, way), elsewhere, wayAction },
    }
    return page(request, reply, 'staff/email/check', { ...data, ...again }, status)
  }

  /** How many people a municipality can still invite today. */
  async function leftToday({ municipalityCode }: StratumOfRound): Promise<number> {
    const today = { municipalityCode, actions: ['email.invited'], day: swedishDay(clock()) }
    return Math.max(0, config.mail.perDay - (await stores.audit.countDeeds(today)))
  }

  const isOpen = (stratum: StratumOfRound) => config.mail.smtpUrl !== undefined && phaseOf(stratum) === 'collecting'

  function listOf({ params, staff }: FastifyRequest) {
    const { importId } = params as { importId: string }
    const list = pending.find(staff.sessionTag, importId)
    if (!list) throw new DomainError('not-found', 'No list waits under this id.', { messageKey: 'listGone' })
    return { importId, list }
  }

  const stratumOf = ({ params, staff }: FastifyRequest) =>
    stores.organisation.getStratumWithin(staff.scope, (params as { stratumId: string }).stratumId)

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    stratum: StratumOfRound,
    problems: Record<string, string> = {},
    values: Record<string, string | number> = {},
    status = Object.keys(problems).length > 0 ? 400 : 200,
  ) {
    const chosen = (await stores.round.getRound(stratum.roundId)).languages
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
