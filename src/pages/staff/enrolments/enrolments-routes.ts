import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { EnrolmentLine } from '../../../enrolment/list-store.ts'
import { DomainError } from '../../../errors.ts'
import { isUnderWay, roundToEnrolIn } from '../../../round/enrolment.ts'
import type { WrittenCell } from '../../../table/written.ts'
import { compareNames } from '../../../text/name-order.ts'
import { swedishDay, writtenDay } from '../../../time/swedish-day.ts'
import { seeOther } from '../../../web/page.ts'
import { sendTable } from '../../../web/send-table.ts'
import type { StaffContext } from '../context.ts'
import { answers, filterLines, isOrder, isUnanswered, type ListFilter, sortLines, totalsOf } from './enrolment-list.ts'
import type { Views } from './views.ts'

const filter = z.object({
  answer: z.enum(answers).optional().catch(undefined),
  county: z.string().max(40).optional().catch(undefined),
  order: z.string().optional().catch(undefined),
})
const may = 'manage enrolments' as const
/** So many are approved in one transaction: a commit costs more than they do, and all at once would hold up answers. */
const atOnce = 5

/** All 290 municipalities with what they have answered, for the national administrator. */
export async function enrolmentsRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, clock, page, languages, config, sendMail } = context
  const today = () => swedishDay(clock())

  const look = async () => {
    const [rounds, working] = await Promise.all([stores.round.listRounds(), stores.round.findWorkingRound()])
    const round = roundToEnrolIn(rounds, working)
    return { round, lines: round ? await stores.enrolment.listEnrolments(round.id) : [] }
  }
  const lookUnderWay = async () => {
    const { round, lines } = await look()
    if (!round || !isUnderWay(round))
      throw new DomainError('conflict', 'The round is over.', { messageKey: 'registrationOver' })
    return { round, lines }
  }

  app.get('/enrolments', { config: { may } }, async (request, reply) => {
    const typed: ListFilter = filter.parse(request.query)
    const order = isOrder(typed.order) ? typed.order : 'name'
    const { round, lines } = await look()
    return page(request, reply, 'staff/enrolments/list', {
      ...{ round, typed, order, answers },
      lines: sortLines(filterLines(lines, typed), order),
      totals: totalsOf(lines),
      unreachable: lines.filter((line) => isUnanswered(line) && line.coordinators === 0).length,
      counties: [...new Set(lines.map(({ county }) => county))].sort(compareNames),
      isUnderWay: round !== undefined && isUnderWay(round),
      canMail: sendMail !== undefined,
      query: (more: Partial<ListFilter>) =>
        new URLSearchParams(Object.entries({ ...typed, ...more }).filter(([, value]) => value)).toString(),
    })
  })

  app.get('/enrolments/export', { config: { may, does: 'enrolment.exported' } }, async (request, reply) => {
    const say = (key: string) => languages.text(languages.find(request.staff.language)!, `staff.enrolment.${key}`)
    const { lines } = await look()
    const head = ['code', 'municipality', 'county', 'answer', 'contactName', 'contactEmail', 'contactPhone']
    const responsible = ['boardName', 'boardContact', 'dpoContact']
    const header = [...head, 'units', 'expectedSum', 'submittedOn', 'approvedOn', 'note', ...responsible].map(say)
    const rows = lines.map((line) => rowOf(line, say))
    return sendTable(request, reply, { name: 'enrolments', head: header, rows })
  })

  app.post('/enrolments/approvals', { config: { may, does: 'enrolment.allApproved' } }, async (request, reply) => {
    const { round, lines } = await lookUnderWay()
    const submitted = lines.filter(({ enrolment }) => enrolment?.state === 'submitted')
    let number = 0
    for (let at = 0; at < submitted.length; at += atOnce) {
      const codes = submitted.slice(at, at + atOnce).map(({ code }) => code)
      number += await stores.enrolment.approveEnrolments(round.id, codes, today())
    }
    request.done = { subject: round.id, number }
    return seeOther(reply, '/staff/enrolments?done=enrolment.allApproved')
  })

  app.post(
    '/enrolments/:municipalityCode/approval',
    { config: { may, does: 'enrolment.approvedAsSent' } },
    async (request, reply) => {
      const { municipalityCode } = request.params as { municipalityCode: string }
      const { name, code } = await stores.enrolment.getMunicipality(municipalityCode)
      const { round } = await lookUnderWay()
      const number = await stores.enrolment.approveEnrolments(round.id, [code], today())
      if (number === 0) throw new DomainError('conflict', 'There is nothing to approve.')
      request.done = { subject: name, municipalityCode: code }
      return seeOther(reply, `/staff/enrolments/${code}?done=enrolment.approved`)
    },
  )

  app.post('/enrolments/reminders', { config: { may, does: 'enrolment.reminded' } }, async (request, reply) => {
    const { round, lines } = await lookUnderWay()
    const isReached = ({ coordinators }: EnrolmentLine) => !sendMail || coordinators > 0 // without mail somebody has asked them otherwise
    const silent = lines.filter((line) => isUnanswered(line) && isReached(line))
    await stores.enrolment.recordReminders(
      round.id,
      silent.map(({ code }) => code),
      today(),
    )
    request.done = { subject: round.id, number: silent.length }
    return remind(reply, silent, round)
  })

  /** One letter to each coordinator. What one mail server refuses is no reason to leave out the others. */
  async function remind(
    reply: FastifyReply,
    silent: EnrolmentLine[],
    { year, registrationClosesOn }: { year: number; registrationClosesOn?: string },
  ) {
    if (!sendMail) return seeOther(reply, '/staff/enrolments?answer=unanswered&done=enrolment.remindedUnmailed')
    const named = new Map(silent.map(({ code, name }) => [code, name]))
    if (silent.length === 0) return seeOther(reply, '/staff/enrolments?answer=unanswered&done=enrolment.remindedNobody')
    const addressees = (await stores.enrolment.listCoordinators()).filter((one) => named.has(one.municipalityCode))
    let failed = 0 // could not be queued
    for (const { municipalityCode, email, language } of addressees) {
      const its = languages.find(language) ?? languages.all[0]!
      const values = {
        ...{ municipality: named.get(municipalityCode)!, year: String(year) },
        until: registrationClosesOn ? writtenDay(its.intl, registrationClosesOn) : '',
        link: `${config.publicUrl}/staff/enrolment`,
      }
      const say = (key: string) => languages.text(its, `staff.enrolment.mail.${key}`, values)
      const text = say(registrationClosesOn ? 'remindText' : 'remindTextUndated')
      await sendMail({ to: email, subject: say('remindSubject'), text }).catch(() => failed++)
    }
    return seeOther(
      reply,
      `/staff/enrolments?answer=unanswered&done=enrolment.${failed > 0 ? 'remindedPartly' : 'reminded'}`,
    )
  }
}

function rowOf(line: EnrolmentLine, say: (key: string) => string): WrittenCell[] {
  const { code, name, county, enrolment, units, expected } = line
  const { contactName, contactEmail, contactPhone, submittedOn, approvedOn, note } = enrolment ?? {}
  const { boardName, boardContact, dpoContact } = enrolment ?? {}
  const answer = say(`states.${enrolment?.state ?? 'none'}`)
  return [
    ...[code, name, county, answer, contactName, contactEmail, contactPhone],
    ...[units, expected, submittedOn, approvedOn, note, boardName, boardContact, dpoContact],
  ].map((cell) => cell ?? null)
}
