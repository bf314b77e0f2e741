import { deliverOutbox, findNext } from './delivery.ts'
import type { Transport } from './kinds.ts'
import type { MailOffice } from './mail-office.ts'
import { followServer, isResting, type OutageNews } from './outage.ts'
import { openSmtp, type RefusedMail, type SmtpProblem } from './smtp.ts'

export interface DeliveryRoundOptions {
  office: MailOffice
  smtpUrl: string
  clock: () => Date
  news: OutageNews
  /** Is told how many mails could not be read and were given up. */
  onUnreadable?: (number: number) => void
}

/** Mails to staff go first, for they are waited for; but every so many turns one to people does, however many wait for staff. */
const everyOther = 4

/**
 * Makes what sends at most so many of the mails that are due, one after another, unless the server was down a moment ago. The library
 * that speaks SMTP is loaded when there is something to send.
 */
export function deliveryRounds({ office, smtpUrl, clock, news, onUnreadable = () => {} }: DeliveryRoundOptions) {
  const note = followServer(office.server, news)
  let turns = 0
  let transport: Transport | undefined
  let problem: SmtpProblem | undefined
  let stayed: RefusedMail[] = []
  const onProblem = (said: SmtpProblem, mail: RefusedMail) => {
    problem = said
    stayed.push(mail)
  }
  return async (limit: number, signal?: AbortSignal): Promise<void> => {
    const now = clock()
    if (limit < 1 || office.mailFile.isOff() || isResting(office.server, now)) return
    const round = { worked: false, isDown: false }
    problem = undefined
    stayed = []
    try {
      if (!(await findNext(office, { now }))) return
      transport ??= await openSmtp({ url: smtpUrl, from: office.from, onProblem })
      for (let sent = 0; sent < limit && !signal?.aborted && !round.isDown; sent++) {
        const { tried, accepted, refused, unreadable, isDown } = await deliverOutbox(office, {
          transport,
          now: clock(),
          limit: 1,
          isStaffLast: ++turns % everyOther === 0,
        })
        if (unreadable > 0) onUnreadable(unreadable)
        if (tried === 0) break
        round.worked ||= accepted + refused > 0
        round.isDown = isDown
      }
    } catch (error) {
      if (office.mailFile.isOff()) return
      const { code, name } = error as { code?: string; name?: string }
      problem = { code: code ?? name, command: 'delivery', trouble: 'other' }
    }
    note({ ...round, problem, refused: stayed, now: clock() })
  }
}
