import type { FastifyRequest } from 'fastify'
import type { IsOpen } from '../../../enrolment/open-store.ts'
import { DomainError } from '../../../errors.ts'
import type { Action } from '../../../people/roles.ts'
import { targetGroups } from '../../../questionnaire/target-groups.ts'
import { isUnderWay, registrationOf, roundToEnrolIn } from '../../../round/enrolment.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import type { StaffContext } from '../context.ts'

/** Who registers: a coordinator their own municipality until the deadline, the national administrator any until the close. */
export interface Desk {
  url: '/enrolment' | '/enrolments/:municipalityCode'
  may: Action
  saves: 'submitted' | 'approved'
  codeOf: (request: FastifyRequest) => string
  isOpen: (round: Parameters<IsOpen>[0], today: string) => boolean
}

export const desks: Desk[] = [
  {
    url: '/enrolment',
    may: 'enrol a municipality',
    saves: 'submitted',
    codeOf: ({ staff }) => staff.municipalityCode!,
    isOpen: (round, today) => registrationOf(round, today) === 'open',
  },
  {
    url: '/enrolments/:municipalityCode',
    may: 'manage enrolments',
    saves: 'approved',
    codeOf: ({ params }) => (params as { municipalityCode: string }).municipalityCode,
    isOpen: isUnderWay,
  },
]

/** What is seen of a municipality's registration from a desk, and what of it can be changed there. */
export function lookingAt({ url, saves, codeOf, ...desk }: Desk, { stores, clock }: StaffContext) {
  const today = () => swedishDay(clock())

  /** What every page of a registration shows. */
  const look = async (request: FastifyRequest) => {
    const municipality = await stores.enrolment.getMunicipality(codeOf(request))
    const [rounds, working] = await Promise.all([stores.round.listRounds(), stores.round.findWorkingRound()])
    const round = roundToEnrolIn(rounds, working)
    const base = url.replace(':municipalityCode', municipality.code)
    const shared = { municipality, base: `/staff${base}`, isNational: saves === 'approved' }
    if (!round) return { ...shared, round, isOpen: false as const }
    const at = { roundId: round.id, municipalityCode: municipality.code }
    const stood = await stores.enrolment.whatStands(at) // before the rest: what changes in between is noticed
    const units = await stores.organisation.listUnits({ municipalityCode: municipality.code })
    return {
      ...shared,
      ...{ round, at, stood, units },
      groups: targetGroups.filter((group) => round.targetGroups.includes(group)),
      enrolment: await stores.enrolment.findEnrolment(at),
      places: await stores.enrolment.listPlaces(at),
      earlier: await stores.enrolment.findEarlierPlaces(round, municipality.code),
      isOpen: desk.isOpen(round, today()),
      registration: registrationOf(round, today()),
    }
  }

  const lookOpen = async (request: FastifyRequest) => {
    const seen = await look(request)
    if (!seen.isOpen) throw new DomainError('conflict', 'Registration is over.', { messageKey: 'registrationOver' })
    return seen
  }

  const isOpen: IsOpen = (round) => desk.isOpen(round, today())
  return { today, isOpen, look, lookOpen }
}

/** A registration that can be changed. */
export type SeenOpen = Awaited<ReturnType<ReturnType<typeof lookingAt>['lookOpen']>>
