import { addressesMayBeIn } from '../../database/mail-connection.ts'
import { mailIsOff } from '../../database/mail-file.ts'
import type { StaffContext } from './context.ts'

type Forgetting = Pick<StaffContext, 'stores' | 'config' | 'log'> & { isMailOff: () => boolean }

/** What a close does with the addresses of the round: they are taken out, or the one who closes is told that they are still there. */
export function forgettingAddresses({ stores, config, log, isMailOff }: Forgetting): StaffContext['atClose'][number] {
  const forget = (roundId: string) =>
    stores.mail.forgetAddresses(roundId).then(
      () => undefined,
      (error: { code?: string }) => error,
    )
  return async (roundId) => {
    const failure = isMailOff() ? mailIsOff() : await forget(roundId)
    if (!failure) return undefined
    if (isMailOff()) {
      log.error({ roundId }, addressesMayBeIn(config.mailDatabaseFile))
      return 'addressesStay'
    }
    const { code } = failure
    log.error({ roundId, code }, 'addresses could not be taken out at the close: the next start or night does')
    return 'addressesLater'
  }
}
