import type { SignedIn } from '../../people/session.ts'
import type { Stores } from '../../stores.ts'

/** How the municipality is called in which somebody works. The names are asked for once: they change with a version of this program only. */
export function namesOfPlaces({ organisation }: Pick<Stores, 'organisation'>) {
  const names = new Map<string, string>()
  return async ({ municipalityCode }: SignedIn): Promise<string | undefined> => {
    if (municipalityCode === undefined) return undefined
    if (names.size === 0) for (const { code, name } of await organisation.listMunicipalities()) names.set(code, name)
    return names.get(municipalityCode)
  }
}
