import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Approved } from '../../../enrolment/approval-store.ts'
import type { EnrolmentLine } from '../../../enrolment/list-store.ts'
import { DomainError } from '../../../errors.ts'
import { inSlices } from '../../../memory/in-slices.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { seeOther } from '../../../web/page.ts'
import { backTo } from '../back-to.ts'
import type { StaffContext } from '../context.ts'
import { addressOfList } from '../listing.ts'
import { markedIn, notAll, tellOfMarked, untilRefused } from '../marking.ts'
import { enrolmentList } from './enrolment-list.ts'
import { enrolmentsUnderWay, lookAtEnrolments } from './looking.ts'

const may = 'manage enrolments' as const
/** So many are approved in one transaction: a commit costs more than they do, and all at once would hold up answers. */
const atOnce = 5

/** What municipalities have sent in is approved: one, those that are marked, or all. */
export async function approvalRoutes(app: FastifyInstance, { stores, clock, undoing }: StaffContext): Promise<void> {
  const today = () => swedishDay(clock())

  app.post('/enrolments/approvals', { config: { may, does: 'enrolment.allApproved' } }, async (request, reply) => {
    const { round, lines } = await enrolmentsUnderWay(stores)
    const submitted = lines.filter(({ enrolment }) => enrolment?.state === 'submitted')
    const approved: Approved[] = []
    const isAll = await untilRefused(inSlices(submitted, atOnce), async (some) => {
      const codes = some.map(({ code }) => code)
      approved.push(...(await stores.enrolment.approveEnrolments(round.id, codes, today())))
    })
    const number = approved.length
    request.done = { subject: round.id, number }
    const done = isAll ? 'enrolment.allApproved' : `enrolment.someApproved-${number}`
    keep(request, { roundId: round.id, approved }, done)
    return seeOther(reply, `/staff/enrolments?done=${done}${isAll ? '' : `&notice=${notAll}`}`)
  })

  app.post(
    '/enrolments/marked/approvals',
    { config: { may, does: 'enrolment.approvedAsSent' } },
    async (request, reply) => {
      const { round, lines } = await enrolmentsUnderWay(stores)
      const { marked, query } = markedIn(request.body)
      const approved: (Approved & Pick<EnrolmentLine, 'name'>)[] = []
      const chosen = lines.filter(({ code }) => marked.includes(code))
      const isAll = await untilRefused(chosen, async (line) => {
        const [one] = await stores.enrolment.approveEnrolments(round.id, [line.code], today())
        if (one) approved.push({ ...one, name: line.name })
      })
      request.done = approved.map(({ name, municipalityCode }) => ({ subject: name, municipalityCode }))
      const told = { done: 'enrolment.someApproved', notice: 'enrolment.notApproved' }
      const more = tellOfMarked(told, { done: approved.length, marked: marked.length })
      keep(request, { roundId: round.id, approved }, more.done)
      return seeOther(reply, addressOfList(enrolmentList, query, isAll ? more : { ...more, notice: notAll }))
    },
  )

  app.post(
    '/enrolments/:municipalityCode/approval',
    { config: { may, does: 'enrolment.approvedAsSent' } },
    async (request, reply) => {
      const { municipalityCode } = request.params as { municipalityCode: string }
      const { name, code } = await stores.enrolment.getMunicipality(municipalityCode)
      const { round } = await enrolmentsUnderWay(stores)
      const approved = await stores.enrolment.approveEnrolments(round.id, [code], today())
      if (approved.length === 0) throw new DomainError('conflict', 'There is nothing to approve.')
      request.done = { subject: name, municipalityCode: code }
      keep(request, { roundId: round.id, approved }, 'enrolment.approved')
      return seeOther(reply, `/staff/enrolments/${code}?done=enrolment.approved`)
    },
  )

  app.post(
    '/enrolments/approvals/undo',
    { config: { may, does: 'enrolment.approvalUndone' } },
    async (request, reply) => {
      const { roundId = '', approved = [] } = undoing.take(request, 'enrolments/approvals') ?? {}
      const back: string[] = []
      const isAll = await untilRefused(inSlices(approved, atOnce), async (some) => {
        back.push(...(await stores.enrolment.takeBackApprovals(roundId, some)))
      })
      const { lines } = await lookAtEnrolments(stores)
      const names = new Map(lines.map(({ code, name }) => [code, name]))
      request.done = back.map((code) => ({ subject: names.get(code), municipalityCode: code }))
      const texts = { done: 'enrolment.approvalUndone', notice: 'enrolment.approvalStays' }
      const told = {
        ...tellOfMarked(texts, { done: back.length, marked: approved.length }),
        ...(approved.length === 0 ? { notice: 'web.nothingToUndo' } : isAll ? {} : { notice: notAll }),
      }
      return seeOther(reply, `${backTo(request, '/staff/enrolments')}?${new URLSearchParams(told)}`)
    },
  )

  function keep(request: FastifyRequest, made: { roundId: string; approved: Approved[] }, told: string | undefined) {
    if (made.approved.length > 0) undoing.keep(request, 'enrolments/approvals', made, told)
  }
}
