import type { BundlePlace } from '../../../urn/sealed-ballot.ts'

/** The form somebody entered last in a bundle, as long as it can be taken back. Nothing of its answers. */
export interface LastForm {
  ballotId: string
  isBlank: boolean
  place: BundlePlace
}

const mostKept = 200

/**
 * Remembers in memory, and nowhere else, the last form of each member of staff and bundle: what is taken back is the last
 * one only, and after a restart nothing is.
 */
export function lastForms() {
  const kept = new Map<string, LastForm>()
  const key = (staffId: string, bundleId: string) => `${staffId} ${bundleId}`
  return {
    find: (staffId: string, bundleId: string) => kept.get(key(staffId, bundleId)),
    remember(staffId: string, form: LastForm) {
      const its = key(staffId, form.place.bundleId)
      kept.delete(its)
      kept.set(its, form)
      if (kept.size > mostKept) kept.delete(kept.keys().next().value!)
    },
    forget: (staffId: string, bundleId: string) => kept.delete(key(staffId, bundleId)),
  }
}
