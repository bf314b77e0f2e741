import { countMissing, missingOf } from '../../fieldwork/missing.ts'
import type { FollowedNation } from '../../fieldwork/nation.ts'
import type { Overview } from '../../fieldwork/overview.ts'
import type { Scope } from '../../organisation/scope.ts'
import { worksAtUnits } from '../../people/person.ts'
import type { SignedIn } from '../../people/session.ts'
import type { SendMail } from '../../people/telling-owners.ts'
import type { Round } from '../../round/round.ts'
import type { Stores } from '../../stores.ts'
import { isSilent } from '../../tablet/tablet.ts'
import { swedishDay } from '../../time/swedish-day.ts'
import type { NationSituation, PlaceSituation } from './next-step.ts'

/** Where situations are read from. */
export interface Seen {
  stores: Stores
  nation: FollowedNation
  clock: () => Date
  /** Absent where no mail server is set. */
  sendMail?: SendMail
}

/** What somebody looks after, as it is: what their next steps depend on, with the numbers that the first page shows. */
export interface Standing {
  round?: Round
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
  return { round, ...(staff.role === 'national' ? await ofNation(round, seen) : await ofPlace(staff, round, seen)) }
}

async function ofNation(round: Round | undefined, { stores, nation, clock, sendMail }: Seen) {
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
  }
  return { situation, overview }
}

async function ofPlace({ scope, role }: SignedIn, round: Round | undefined, seen: Seen) {
  const isReader = role === 'viewer'
  const overview = round && !isReader ? await seen.stores.fieldwork.readOverview(round.id, scope) : undefined
  const total = round && !isReader && isFollowed(round) ? (await seen.nation(round.id)).overview.total : undefined
  const situation = { ...(await situationOf(round, scope, seen, overview)), nationRate: total?.rate }
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
