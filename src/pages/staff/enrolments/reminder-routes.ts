import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { EnrolmentLine } from '../../../enrolment/list-store.ts'
import type { Round } from '../../../round/round.ts'
import { swedishDay, writtenDay } from '../../../time/swedish-day.ts'
import { seeOther } from '../../../web/page.ts'
import { backTo } from '../back-to.ts'
import type { Confirmation, ConfirmView } from '../confirming.ts'
import type { StaffContext } from '../context.ts'
import { addressOfList } from '../listing.ts'
import { markedIn, tellOfMarked } from '../marking.ts'
import { textsOf } from '../staff-page.ts'
import { enrolmentList, isRemindable, isUnanswered } from './enrolment-list.ts'
import { enrolmentsUnderWay } from './looking.ts'

const may = 'manage enrolments' as const
const does = 'enrolment.reminded'
const unanswered = '/staff/enrolments?state=unanswered'

/**
 * Municipalities that have not answered are reminded: those that are marked, or all. Where mail is set a page says first who gets one, for
 * a letter that is sent cannot be taken back; elsewhere it is a note, which can.
 */
export async function reminderRoutes(app: FastifyInstance, context: StaffContext<ConfirmView>): Promise<void> {
  const { stores, clock, languages, config, sendMail, page, undoing } = context
  const canMail = sendMail !== undefined
  const today = () => swedishDay(clock())

  app.get('/enrolments/reminders', { config: { may } }, async (request, reply) => {
    const { lines } = await enrolmentsUnderWay(stores)
    if (!canMail) return seeOther(reply, unanswered)
    return ask(request, reply, lines.filter(isUnanswered), { action: '/staff/enrolments/reminders' })
  })

  app.post('/enrolments/reminders', { config: { may, does } }, async (request, reply) => {
    const { round, lines } = await enrolmentsUnderWay(stores)
    const silent = lines.filter((line) => isRemindable(line, canMail))
    const told = (failed: number) =>
      !canMail
        ? 'remindedUnmailed'
        : silent.length === 0
          ? 'remindedNobody'
          : failed > 0
            ? 'remindedPartly'
            : 'reminded'
    const failed = await record(request, round, silent, 'enrolment.remindedUnmailed')
    return seeOther(reply, `${unanswered}&done=enrolment.${told(failed)}`)
  })

  app.post('/enrolments/marked/reminders', { config: { may, does } }, async (request, reply) => {
    const { round, lines } = await enrolmentsUnderWay(stores)
    const { marked, query, isAsked } = markedIn(request.body)
    const chosen = lines.filter((line) => marked.includes(line.code))
    const silent = chosen.filter((line) => isRemindable(line, canMail))
    if (canMail && silent.length > 0 && !isAsked) {
      request.done = []
      const sent = { marked: chosen.map(({ code }) => code), list: String(new URLSearchParams(query)), asked: '1' }
      return ask(request, reply, chosen, { action: '/staff/enrolments/marked/reminders', sent })
    }
    const counts = { done: silent.length, marked: marked.length }
    const texts = { done: canMail ? 'enrolment.someReminded' : 'enrolment.someNoted', notice: 'enrolment.notReminded' }
    const more = tellOfMarked(texts, counts)
    const failed = await record(request, round, silent, more.done)
    if (failed > 0) Object.assign(more, { done: 'enrolment.remindedPartly' })
    return seeOther(reply, addressOfList(enrolmentList, query, more))
  })

  app.post(
    '/enrolments/reminders/undo',
    { config: { may, does: 'enrolment.reminderUndone' } },
    async (request, reply) => {
      const left = undoing.take(request, 'enrolments/reminders')
      const number = left ? await stores.enrolment.takeBackReminders(left.roundId, left.reminded, left.today) : 0
      request.done = { subject: left?.roundId, number }
      const told = number > 0 ? `done=enrolment.reminderUndone-${number}` : 'notice=web.nothingToUndo'
      return seeOther(reply, `${backTo(request, '/staff/enrolments')}?${told}`)
    },
  )

  /** Who would get a letter, and who would not. */
  async function ask(
    request: FastifyRequest,
    reply: FastifyReply,
    lines: EnrolmentLine[],
    form: Pick<Confirmation, 'action' | 'sent'>,
  ) {
    const t = textsOf(request, languages)
    const say = (name: string, count: number) => t(`staff.enrolment.reminding.${name}`, { count })
    const reached = lines.filter((line) => isRemindable(line, true))
    const addresses = reached.reduce((sum, { coordinators }) => sum + coordinators, 0)
    const missed = lines.length - reached.length
    return page(request, reply, 'staff/confirm', {
      heading: say('heading', reached.length),
      trail: { href: unanswered, text: t('staff.enrolment.listTitle') },
      consequences: [
        say('mails', addresses),
        ...(missed > 0 ? [say('missed', missed)] : []),
        t('staff.enrolment.reminding.final'),
      ],
      ...form,
      button: say('button', addresses),
    })
  }

  /** Notes it, and writes to them where mail is set; gives how many letters could not be queued. */
  async function record(request: FastifyRequest, round: Round, silent: EnrolmentLine[], told: string | undefined) {
    const codes = silent.map(({ code }) => code)
    const reminded = await stores.enrolment.recordReminders(round.id, codes, today())
    request.done = { subject: round.id, number: silent.length }
    if (!canMail) {
      const left = { roundId: round.id, reminded, today: today() }
      if (reminded.length > 0) undoing.keep(request, 'enrolments/reminders', left, told)
    }
    return remind(silent, round)
  }

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
