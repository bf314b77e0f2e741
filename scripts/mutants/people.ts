import { faultsOf } from './mutant.ts'

const role = faultsOf('src/people/roles.ts', 'test/staff/roles.test.ts')
const person = faultsOf('src/people/person.ts', 'test/staff/roles.test.ts')
const scope = faultsOf('src/organisation/scope.ts', 'test/organisation/scopes.test.ts')
const within = faultsOf('src/organisation/scope-store.ts', 'test/organisation/scopes.test.ts')
const session = faultsOf('src/people/sign-in-store.ts', 'test/sign-in/signing-in.test.ts > a session')
const factor = faultsOf('src/people/second-factor.ts', 'test/sign-in/attacks.test.ts > the second factor')
const account = faultsOf('src/people/store.ts', 'test/sign-in/attacks.test.ts > accounts')

const counted = faultsOf('src/memory/lately-counted.ts', 'test/lately.test.ts > counts of wrong passwords run out')
const links = faultsOf('src/pages/staff/links-left.ts', 'test/mail/limits.test.ts > what one municipality')
const atOnce = 'a flood of one who is signed in'
const password = faultsOf('src/people/password.ts', `test/sign-in/flood.test.ts > ${atOnce}`)
const ownPassword = faultsOf('src/pages/staff/account/account-routes.ts', 'test/sign-in/attacks.test.ts > guessing')

/** In who may do what, and where. */
export const ofPeople = [
  role('whoever reads results follows the fieldwork', "['national', 'coordinator', 'caseworker', 'host'],", 'roles,'),
  role(
    'a host draws codes',
    "'draw codes': ['coordinator', 'caseworker']",
    "'draw codes': ['coordinator', 'caseworker', 'host']",
  ),
  role(
    'a caseworker sees answers on paper',
    "'enter paper': ['coordinator']",
    "'enter paper': ['coordinator', 'caseworker']",
  ),
  role(
    'the national administrator enters paper',
    "'enter paper': ['coordinator']",
    "'enter paper': ['national', 'coordinator']",
  ),
  role(
    'a coordinator reads the audit trail',
    "'read the audit trail': ['national']",
    "'read the audit trail': ['national', 'coordinator']",
  ),
  role(
    'a coordinator approves their own registration',
    "'manage enrolments': ['national']",
    "'manage enrolments': ['national', 'coordinator']",
  ),
  role('a host manages tablets', "'manage tablets': ['coordinator']", "'manage tablets': ['coordinator', 'host']"),
  role(
    'everybody may do everything',
    'return (permissions[action] as readonly Role[]).includes(role)',
    'return (permissions[action] as readonly Role[]).length > 0 || role === undefined',
  ),
  role(
    'a coordinator makes administrators of the nation',
    "['caseworker', 'host', 'coordinator', 'viewer'] : []",
    "['caseworker', 'host', 'coordinator', 'national', 'viewer'] : []",
  ),
  role('a caseworker makes accounts', "role === 'coordinator' ? ['caseworker'", "role !== 'host' ? ['caseworker'"),
  role('coordinators do without a second factor in earnest', "startsWith('https:')", "startsWith('https:') && false"),
  role(
    'the national administrator does without one',
    "return role === 'national' || (role === 'coordinator'",
    "return (role === 'national' || role === 'coordinator') && (role === 'coordinator'",
  ),
  person(
    'a caseworker works in the whole municipality',
    "new Set<Role>(['caseworker', 'host'])",
    "new Set<Role>(['host'])",
  ),
  person(
    'a viewer works in the nation',
    "if (role === 'national') return {}",
    "if (role === 'national' || role === 'viewer') return {}",
  ),

  scope(
    'a municipality is within another',
    'scope.municipalityCode !== place.municipalityCode) return false',
    'scope.municipalityCode !== place.municipalityCode) return scope.unitIds === undefined',
  ),
  scope('a unit is within another', 'scope.unitIds === undefined || (', 'scope.municipalityCode !== undefined || ('),
  scope(
    'a municipality is within one of its units',
    'place.unitId !== undefined && scope',
    'place.unitId === undefined || scope',
  ),
  within(
    'whoever works in a municipality is shown all',
    'municipalityCode === undefined ? undefined : eq',
    'municipalityCode !== undefined ? undefined : eq',
  ),
  within(
    'whoever works at a unit is shown the municipality',
    'unitIds === undefined ? undefined : inArray',
    'unitIds !== undefined ? undefined : inArray',
  ),
  faultsOf('src/invitation/stock-store.ts', 'test/organisation/scopes.test.ts')(
    'printed codes of others are shown',
    'isPrinted, eq(strata.roundId, roundId), within(scope)',
    'isPrinted, eq(strata.roundId, roundId)',
  ),
  faultsOf('src/invitation/stock-store.ts', 'test/organisation/scopes.test.ts')(
    'a batch of others is found',
    'isPrinted, eq(batches.id, id), within(scope)',
    'isPrinted, eq(batches.id, id)',
  ),
  faultsOf('src/invitation/stock-store.ts', 'test/organisation/scopes.test.ts')(
    'a code of others is found',
    "sql.placeholder('tag')), within(scope))",
    "sql.placeholder('tag')))",
  ),
  faultsOf('src/tablet/store.ts', 'test/organisation/scopes.test.ts')(
    'tablets of others are shown',
    '.filter(({ id }) => known.has(id))',
    '.filter(({ id }) => known.size > 0 || id === undefined)',
  ),
  faultsOf('src/fieldwork/store.ts', 'test/organisation/scopes.test.ts')(
    'units of others are shown',
    'and(within(scope), municipalityCodes',
    'and(within({ ...scope, unitIds: undefined }), municipalityCodes',
  ),

  session('a session never ends', 'gt(sessions.endsAt, now.toISOString()),', ''),
  session('a session may rest', 'gt(sessions.seenAt, later(now, -sessionHours.idle)),', ''),
  session(
    'whoever lost their account stays signed in',
    'if (!found || found.person.endedOn) return undefined',
    'if (!found) return undefined',
  ),
  counted(
    'counts never run out while something fails',
    'counts.put(key, { number: number + weight, since, last: clock().getTime() })',
    'counts.put(key, { number: number + weight, since: since < 0 ? since : clock().getTime(), last: clock().getTime() })',
  ),
  links('links in hand are not counted', 'const number = (inHand.get(key) ?? 0) + 1', 'const number = 1'),
  faultsOf('src/mail/queueing.ts', 'test/mail/staff-mail.test.ts > a forgotten')(
    'a mail that was asked for waits behind others',
    'const aheadMs = 3_600_000',
    'const aheadMs = 0',
  ),
  faultsOf('src/audit/store.ts', 'test/staff/telling-owners.test.ts > an account at an address')(
    "what was done to the account before is shown as one's own",
    "where action = 'people.ended'",
    "where action = 'people.never'",
  ),
  links('one mailbox gets any number of links', 'const mostMailsAnHour = 5', 'const mostMailsAnHour = 500'),
  password('one account takes all the turns', 'mostOfOne: 2, most: 200', 'mostOfOne: 200, most: 200'),
  ownPassword(
    'the old password is worked on for a new one that will not do',
    'const problems = await passwordProblems(password, account)',
    "const problems = (await ownPasswordProblem(slowDown, account, old)) ? { old: 'x' } : await passwordProblems(password, account)",
  ),
  factor(
    'a number is good twice',
    'return step > lastStep ? step : undefined',
    'return step >= lastStep ? step : undefined',
  ),
  account(
    'a coordinator reaches people of another municipality',
    'row?.municipalityCode !== scope.municipalityCode',
    "row?.role === 'national'",
  ),
  account(
    'somebody is put at a unit of another municipality',
    'own.some((unit) => unit.municipalityCode !== municipalityCode)',
    'own.length < 0',
  ),
  faultsOf('src/pages/staff/people/people-routes.ts', 'test/sign-in/renewing.test.ts')(
    'a new coordinator goes on without a second factor',
    'if (needsSecondFactor(role, config) && !person.hasSecondFactor)',
    'if (needsSecondFactor(role, config) && person.hasSecondFactor)',
  ),
]
