import { setTimeout as pause } from 'node:timers/promises'
import { deliverOutbox, findNext } from './delivery.ts'
import type { Transport } from './kinds.ts'
import type { MailOffice } from './mail-office.ts'
import { openSmtp, type SmtpProblem } from './smtp.ts'

export interface MailDeliveryOptions {
  office: MailOffice
  smtpUrl: string
  perMinute: number
  clock: () => Date
  /** Is told what a mail server said, and of defects; never of a mail or its reader. */
  onProblem: (problem: SmtpProblem) => void
}

const roundMs = 10_000

/**
 * Looks into the outbox every ten seconds, as long as the service lives, and sends its share of what a minute may have. The library
 * that speaks SMTP is loaded when there is something to send.
 * @returns stops it, once the mail in hand has been dealt with.
 */
export function startMailDelivery({ office, smtpUrl, perMinute, clock, onProblem }: MailDeliveryOptions) {
  const stopping = new AbortController()
  let transport: Transport | undefined

  async function sendWhatIsDue(limit: number): Promise<void> {
    const isDue = await findNext(office, clock())
    if (!isDue) return
    transport ??= await openSmtp({ url: smtpUrl, from: office.from, onProblem })
    for (let sent = 0; sent < limit && !stopping.signal.aborted; sent++) {
      const { tried, isDown } = await deliverOutbox(office, { transport, now: clock(), limit: 1 })
      if (isDown || tried === 0) return
    }
  }

  async function run(): Promise<void> {
    let allowance = 0
    while (!stopping.signal.aborted) {
      allowance = Math.min(allowance + (perMinute * roundMs) / 60_000, Math.max(1, perMinute / 6))
      const limit = Math.floor(allowance)
      allowance -= limit
      await sendWhatIsDue(limit).catch(({ name, code }: { name?: string; code?: string }) =>
        onProblem({ code: code ?? name, command: 'delivery' }),
      )
      await pause(roundMs, undefined, { ref: false, signal: stopping.signal }).catch(() => {})
    }
  }

  const ended = run()
  return async () => {
    stopping.abort()
    await ended
  }
}
