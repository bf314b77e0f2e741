import type { EnrolmentPlace } from '../../../enrolment/place.ts'
import type { Scope } from '../../../organisation/scope.ts'
import type { Unit } from '../../../organisation/store.ts'
import { type TargetGroup, targetGroups } from '../../../questionnaire/target-groups.ts'
import { areGroupsOpen, isUnderWay } from '../../../round/enrolment.ts'
import type { Stores } from '../../../stores.ts'
import { byName } from '../../../text/name-order.ts'
import { type ListKind, listing } from '../listing.ts'

/** A unit and the groups it meets in the working round. */
export type UnitRow = Unit & { own: TargetGroup[] }

const inOrder = byName<UnitRow>(({ name }) => name)

/** Units by name; those that meet no group yet have a tab. */
export const unitList = {
  address: '/staff/units',
  states: { without: ({ own }) => own.length === 0, placed: ({ own }) => own.length > 0 },
  words: ({ name }) => [name],
  columns: { name: { compare: inOrder } },
  usual: inOrder,
} satisfies ListKind<UnitRow>

/** What there is to see and do before the first round. */
const withoutRound = {
  ...{ round: undefined, answer: undefined, earlier: undefined, withStrata: false, isOpen: true, hasGroupsOpen: false },
  ...{ groups: [] as TargetGroup[], places: [] as EnrolmentPlace[] },
}

/** A municipality's units and what can be done with their groups on a day. */
export async function lookAtUnits(stores: Stores, scope: Scope, today: string) {
  const municipalityCode = scope.municipalityCode!
  const round = await stores.round.findWorkingRound()
  const units = await stores.organisation.listUnits(scope)
  if (!round) return { municipalityCode, units, ...withoutRound }
  const at = { roundId: round.id, municipalityCode }
  const withStrata = await stores.enrolment.isTakingPart(at)
  const answer = (await stores.enrolment.findEnrolment(at))?.state
  return {
    ...{ municipalityCode, units, round, withStrata, answer },
    groups: targetGroups.filter((group) => round.targetGroups.includes(group)),
    places: answer === 'abstains' ? [] : await stores.enrolment.listPlaces(at),
    earlier: await stores.enrolment.findEarlierPlaces(round, municipalityCode),
    isOpen: isUnderWay(round),
    hasGroupsOpen: areGroupsOpen(round, { isTakingPart: withStrata, answer, today }),
  }
}

export type SeenUnits = Awaited<ReturnType<typeof lookAtUnits>>

/** What the list of them shows. */
export const listed = ({ municipalityCode: _code, isOpen: _isOpen, units, ...shown }: SeenUnits, query: unknown) => ({
  ...shown,
  list: listing(
    unitList,
    units.map((unit) => ({ ...unit, own: groupsAt(shown, unit) })),
    query,
  ),
})

/** Where groups are put, as long as they can be. */
export const placed = ({ round, withStrata, hasGroupsOpen }: SeenUnits) =>
  round && hasGroupsOpen ? { roundId: round.id, withStrata } : undefined

export const groupsAt = ({ places }: { places: EnrolmentPlace[] }, unit: { id: string }): TargetGroup[] =>
  places.filter(({ unitId }) => unitId === unit.id).map(({ targetGroup }) => targetGroup)
