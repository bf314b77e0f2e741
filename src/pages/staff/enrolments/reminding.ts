import type { FastifyRequest } from 'fastify'
import type { EnrolmentLine } from '../../../enrolment/list-store.ts'
import type { Round } from '../../../round/round.ts'
import { swedishDay, writtenDay } from '../../../time/swedish-day.ts'
import type { StaffContext } from '../context.ts'
import { isUnanswered } from './enrolment-list.ts'

/** What became of reminders: how many municipalities were reminded, and how many letters could not be queued. */
export interface Sent {
  reached: number
  failed: number
}

/** How municipalities are reminded: by a letter to each coordinator where mail is set, elsewhere by a note that it was done. */
export function reminding({ stores, clock, languages, config, sendMail, undoing }: StaffContext) {
  const today = () => swedishDay(clock())

  /** Notes those that still have not answered. `told` is what the next page says: where no letter goes out, it can be taken back there. */
  return async (
    request: FastifyRequest,
    round: Round,
    silent: EnrolmentLine[],
    told: string | undefined,
  ): Promise<Sent> => {
    const codes = silent.map(({ code }) => code)
    const reminded = await stores.enrolment.recordReminders(round.id, codes, today())
    request.done = { subject: round.id, number: reminded.length }
    if (!sendMail) {
      const left = { roundId: round.id, reminded, today: today() }
      if (reminded.length > 0) undoing.keep(request, 'enrolments/reminders', left, told)
      return { reached: reminded.length, failed: 0 }
    }
    const noted = new Set(reminded.map(({ municipalityCode }) => municipalityCode))
    const { reached, failed } = await write(
      silent.filter(({ code }) => noted.has(code)),
      round,
    )
    const missed = reminded.filter(({ municipalityCode }) => !reached.has(municipalityCode))
    if (missed.length > 0) await stores.enrolment.takeBackReminders(round.id, missed, today())
    request.done = { subject: round.id, number: reached.size }
    return { reached: reached.size, failed }
  }

  /** One letter to each coordinator. What cannot be queued for one is no reason to leave out the others; gives the municipalities with a letter. */
  async function write(silent: EnrolmentLine[], { year, registrationClosesOn }: Round) {
    const named = new Map(silent.map(({ code, name }) => [code, name]))
    const addressees = (await stores.enrolment.listCoordinators()).filter((one) => named.has(one.municipalityCode))
    const reached = new Set<string>()
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
      try {
        await sendMail!({ to: email, subject: say('remindSubject'), text })
        reached.add(municipalityCode)
      } catch {
        failed++
      }
    }
    return { reached, failed }
  }
}

/** Why municipalities get no reminder: they have answered, or nobody there has an account. */
export function missedOf(lines: EnrolmentLine[]): { answered: number; alone: number } {
  const unanswered = lines.filter(isUnanswered)
  return {
    answered: lines.length - unanswered.length,
    alone: unanswered.filter(({ coordinators }) => coordinators === 0).length,
  }
}

/** What the list says of reminders by mail, as part of its address: how many were reminded, and of what could not be sent what weighs most. */
export function tellOfLetters({ reached, failed }: Sent, missed: ReturnType<typeof missedOf>): Record<string, string> {
  const { answered, alone } = missed
  const why = answered === 0 ? 'alone' : alone === 0 ? 'answered' : 'notReminded'
  return {
    ...(reached > 0 && { done: `enrolment.someReminded-${reached}` }),
    ...(failed > 0
      ? { notice: `enrolment.notMailed-${failed}` }
      : answered + alone > 0 && { notice: `enrolment.${why}-${answered + alone}` }),
  }
}
