// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are pieces of source.
import { faultsOf } from './mutant.ts'

const [enrolling, units] = ['test/enrolment/enrolling.test.ts', 'test/organisation/units.test.ts']
const [national, own] = [`${enrolling} > the national administrator`, `${enrolling} > a coordinator`]
const [groups, merge, unit] = [`${units} > the groups of a unit`, `${units} > a merge`, `${units} > a unit`]
const store = faultsOf('src/enrolment/store.ts', own)
const between = 'test/enrolment/in-between.test.ts'
const reminded = `${national} notes nobody as reminded`
const theirs = [`${own} leaves what another municipality`, `${national} makes no strata of a municipality`] as const
const named = `${units} > the units of a municipality have no two of one name`
const foreign = `${units} > the units of a municipality are nobody else`
const places = faultsOf('src/enrolment/places-store.ts', `${national} keeps a stratum`)
const changed = faultsOf('src/enrolment/units-store.ts', merge)
const unused = faultsOf('src/organisation/unused-strata-store.ts', 'test/database/unused-strata.test.ts', groups)
const waiting = faultsOf('src/paper/waiting-store.ts', 'test/paper/waiting.test.ts')
const mark = faultsOf('src/paper/waiting-mark.ts', 'test/paper/waiting.test.ts')

/** In strata that come and go, and in forms of paper that wait. */
export const ofEnrolment = [
  store(
    'strata are there before anybody approves',
    "if (state === 'approved') yield* followPlaces(tx, at)",
    'yield* followPlaces(tx, at)',
  ),
  faultsOf('src/enrolment/approval-store.ts', `${national} approves those that are marked`)(
    'what was not sent in is approved',
    "and(isAt(at), eq(enrolments.state, 'submitted'))",
    'isAt(at)',
  ),
  faultsOf('src/enrolment/approval-store.ts', 'test/staff/undoing.test.ts')(
    'an approval is taken back though the registration is another since',
    'if (textOfRows(yield* rowsAt(tx, at)) !== stands) return false',
    '',
  ),
  store(
    'a municipality withdraws from under those who were offered',
    'if (!(yield* removeIfUnused(tx, id)))',
    'if ((yield* removeIfUnused(tx, id)) && !id)',
  ),
  faultsOf('src/enrolment/reminder-store.ts', reminded)(
    'those who have answered are noted as reminded',
    "if (row && row.state !== 'asked') continue",
    '',
  ),
  faultsOf('src/pages/staff/enrolments/enrolment-list.ts', `${national} reminds those who have not`)(
    'those who have answered are reminded',
    "!enrolment || enrolment.state === 'asked'",
    "!enrolment || enrolment.state !== 'abstains'",
  ),
  faultsOf('src/enrolment/store.ts', theirs[0])(
    'what another municipality registered goes',
    'and(eq(enrolmentPlaces.roundId, at.roundId), inArray(enrolmentPlaces.unitId, ofMunicipality))',
    'eq(enrolmentPlaces.roundId, at.roundId)',
  ),
  faultsOf('src/enrolment/open-store.ts', `${between} > a round that is closed`)(
    'who takes part changes once the round is closed',
    'if (!round || !isOpen({ state: round.state, ...days }))',
    'if (!round)',
  ),
  faultsOf('src/enrolment/open-store.ts', `${between} > a unit stays`)(
    'units are merged once the round is closed',
    'if (round && !isUnderWay(round))',
    'if (!round)',
  ),
  faultsOf('src/enrolment/open-store.ts', `${between} > groups that are ticked`)(
    'groups change by what held before somebody else wrote',
    'areGroupsOpen(round, { ...part, today })',
    'areGroupsOpen(round, { isTakingPart: true, today })',
  ),
  faultsOf('src/enrolment/store.ts', `${between} > a registration that is saved`)(
    'what somebody else wrote in the same moment is overwritten',
    "if (textOfRows(yield* rows()) !== stood) return 'meanwhile'",
    '',
  ),
  places('a stratum goes where something has happened', '|| (yield* removeIfUnused(tx, id))) continue', ') continue'),
  faultsOf('src/enrolment/places-store.ts', named)(
    'two units have one name',
    'if (taken.has(foldedName(name)))',
    'if (taken.has(name))',
  ),
  faultsOf('src/enrolment/places-store.ts', theirs[1])(
    'strata of other municipalities are made',
    'and(eq(enrolmentPlaces.roundId, roundId), eq(units.municipalityCode, municipalityCode))',
    'eq(enrolmentPlaces.roundId, roundId)',
  ),
  changed(
    'strata are merged in which something has happened',
    'else if ((yield* hasActivity(tx, same.id)) || !(yield* removeIfUnused(tx, id)))',
    'else if (!(yield* removeIfUnused(tx, id)))',
  ),
  faultsOf('src/enrolment/units-store.ts', foreign)(
    'a unit of another municipality is merged',
    'if (from.id === into.id || from.municipalityCode !== into.municipalityCode)',
    'if (from.id === into.id)',
  ),
  changed(
    'expected numbers are lost in a merge',
    'expected = enrolment_places.expected + excluded.expected',
    'expected = excluded.expected',
  ),
  faultsOf('src/enrolment/units-store.ts', unit)(
    'a unit goes where something has happened',
    'if (!(yield* removeIfUnused(tx, stratum.id))) throw inUse',
    'yield* step(tx.delete(strata).where(eq(strata.id, stratum.id)).run())',
  ),
  faultsOf('src/enrolment/units-store.ts', groups)(
    'a group goes where something has happened',
    'if (stratum && !(yield* removeIfUnused(tx, stratum.id))) throw groupInUse(unitId, targetGroup)',
    'if (stratum) yield* removeIfUnused(tx, stratum.id)',
  ),
  unused('codes are nothing that happened', 'exists (select 1 from batches where stratum_id = ${id})', 'false'),
  unused(
    'answers are nothing that happened',
    'exists (select 1 from urn_counts where stratum_id = ${id} and number > 0)',
    'false',
  ),
  unused('what is held of a tablet is nothing', 'or exists (select 1 from held_ballots where stratum_id = ${id})', ''),
  unused('forms that wait are nothing', 'or exists (select 1 from waiting_forms where stratum_id = ${id})', ''),
  unused(
    'a count that went back to nothing holds a stratum',
    'from tallies where stratum_id = ${id} and number > 0',
    'from tallies where stratum_id = ${id}',
  ),

  waiting(
    'nine codes go into the urn, and whoever entered one of them asks',
    '.size < fewestCodesTogether',
    '.size < fewestCodesTogether - 1',
  ),
  waiting(
    'one code that is entered ten times is ten',
    "new Set(forms.flatMap(({ spentTag }) => spentTag?.toString('hex') ?? [])).size",
    'forms.filter(({ spentTag }) => spentTag).length',
  ),
  waiting(
    'few codes go into the urn with their bundle',
    'if (fewCodes(withCodes)) yield* letWaitForClose(tx, withCodes)',
    '',
  ),
  waiting('forms that went into the urn wait on', 'yield* step(tx.delete(waitingForms).where(which).run())', ''),
  waiting(
    'a form goes out of a bundle that is done',
    'and(isOpen(bundle.bundleId), sql',
    'and(eq(paperBundles.id, bundle.bundleId), sql',
  ),
  waiting(
    'a bundle ends before it is whole',
    ' + ${paperBundles.blank} = ${paperBundles.forms}',
    ' + ${paperBundles.blank} <= ${paperBundles.forms}',
  ),
  mark('what waits is longer where there is a code', 'spentTag = none): Buffer', 'spentTag = Buffer.alloc(0)): Buffer'),
  mark('a form without a code uses one', 'mark.equals(none) ? undefined : mark', 'mark'),
]
