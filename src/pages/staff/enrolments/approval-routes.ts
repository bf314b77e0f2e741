import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../../errors.ts'
import { inSlices } from '../../../memory/in-slices.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { addressOfList } from '../listing.ts'
import { markedIn, notAll, tellOfMarked, untilRefused } from '../marking.ts'
import { enrolmentList } from './enrolment-list.ts'
import { enrolmentsUnderWay } from './looking.ts'

const may = 'manage enrolments' as const
/** So many are approved in one transaction: a commit costs more than they do, and all at once would hold up answers. */
const atOnce = 5

/** What municipalities have sent in is approved: one, those that are marked, or all. */
export async function approvalRoutes(app: FastifyInstance, { stores, clock }: StaffContext): Promise<void> {
  const today = () => swedishDay(clock())

  app.post('/enrolments/approvals', { config: { may, does: 'enrolment.allApproved' } }, async (request, reply) => {
    const { round, lines } = await enrolmentsUnderWay(stores)
    const submitted = lines.filter(({ enrolment }) => enrolment?.state === 'submitted')
    let number = 0
    const isAll = await untilRefused(inSlices(submitted, atOnce), async (some) => {
      const codes = some.map(({ code }) => code)
      number += await stores.enrolment.approveEnrolments(round.id, codes, today())
    })
    request.done = { subject: round.id, number }
    const told = isAll ? 'done=enrolment.allApproved' : `done=enrolment.someApproved-${number}&notice=${notAll}`
    return seeOther(reply, `/staff/enrolments?${told}`)
  })

  app.post(
    '/enrolments/marked/approvals',
    { config: { may, does: 'enrolment.approvedAsSent' } },
    async (request, reply) => {
      const { round, lines } = await enrolmentsUnderWay(stores)
      const { marked, query } = markedIn(request.body)
      const approved: typeof lines = []
      const chosen = lines.filter(({ code }) => marked.includes(code))
      const isAll = await untilRefused(chosen, async (line) => {
        if ((await stores.enrolment.approveEnrolments(round.id, [line.code], today())) > 0) approved.push(line)
      })
      request.done = approved.map(({ name, code }) => ({ subject: name, municipalityCode: code }))
      const told = { done: 'enrolment.someApproved', notice: 'enrolment.notApproved' }
      const more = tellOfMarked(told, { done: approved.length, marked: marked.length })
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
      const number = await stores.enrolment.approveEnrolments(round.id, [code], today())
      if (number === 0) throw new DomainError('conflict', 'There is nothing to approve.')
      request.done = { subject: name, municipalityCode: code }
      return seeOther(reply, `/staff/enrolments/${code}?done=enrolment.approved`)
    },
  )
}
