import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { namedInNotices, writtenNotices } from '../../../actions/written-notices.ts'
import { DomainError } from '../../../errors.ts'
import { askedWords } from '../../../round/asked-words.ts'
import { holdChallenges } from '../../../round/challenge.ts'
import { findKeptKey } from '../../../round/kept-key.ts'
import type { Round } from '../../../round/round.ts'
import { daysBetween } from '../../../time/days.ts'
import { swedishDay, writtenDay } from '../../../time/swedish-day.ts'
import { seeOther } from '../../../web/page.ts'
import { respondentHeaders } from '../../../web/security.ts'
import type { Values } from '../../../web/views.ts'
import type { Check } from '../confirming.ts'
import type { StaffContext } from '../context.ts'
import { languageOf, textsOf } from '../staff-page.ts'
import { readCheckedKey, readOpened } from './key-form.ts'
import type { Views } from './views.ts'

const may = 'manage rounds' as const

/** How many municipalities have registered, and how many of them are approved. */
interface Enrolled {
  registered: number
  approved: number
}

/** The key drill: a copy of the key opens a test ballot, or the round does not collect. */
export async function beginningRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, page, clock, config, languages } = context
  const { keyDir } = config
  const challenges = holdChallenges(clock)
  const roundOf = ({ params }: FastifyRequest) => stores.round.getRound((params as { roundId: string }).roundId)

  app.get('/rounds/:roundId/beginning', { config: { may } }, async (request, reply) =>
    showBeginning(request, reply, await roundOf(request)),
  )

  app.post('/rounds/:roundId/beginning', { config: { may, does: 'rounds.opened' } }, async (request, reply) => {
    const round = await roundOf(request)
    if (!isBeforeCollection(round)) throw new DomainError('conflict', `Round ${round.id} has been opened already.`)
    const problem = drillProblem(round, request)
    if (problem) return showBeginning(request, reply, round, { problems: { keyFile: problem } }, 400)

    const notices = writtenNotices(languages, round, namedInNotices(config))
    await stores.round.beginCollection(round.id, askedWords(languages, round), notices)
    request.done = { subject: round.id }
    return seeOther(reply, `/staff/rounds/${round.id}?done=rounds.opened`)
  })

  app.post('/rounds/:roundId/beginning/challenge', { config: { may, isSilent: true } }, async (request, reply) => {
    const { publicKey } = await roundOf(request)
    const sealed = challenges.give(request.staff.sessionTag, publicKey).toString('base64')
    return reply.headers(respondentHeaders).send({ sealed })
  })

  /** What is wrong with the key of a drill, or `undefined`. */
  function drillProblem(round: Round, { staff, body }: FastifyRequest): string | undefined {
    const opened = readOpened(body)
    if (opened) {
      const isOwn = challenges.met(staff.sessionTag, opened)?.equals(round.publicKey)
      return isOwn ? undefined : 'staff.rounds.problem.wrongKey'
    }
    const checked = readCheckedKey(round, body, findKeptKey(keyDir, round.id))
    return 'problem' in checked ? checked.problem : undefined
  }

  /** What should be well before a collection begins; nothing of it is in the way. */
  function checksOf(request: FastifyRequest, round: Round, { registered, approved }: Enrolled): Check[] {
    const [language, t] = [languageOf(request, languages), textsOf(request, languages)]
    const left = daysBetween(swedishDay(clock()), round.opensOn)
    const say = (name: string, values?: Values) => t(`staff.rounds.beginning.${name}`, values)
    const day = writtenDay(language.intl, round.opensOn)
    const waits = registered - approved
    const see = { href: '/staff/enrolments', button: say('see') }
    return [
      left > 0
        ? { isWell: false, text: say('early', { day, count: left }) }
        : { isWell: true, text: say('onTime', { day }) },
      approved > 0
        ? { isWell: true, text: say('approved', { count: approved }) }
        : { isWell: false, text: say('nobody'), ...see },
      waits > 0
        ? { isWell: false, text: say('waits', { count: waits }), ...see }
        : { isWell: true, text: say('noneWaits') },
    ]
  }

  async function showBeginning(request: FastifyRequest, reply: FastifyReply, round: Round, form = {}, status = 200) {
    if (!isBeforeCollection(round)) return seeOther(reply, `/staff/rounds/${round.id}`)
    const isKept = findKeptKey(keyDir, round.id) !== undefined
    const enrolled = await stores.enrolment.countEnrolled(round.id)
    const shown = { round, isKept, checks: checksOf(request, round, enrolled), approved: enrolled.approved }
    const strata = (await stores.organisation.listStrata(round.id)).length
    return page(request, reply, 'staff/rounds/beginning', { ...shown, strata, ...form }, status)
  }
}

const isBeforeCollection = ({ state }: Round) => state === 'draft' || state === 'enrolling'
