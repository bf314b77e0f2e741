import type { AnswersEnd } from '../../actions/destroy-round.ts'
import { countMissing, missingOf } from '../../fieldwork/missing.ts'
import type { FollowedNation } from '../../fieldwork/nation.ts'
import type { Overview } from '../../fieldwork/overview.ts'
import type { Scope } from '../../organisation/scope.ts'
import { worksAtUnits } from '../../people/person.ts'
import { may, type Role } from '../../people/roles.ts'
import type { SignedIn } from '../../people/session.ts'
import type { SendMail } from '../../people/telling-owners.ts'
import { phaseOf } from '../../results/phase.ts'
import { isSoon } from '../../results/settling.ts'
import { isOver, type Round } from '../../round/round.ts'
import type { Stores } from '../../stores.ts'
import { isSilent } from '../../tablet/tablet.ts'
import { swedishDay } from '../../time/swedish-day.ts'
import type { NationSituation, PlaceSituation } from './next-step.ts'
import { administratorSteps, answersEndStep, participantSteps, toldLately } from './result-steps.ts'
import type { Step } from './step.ts'
import { writingSteps } from './writing-steps.ts'

/** Where situations are read from. */
export interface Seen {
  stores: Stores
  nation: FollowedNation
  clock: () => Date
  answersEnd: AnswersEnd
  /** Absent where no mail server is set. */
  sendMail?: SendMail
}

/** What somebody looks after, as it is: what their next steps depend on, with the numbers that the first page shows. */
export interface Standing {
  round?: Round
  /** Whether everybody can read the results of the round. */
  isPublished: boolean
  situation: NationSituation | PlaceSituation
  overview?: Overview
  /** Of the whole country, for those who look after a place. */
  nation?: Overview['total']
}

/** Of those who ask just now: a session is read anew for each request, and so its place is looked at once for the page and its menu. */
const looks = new WeakMap<SignedIn, Promise<Standing>>()

/** How it stands where somebody works, as it was first seen in this request; nobody else's numbers are read. */
export function standingOf(staff: SignedIn, seen: Seen): Promise<Standing> {
  const standing = looks.get(staff) ?? look(staff, seen)
  looks.set(staff, standing)
  return standing
}

async function look(staff: SignedIn, seen: Seen): Promise<Standing> {
  const round = await seen.stores.round.findWorkingRound()
  const standing = staff.role === 'national' ? await ofNation(staff, round, seen) : await ofPlace(staff, round, seen)
  return { ...standing, round, isPublished: await isPublished(round, seen) }
}

async function ofNation({ id }: SignedIn, round: Round | undefined, seen: Seen) {
  const { stores, nation, clock, sendMail } = seen
  const left = await nationalResults(round, { stores, clock, own: id })
  const enrolments = round ? await stores.enrolment.listEnrolments(round.id) : []
  const overview = round && isFollowed(round) ? (await nation(round.id)).overview : undefined
  const missing = overview && countMissing(overview)
  const silent = overview?.municipalities.filter(({ offered }) => offered.high === 0) ?? []
  const situation: NationSituation = {
    ...{ today: swedishDay(clock()), round },
    waiting: enrolments.filter(({ enrolment }) => enrolment?.state === 'submitted').length,
    unanswered: enrolments.filter(({ enrolment }) => !enrolment || enrolment.state === 'asked').length,
    coordinators: (await stores.people.listPeople({})).filter(({ role }) => role === 'coordinator').length,
    canMail: sendMail !== undefined,
    withoutOffers: missing?.['no-offers'] ?? 0,
    withoutTally: (missing?.['no-tally'] ?? 0) + (missing?.['more-answers'] ?? 0),
    contacts: enrolments
      .filter(({ code }) => silent.some(({ municipalityCode }) => municipalityCode === code))
      .flatMap(({ enrolment }) => enrolment?.contactEmail || []),
    isOpened: round !== undefined && (await stores.results.findOpening(round.id)) !== undefined,
    answersEnd: await answersEndSteps(seen),
    ...left,
  }
  return { situation, overview }
}

/** Whether everybody can read the results of a round. */
async function isPublished(round: Round | undefined, { stores, clock }: Seen): Promise<boolean> {
  if (!round || !isOver(round.state)) return false
  const now = clock()
  const releases = await stores.results.listSteps()
  return releases.some(({ roundId, steps }) => roundId === round.id && phaseOf(steps, now) === 'published')
}

/** Of each round whose answers soon go by themselves: what the archive has to say of it, or that it was never counted. */
async function answersEndSteps({ stores, clock, answersEnd }: Seen): Promise<Step[]> {
  const steps: Step[] = []
  const now = clock()
  for (const round of await stores.round.listRounds()) {
    const end = await answersEnd.find(round, now)
    if (!end || end.destroyedOn || end.decision || !isSoon(end, now)) continue
    const isCounted = (await stores.results.findOpening(round.id)) !== undefined
    steps.push(answersEndStep(round, { isCounted, day: end.byItselfOn }))
  }
  return steps
}

/** Of the round that was closed last: its releases, or that its urn waits still while another round has begun. */
async function nationalResults(
  round: Round | undefined,
  { stores, clock, own }: Asking,
): Promise<{ results?: Step[] }> {
  const last = (await stores.round.listRounds()).find(({ state }) => isOver(state))
  if (!last) return {}
  const releases = (await stores.results.listSteps()).filter(({ roundId }) => roundId === last.id)
  if (releases.length > 0) return { results: administratorSteps(releases, { now: clock(), own }) }
  const isLeft = last.id !== round?.id && last.state === 'closed'
  if (!isLeft || (await stores.results.findOpening(last.id))) return {}
  return { results: [{ name: 'openUrn', href: `/staff/rounds/${last.id}`, values: { round: last.id } }] }
}

type Asking = Pick<Seen, 'stores' | 'clock'> & { own: string }

/** Of the releases in which their municipality takes part. */
async function participantResults({ municipalityCode = '' }: Scope, role: Role, { stores, clock }: Seen) {
  const theirs: Awaited<ReturnType<typeof stores.results.listSteps>> = []
  const now = clock()
  for (const release of await stores.results.listSteps()) {
    if (toldLately(release, now).length === 0) continue
    const areas = await stores.results.listReleasedMunicipalities(release)
    if (areas.some(({ area }) => area === municipalityCode)) theirs.push(release)
  }
  const writes = may(role, 'write own texts')
  const writing = writes ? await writingSteps(theirs, { role, municipalityCode, now }, stores) : []
  return { results: [...participantSteps(theirs, { now, municipalityCode }), ...writing] }
}

async function ofPlace({ scope, role }: SignedIn, round: Round | undefined, seen: Seen) {
  const isReader = role === 'viewer'
  const overview = round && !isReader ? await seen.stores.fieldwork.readOverview(round.id, scope) : undefined
  const total = round && !isReader && isFollowed(round) ? (await seen.nation(round.id)).overview.total : undefined
  const known = { ...(await situationOf(round, scope, seen, overview)), nationRate: total?.rate }
  const situation = { ...known, ...(await participantResults(scope, role, seen)) }
  return { situation, overview: total && overview, nation: total }
}

async function situationOf(
  round: Round | undefined,
  scope: Scope,
  { stores, clock }: Seen,
  overview?: Overview,
): Promise<PlaceSituation> {
  const missing = overview ? missingOf(overview) : []
  const ofKind = (...kinds: string[]) => missing.filter(({ kind }) => kinds.includes(kind))
  const tallies = ofKind('no-tally', 'more-answers')
  const paper = tallies.filter(({ channel }) => channel === 'paper').length
  const tablets = round ? await stores.tablet.listTablets(round.id, scope) : []
  return {
    ...{ today: swedishDay(clock()), round, ...(await takingPart(round, scope, stores)) },
    units: overview?.units.length ?? 0,
    ...{ unsettled: ofKind('unsettled').length, paperTallies: paper, otherTallies: tallies.length - paper },
    withoutOffers: ofKind('no-offers').length,
    held: tablets.filter(({ held }) => held.low > 0).length,
    silentTablets: tablets.filter((tablet) => isSilent(tablet, clock())).length,
    isEmailed: overview?.channels.some(({ channel }) => channel === 'email') ?? false,
    rate: overview?.total.rate,
  }
}

/** Whether the municipality takes part, and who works there. */
async function takingPart(round: Round | undefined, { municipalityCode = '' }: Scope, stores: Stores) {
  const people = await stores.people.listPeople({ municipalityCode })
  const colleagues = people.filter(({ role }) => worksAtUnits(role)).length
  if (!round) return { isTakingPart: false, colleagues }
  const at = { roundId: round.id, municipalityCode }
  const { answer, isTakingPart } = await stores.enrolment.findPart(at)
  return { enrolment: answer, isTakingPart, colleagues }
}

const isFollowed = ({ state }: Round) => state !== 'draft' && state !== 'enrolling'
