import { hold } from '../../../memory/held.ts'
import { sessionHours } from '../../../people/session.ts'
import type { BundlePlace } from '../../../urn/sealed-ballot.ts'
import type { FormKind, FormTicket } from './ticket.ts'

/** The form somebody entered last in a bundle, as long as it can be taken back. Nothing of its answers. */
export interface LastForm {
  ballotId: string
  isBlank: boolean
  place: BundlePlace
}

const mostKept = 200
const minutes = sessionHours.longest * 60

/**
 * Remembers in memory, and nowhere else, the last form of each member of staff and bundle: what is taken back is the last
 * one only, and after a restart nothing is.
 */
export function lastForms(clock: () => Date) {
  const kept = hold<LastForm>(clock, { minutes, most: mostKept })
  const kinds = hold<FormKind>(clock, { minutes, most: mostKept })
  const key = (staffId: string, bundleId: string) => `${staffId} ${bundleId}`
  return {
    find: (staffId: string, bundleId: string) => kept.find(key(staffId, bundleId)),
    remember: (staffId: string, form: LastForm) => kept.keep(key(staffId, form.place.bundleId), form),
    forget: (staffId: string, bundleId: string) => kept.forget(key(staffId, bundleId)),
    /** In which language somebody enters a bundle, and whether with codes: what is gone on with need not be said again. */
    rememberKind: (staffId: string, { bundleId, language, hasCodes }: FormTicket) =>
      kinds.keep(key(staffId, bundleId), { language, hasCodes }),
    findKind: (staffId: string, bundleId: string) => kinds.find(key(staffId, bundleId)),
  }
}
