import type { EnrolmentPlace } from '../../../enrolment/place.ts'
import { DomainError } from '../../../errors.ts'
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
  ...{ round: undefined, earlier: undefined, isTakingPart: false, isOpen: true, hasGroupsOpen: false },
  ...{ groups: [] as TargetGroup[], places: [] as EnrolmentPlace[] },
}

/** A municipality's units and what can be done with their groups on a day. */
export async function lookAtUnits(stores: Stores, scope: Scope, today: string) {
  const municipalityCode = scope.municipalityCode!
  const round = await stores.round.findWorkingRound()
  const units = await stores.organisation.listUnits(scope)
  if (!round) return { municipalityCode, units, today, ...withoutRound }
  const at = { roundId: round.id, municipalityCode }
  const part = await stores.enrolment.findPart(at)
  return {
    ...{ municipalityCode, units, today, round, ...part },
    groups: targetGroups.filter((group) => round.targetGroups.includes(group)),
    places: part.answer === 'abstains' ? [] : await stores.enrolment.listPlaces(at),
    earlier: await stores.enrolment.findEarlierPlaces(round, municipalityCode),
    isOpen: isUnderWay(round),
    hasGroupsOpen: areGroupsOpen(round, { ...part, today }),
  }
}

export type SeenUnits = Awaited<ReturnType<typeof lookAtUnits>>

/** What the list of them shows. */
export const listed = (
  { municipalityCode: _code, today: _today, isOpen: _isOpen, units, ...shown }: SeenUnits,
  query: unknown,
) => ({
  ...shown,
  list: listing(
    unitList,
    units.map((unit) => ({ ...unit, own: groupsAt(shown, unit) })),
    query,
  ),
})

/** Where groups are put. @throws DomainError `conflict` when they cannot be any more; a store asks the same as it writes. */
export function whereGroupsAre({ round, hasGroupsOpen, municipalityCode, today }: SeenUnits) {
  if (!round || !hasGroupsOpen)
    throw new DomainError('conflict', 'Registration is over.', { messageKey: 'registrationOver' })
  return { roundId: round.id, municipalityCode, today }
}

export const groupsAt = ({ places }: { places: EnrolmentPlace[] }, unit: { id: string }): TargetGroup[] =>
  places.filter(({ unitId }) => unitId === unit.id).map(({ targetGroup }) => targetGroup)
