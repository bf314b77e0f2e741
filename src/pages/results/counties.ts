import type { ReleasedArea } from '../../results/indicator.ts'
import type { AnswerStores } from '../../stores.ts'
import { byName } from '../../text/name-order.ts'
import type { Named } from './choice.ts'

/** The counties in which some municipalities lie, by name. */
export async function countiesOf(
  { organisation }: Pick<AnswerStores, 'organisation'>,
  municipalities: readonly ReleasedArea[],
): Promise<Named[]> {
  const countyOf = new Map((await organisation.listMunicipalities()).map(({ code, county }) => [code, county]))
  const counties = new Map(municipalities.map(({ area, within }) => [within, countyOf.get(area) ?? within]))
  return [...counties].map(([code, name]) => ({ code, name })).sort(byName(({ name }) => name))
}
