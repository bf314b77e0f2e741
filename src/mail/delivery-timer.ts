import { setTimeout as pause } from 'node:timers/promises'
import { type DeliveryRoundOptions, deliveryRounds } from './delivery-round.ts'

export interface MailDeliveryOptions extends DeliveryRoundOptions {
  perMinute: number
}

const roundMs = 10_000

/**
 * Looks into the outbox every ten seconds, as long as the service lives, and sends its share of what a minute may have.
 * @returns stops it, once the mail in hand has been dealt with.
 */
export function startMailDelivery({ perMinute, ...options }: MailDeliveryOptions) {
  const stopping = new AbortController()
  const sendWhatIsDue = deliveryRounds(options)

  async function run(): Promise<void> {
    let allowance = 0
    while (!stopping.signal.aborted) {
      allowance = Math.min(allowance + (perMinute * roundMs) / 60_000, Math.max(1, perMinute / 6))
      const limit = Math.floor(allowance)
      allowance -= limit
      await sendWhatIsDue(limit, stopping.signal)
      await pause(roundMs, undefined, { ref: false, signal: stopping.signal }).catch(() => {})
    }
  }

  const ended = run()
  return async () => {
    stopping.abort()
    await ended
  }
}
