import type { FastifyInstance } from 'fastify'
import type { EnrolmentLine } from '../../../enrolment/list-store.ts'
import { isUnderWay } from '../../../round/enrolment.ts'
import type { WrittenCell } from '../../../table/written.ts'
import { sendTable } from '../../../web/send-table.ts'
import type { StaffContext } from '../context.ts'
import { listing } from '../listing.ts'
import { enrolmentList, isRemindable, isUnanswered, totalsOf } from './enrolment-list.ts'
import { lookAtEnrolments } from './looking.ts'
import type { Views } from './views.ts'

const may = 'manage enrolments' as const

/** All 290 municipalities with what they have answered, for the national administrator. */
export async function enrolmentsRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, page, languages, sendMail } = context

  app.get('/enrolments', { config: { may } }, async (request, reply) => {
    const { round, lines } = await lookAtEnrolments(stores)
    const canMail = sendMail !== undefined
    return page(request, reply, 'staff/enrolments/list', {
      ...{ round, canMail },
      list: listing(enrolmentList, lines, request.query),
      totals: totalsOf(lines),
      unreachable: lines.filter((line) => isUnanswered(line) && line.coordinators === 0).length,
      isUnderWay: round !== undefined && isUnderWay(round),
      deedFor: (line: EnrolmentLine) =>
        line.enrolment?.state === 'submitted' ? 'approve' : isRemindable(line, canMail) ? 'remind' : undefined,
    })
  })

  app.get('/enrolments/export', { config: { may, does: 'enrolment.exported' } }, async (request, reply) => {
    const say = (key: string) => languages.text(languages.find(request.staff.language)!, `staff.enrolment.${key}`)
    const { lines } = await lookAtEnrolments(stores)
    const head = ['code', 'municipality', 'county', 'answer', 'contactName', 'contactEmail', 'contactPhone']
    const responsible = ['boardName', 'boardContact', 'dpoContact']
    const header = [...head, 'units', 'expectedSum', 'submittedOn', 'approvedOn', 'note', ...responsible].map(say)
    const rows = lines.map((line) => rowOf(line, say))
    return sendTable(request, reply, { name: 'enrolments', head: header, rows })
  })
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
