import type { Range } from '../../disclosure/steps.ts'
import type { Role } from '../../people/roles.ts'
import type { EnrolmentState } from '../../round/enrolment.ts'
import { isOver, type Round } from '../../round/round.ts'
import { daysBetween } from '../../time/days.ts'
import { inOrderOfNeed } from './result-steps.ts'
import { pressing, type Step, waitingStep } from './step.ts'

/** What everybody's next step depends on. */
export interface Situation {
  today: string
  round?: Pick<
    Round,
    'id' | 'state' | 'isPaused' | 'opensOn' | 'closesOn' | 'registrationOpensOn' | 'registrationClosesOn'
  >
  /** What is to be known or done of results, of this round or the one before; absent where nothing was counted yet. */
  results?: Step[]
}

/** The whole nation, as its administrator has to look after it. */
export interface NationSituation extends Situation {
  /** Registrations that wait for a yes, and municipalities that have not answered. */
  waiting: number
  unanswered: number
  /** Coordinators who have an account or an invitation, in the whole country. */
  coordinators: number
  /** Whether municipalities can be reminded by e-mail. */
  canMail: boolean
  /** Municipalities in which nobody was offered the survey, and in which a tally is missing. */
  withoutOffers: number
  withoutTally: number
  /** Addresses of the contacts of the former. */
  contacts?: string[]
  /** Whether the urn of a closed round was opened. */
  isOpened: boolean
  /** What is to be done before answers of rounds that are over are destroyed. */
  answersEnd: Step[]
}

/** A municipality, or the units of it that somebody works at. */
export interface PlaceSituation extends Situation {
  enrolment?: EnrolmentState
  isTakingPart: boolean
  /** Units with target groups in the round. */
  units: number
  /** Caseworkers and hosts with an account. */
  colleagues: number
  unsettled: number
  /** Tallies that are missing: of paper, and of anything else. */
  paperTallies: number
  otherTallies: number
  /** Target groups at units to whom nothing was offered. */
  withoutOffers: number
  held: number
  silentTablets: number
  isEmailed: boolean
  rate?: Range
  nationRate?: Range
}

/** So many days before the close, what was left over is counted; an offer is missed after so many days; a rate so much lower is told. */
const [lastDays, daysToBegin, muchLower] = [5, 3, 0.1]

/** What somebody does next, the most urgent first. Empty only where those who meet respondents have nothing to do but to offer. */
export function nextSteps(role: Role, situation: NationSituation | PlaceSituation): Step[] {
  const { results = [], round } = situation
  if (role === 'national') {
    const nation = situation as NationSituation
    return inOrderOfNeed([...nation.answersEnd, ...results], nationalSteps(nation))
  }
  const place = situation as PlaceSituation
  const isBetween = role === 'viewer' || !round || isOver(round.state)
  return isBetween && results.length > 0 ? results : inOrderOfNeed(results, placeSteps(role, place))
}

function placeSteps(role: Role, place: PlaceSituation): Step[] {
  if (role === 'viewer') return [{ name: place.round && isOver(place.round.state) ? 'resultsSoon' : 'resultsLater' }]
  if (!place.round) return [{ name: 'noRound' }]
  if (isOver(place.round.state)) return [{ name: 'over' }]
  if (role === 'coordinator') return coordinatorSteps(place, place.round)
  if (place.round.state !== 'collecting') return [opensLater(place.round, place.today)]
  if (place.round.isPaused) return [pressing({ name: 'paused' })]
  if (role === 'host') return silentStep(place.silentTablets)
  return unsettledStep(place.unsettled, daysBetween(place.today, place.round.closesOn) <= lastDays)
}

function nationalSteps(situation: NationSituation): Step[] {
  const { round, today, waiting, unanswered, canMail } = situation
  if (!round) return [{ name: 'makeRound', href: '/staff/rounds/new' }]
  const href = `/staff/rounds/${round.id}`
  const values = { round: round.id, day: round.closesOn }
  const invite = situation.coordinators > 0 ? [] : [{ name: 'inviteCoordinators', href: '/staff/people/new' }]
  if (round.state === 'draft') return [...invite, { name: 'openEnrolment', href, values }]
  if (round.state === 'enrolling') {
    const isRegistering = today <= (round.registrationClosesOn ?? round.opensOn)
    const ask = { count: unanswered, day: round.registrationClosesOn ?? round.opensOn }
    return [
      ...waitingStep('approve', '/staff/enrolments', waiting),
      ...(isRegistering ? invite : []),
      ...(isRegistering && unanswered > 0
        ? [{ name: canMail ? 'awaitEnrolments' : 'seeUnanswered', href: '/staff/enrolments', values: ask }]
        : []),
      { name: today > round.opensOn ? 'drillKeyLate' : 'drillKey', href, values: { day: round.opensOn } },
    ]
  }
  if (round.state === 'collecting') return nationalCollecting(situation, round, href)
  if (round.state === 'closed' && !situation.isOpened) return [{ name: 'openUrn', href, values }]
  if (round.state === 'closed' && !situation.results) return [{ name: 'counted', href, values }]
  if (situation.results?.length) return []
  return [{ name: 'makeRound', href: '/staff/rounds/new' }]
}

const opensLater = ({ opensOn }: NonNullable<Situation['round']>, today: string): Step =>
  today > opensOn ? { name: 'opensLate' } : { name: 'opensLater', values: { day: opensOn } }

/** Where on the five steps the administrator stands, while they are shown: until collection opens. */
export function pathAt({ round, coordinators }: NationSituation): 'round' | 'people' | 'registration' | undefined {
  if (!round || round.state === 'released' || round.state === 'published') return 'round'
  if (round.state !== 'draft' && round.state !== 'enrolling') return undefined
  return coordinators === 0 ? 'people' : 'registration'
}

function nationalCollecting(situation: NationSituation, round: NonNullable<Situation['round']>, href: string): Step[] {
  const { today, waiting, withoutOffers, withoutTally, contacts } = situation
  const values = { round: round.id, day: round.closesOn }
  const trouble = '/staff/fieldwork?state=missing#figures'
  const isLate = today > round.closesOn
  return [
    ...(round.isPaused ? [pressing({ name: 'continue', href, values })] : []),
    ...(isLate ? [pressing({ name: 'close', href, values })] : []),
    ...waitingStep('approve', '/staff/enrolments', waiting),
    ...(withoutOffers > 0 && hasBegun(round, today)
      ? [{ name: 'withoutOffers', href: trouble, values: { count: withoutOffers }, waits: withoutOffers, contacts }]
      : []),
    ...waitingStep('withoutTally', trouble, withoutTally),
    ...(round.isPaused || isLate ? [] : [{ name: 'follow', href: '/staff/fieldwork', values }]),
  ]
}

function coordinatorSteps(place: PlaceSituation, round: NonNullable<Situation['round']>): Step[] {
  const { enrolment, isTakingPart, today, units, colleagues } = place
  const deadline = round.registrationClosesOn ?? round.opensOn
  if (round.state === 'draft') return [{ name: 'noRound' }]
  if (!isTakingPart) {
    if (enrolment === 'submitted') return [{ name: 'awaitApproval', href: '/staff/enrolment' }]
    if (enrolment === 'abstains') return [{ name: 'abstains', href: '/staff/enrolment' }]
    if (round.state === 'enrolling' && today <= deadline)
      return [
        { name: 'enrol', href: '/staff/enrolment', values: { day: deadline, count: daysBetween(today, deadline) } },
      ]
    return [{ name: 'enrolLate' }]
  }
  const preparing = [
    ...(units === 0 ? [{ name: 'addUnits', href: '/staff/units' }] : []),
    ...(colleagues === 0 ? [{ name: 'invitePeople', href: '/staff/people/new' }] : []),
  ]
  if (round.state !== 'collecting')
    return [
      ...preparing,
      { name: today > round.opensOn ? 'prepareLate' : 'prepare', href: '/staff/print', values: { day: round.opensOn } },
      { name: 'prepareTablets', href: '/staff/tablets' },
    ]
  const steps = [...preparing, ...collectingSteps(place, round)]
  return steps.length > 0 ? steps : [{ name: 'allWell', href: '/staff/fieldwork', values: { day: round.closesOn } }]
}

function collectingSteps(place: PlaceSituation, round: NonNullable<Situation['round']>): Step[] {
  const { today, held, unsettled, paperTallies, otherTallies, silentTablets, withoutOffers } = place
  const isLast = daysBetween(today, round.closesOn) <= lastDays
  const values = { day: round.closesOn }
  return [
    ...(round.isPaused ? [pressing({ name: 'paused' })] : []),
    ...waitingStep('held', '/staff/tablets', held),
    ...silentStep(silentTablets),
    ...(isLast ? unsettledStep(unsettled, isLast) : []),
    ...waitingStep('paperTally', '/staff/paper/tally', paperTallies),
    ...waitingStep('tally', '/staff/offer', otherTallies),
    ...(withoutOffers > 0 && hasBegun(round, today) && !round.isPaused
      ? [pressing({ name: 'offer', href: '/staff/offer', values: { count: withoutOffers } })]
      : []),
    ...(isLast ? [] : unsettledStep(unsettled, isLast)),
    ...(isLast
      ? [{ name: today > round.closesOn ? 'enterPaperLate' : 'enterPaper', href: '/staff/paper', values }]
      : []),
    ...(isLow(place) && place.isEmailed ? [{ name: 'remind', href: '/staff/email' }] : []),
    ...(isLow(place) ? [{ name: 'lowRate', href: '/staff/fieldwork' }] : []),
  ]
}

const unsettledStep = (count: number, isLast: boolean): Step[] =>
  waitingStep(isLast ? 'leftovers' : 'settle', '/staff/leftovers', count)

const silentStep = (count: number): Step[] => waitingStep('silentTablets', '/staff/tablets', count)

const isLow = ({ rate, nationRate }: PlaceSituation) =>
  rate !== undefined && nationRate !== undefined && rate.high + muchLower <= nationRate.low

const hasBegun = ({ opensOn }: Pick<Round, 'opensOn'>, today: string) => daysBetween(opensOn, today) >= daysToBegin
