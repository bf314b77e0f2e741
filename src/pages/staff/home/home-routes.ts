import type { FastifyInstance, FastifyRequest } from 'fastify'
import { countMissing, missingOf } from '../../../fieldwork/missing.ts'
import type { Overview } from '../../../fieldwork/overview.ts'
import type { Scope } from '../../../organisation/scope.ts'
import { worksAtUnits } from '../../../people/person.ts'
import type { Round } from '../../../round/round.ts'
import { isSilent } from '../../../tablet/tablet.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import type { StaffContext } from '../context.ts'
import { isMissing } from '../municipality-table.ts'
import { countText, rateText } from '../words.ts'
import { type NationSituation, nextSteps, type PlaceSituation, pathAt } from './next-step.ts'
import type { Views } from './views.ts'

/** The first page after signing in: what to do next, then how it goes. */
export async function homeRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, page, nation, clock } = context

  app.get('/', { config: { may: 'use own account' } }, async (request, reply) => {
    const round = await stores.round.findWorkingRound()
    const { role } = request.staff
    const seen = role === 'national' ? await seeNation(round) : await seePlace(request, round)
    const [next, ...others] = nextSteps(role, seen.situation)
    return page(request, reply, 'staff/home/home', {
      ...{ next: next!, others, countText, rateText, pathAt: seen.pathAt },
      ...{ overview: seen.overview, nation: seen.nation, troubled: seen.overview?.municipalities.filter(isMissing) },
    })
  })

  async function seeNation(round: Round | undefined) {
    const enrolments = round ? await stores.enrolment.listEnrolments(round.id) : []
    const overview = round && isFollowed(round) ? (await nation(round.id)).overview : undefined
    const missing = overview && countMissing(overview)
    const situation: NationSituation = {
      ...{ today: swedishDay(clock()), round },
      waiting: enrolments.filter(({ enrolment }) => enrolment?.state === 'submitted').length,
      unanswered: enrolments.filter(({ enrolment }) => !enrolment || enrolment.state === 'asked').length,
      coordinators: (await stores.people.listPeople({})).filter(({ role }) => role === 'coordinator').length,
      canMail: context.sendMail !== undefined,
      withoutOffers: missing?.['no-offers'] ?? 0,
      withoutTally: (missing?.['no-tally'] ?? 0) + (missing?.['more-answers'] ?? 0),
      isOpened: round !== undefined && (await stores.results.findOpening(round.id)) !== undefined,
    }
    return { situation, overview, nation: undefined, pathAt: pathAt(situation) }
  }

  async function seePlace({ staff }: FastifyRequest, round: Round | undefined) {
    const { scope, role } = staff
    const isReader = role === 'viewer'
    const overview = round && !isReader ? await stores.fieldwork.readOverview(round.id, scope) : undefined
    const total = round && !isReader && isFollowed(round) ? (await nation(round.id)).overview.total : undefined
    const situation = { ...(await situationOf(round, scope, overview)), nationRate: total?.rate }
    return { situation, overview: total && overview, nation: total, pathAt: undefined }
  }

  async function situationOf(round: Round | undefined, scope: Scope, overview?: Overview): Promise<PlaceSituation> {
    const missing = overview ? missingOf(overview) : []
    const ofKind = (...kinds: string[]) => missing.filter(({ kind }) => kinds.includes(kind))
    const tallies = ofKind('no-tally', 'more-answers')
    const paper = tallies.filter(({ channel }) => channel === 'paper').length
    const tablets = round ? await stores.tablet.listTablets(round.id, scope) : []
    return {
      ...{ today: swedishDay(clock()), round, ...(await standingOf(round, scope)) },
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
  async function standingOf(round: Round | undefined, { municipalityCode = '' }: Scope) {
    const people = await stores.people.listPeople({ municipalityCode })
    const colleagues = people.filter(({ role }) => worksAtUnits(role)).length
    if (!round) return { isTakingPart: false, colleagues }
    const at = { roundId: round.id, municipalityCode }
    const enrolment = (await stores.enrolment.findEnrolment(at))?.state
    return { enrolment, isTakingPart: await stores.enrolment.isTakingPart(at), colleagues }
  }
}

const isFollowed = ({ state }: Round) => state !== 'draft' && state !== 'enrolling'
