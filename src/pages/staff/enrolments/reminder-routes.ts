import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { EnrolmentLine } from '../../../enrolment/list-store.ts'
import { seeOther } from '../../../web/page.ts'
import { backTo } from '../back-to.ts'
import type { Confirmation, ConfirmView } from '../confirming.ts'
import type { StaffContext } from '../context.ts'
import { addressOfList } from '../listing.ts'
import { markedIn, tellOfMarked } from '../marking.ts'
import { textsOf } from '../staff-page.ts'
import { enrolmentList, isRemindable, isUnanswered } from './enrolment-list.ts'
import { enrolmentsUnderWay } from './looking.ts'
import { missedOf, reminding, tellOfLetters } from './reminding.ts'

const may = 'manage enrolments' as const
const does = 'enrolment.reminded'
const unanswered = '/staff/enrolments?state=unanswered'

/**
 * Municipalities that have not answered are reminded: those that are marked, or all. Where mail is set a page says first who gets one, for
 * a letter that is sent cannot be taken back; elsewhere it is a note, which can.
 */
export async function reminderRoutes(app: FastifyInstance, context: StaffContext<ConfirmView>): Promise<void> {
  const { stores, languages, sendMail, page, undoing } = context
  const canMail = sendMail !== undefined
  const remind = reminding(context)

  app.get('/enrolments/reminders', { config: { may } }, async (request, reply) => {
    const { lines } = await enrolmentsUnderWay(stores)
    if (!canMail) return seeOther(reply, unanswered)
    return ask(request, reply, lines.filter(isUnanswered), { action: '/staff/enrolments/reminders' })
  })

  app.post('/enrolments/reminders', { config: { may, does } }, async (request, reply) => {
    const { round, lines } = await enrolmentsUnderWay(stores)
    const silent = lines.filter((line) => isRemindable(line, canMail))
    const sent = await remind(request, round, silent, 'enrolment.remindedUnmailed')
    if (!canMail) return seeOther(reply, `${unanswered}&done=enrolment.remindedUnmailed`)
    if (silent.length === 0) return seeOther(reply, `${unanswered}&done=enrolment.remindedNobody`)
    const told = tellOfLetters(sent, missedOf(lines.filter(isUnanswered)))
    return seeOther(reply, `${unanswered}&${new URLSearchParams(told)}`)
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
    const texts = { done: 'enrolment.someNoted', notice: 'enrolment.notNoted' }
    const noted = tellOfMarked(texts, { done: silent.length, marked: marked.length })
    const sent = await remind(request, round, silent, noted.done)
    const told = canMail && marked.length > 0 ? tellOfLetters(sent, missedOf(chosen)) : noted
    return seeOther(reply, addressOfList(enrolmentList, query, told))
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
    const { answered, alone } = missedOf(lines)
    return page(request, reply, 'staff/confirm', {
      heading: say('heading', reached.length),
      trail: { href: unanswered, text: t('staff.enrolment.listTitle') },
      consequences: [
        say('mails', addresses),
        ...(answered > 0 ? [say('answered', answered)] : []),
        ...(alone > 0 ? [say('alone', alone)] : []),
        t('staff.enrolment.reminding.final'),
      ],
      ...form,
      button: say('button', addresses),
    })
  }
}
