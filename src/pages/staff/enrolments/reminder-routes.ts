import type { FastifyInstance } from 'fastify'
import type { EnrolmentLine } from '../../../enrolment/list-store.ts'
import type { Round } from '../../../round/round.ts'
import { swedishDay, writtenDay } from '../../../time/swedish-day.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { addressOfList } from '../listing.ts'
import { markedIn, tellOfMarked } from '../marking.ts'
import { enrolmentList, isRemindable } from './enrolment-list.ts'
import { enrolmentsUnderWay } from './looking.ts'

const may = 'manage enrolments' as const
const does = 'enrolment.reminded'

/** Municipalities that have not answered are reminded: those that are marked, or all. */
export async function reminderRoutes(app: FastifyInstance, context: StaffContext): Promise<void> {
  const { stores, clock, languages, config, sendMail } = context
  const canMail = sendMail !== undefined

  app.post('/enrolments/reminders', { config: { may, does } }, async (request, reply) => {
    const { round, lines } = await enrolmentsUnderWay(stores)
    const silent = lines.filter((line) => isRemindable(line, canMail))
    await record(round, silent)
    request.done = { subject: round.id, number: silent.length }
    const failed = await remind(silent, round)
    const mailed = failed > 0 ? 'remindedPartly' : 'reminded'
    const deed = !canMail ? 'remindedUnmailed' : silent.length === 0 ? 'remindedNobody' : mailed
    return seeOther(reply, `/staff/enrolments?state=unanswered&done=enrolment.${deed}`)
  })

  app.post('/enrolments/marked/reminders', { config: { may, does } }, async (request, reply) => {
    const { round, lines } = await enrolmentsUnderWay(stores)
    const { marked, query } = markedIn(request.body)
    const silent = lines.filter((line) => marked.includes(line.code) && isRemindable(line, canMail))
    await record(round, silent)
    request.done = { subject: round.id, number: silent.length }
    const failed = await remind(silent, round)
    const told = canMail ? 'enrolment.someReminded' : 'enrolment.someNoted'
    const counts = { done: silent.length, marked: marked.length }
    const more = tellOfMarked({ done: told, notice: 'enrolment.notReminded' }, counts)
    if (failed > 0) Object.assign(more, { done: 'enrolment.remindedPartly' })
    return seeOther(reply, addressOfList(enrolmentList, query, more))
  })

  const record = ({ id }: Round, silent: EnrolmentLine[]) =>
    stores.enrolment.recordReminders(
      id,
      silent.map(({ code }) => code),
      swedishDay(clock()),
    )

  /**
   * One letter to each coordinator, where mail is set. What one mail server refuses is no reason to leave out the others; gives how many
   * letters could not be queued.
   */
  async function remind(silent: EnrolmentLine[], { year, registrationClosesOn }: Round): Promise<number> {
    if (!sendMail) return 0
    const named = new Map(silent.map(({ code, name }) => [code, name]))
    const addressees = (await stores.enrolment.listCoordinators()).filter((one) => named.has(one.municipalityCode))
    let failed = 0
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
    return failed
  }
}
