import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { makeOpenings } from '../../../actions/opening-thread.ts'
import { DomainError } from '../../../errors.ts'
import { countMissing } from '../../../fieldwork/missing.ts'
import type { Overview } from '../../../fieldwork/overview.ts'
import { refuseDestroyed } from '../../../results/settling.ts'
import { findKeptKey } from '../../../round/kept-key.ts'
import type { Round } from '../../../round/round.ts'
import { foldToAscii } from '../../../text/typed-text.ts'
import { daysBetween } from '../../../time/days.ts'
import { swedishDay, writtenDay } from '../../../time/swedish-day.ts'
import { followSeconds } from '../../../web/follow-seconds.ts'
import { maybeLine } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import type { Check } from '../confirming.ts'
import type { StaffContext } from '../context.ts'
import { languageOf, textsOf } from '../staff-page.ts'
import { countText } from '../words.ts'
import { readCheckedKey } from './key-form.ts'
import type { Views } from './views.ts'

const may = 'manage rounds' as const

/** The end of a collection: wait for tablets or open the urn, and see it being opened. */
export async function closingRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, closing, page, clock, config, keys, log, atClose, nation, languages } = context
  const openings = makeOpenings({
    onFailure: ({ name, code }) => log.error({ name, code }, 'the opening of an urn failed'),
  })
  app.addHook('onClose', () => openings.close())
  const roundOf = ({ params }: FastifyRequest) => stores.round.getRound((params as { roundId: string }).roundId)

  app.get('/rounds/:roundId/closing', { config: { may } }, async (request, reply) => {
    const round = await roundOf(request)
    if (openings.find(round.id)?.closed && !isAgain(request))
      return seeOther(reply, `/staff/rounds/${round.id}/results?done=releases.opened`)
    return show(request, reply, round)
  })

  app.post('/rounds/:roundId/closing', { config: { may, does: 'rounds.closed' } }, async (request, reply) => {
    const round = await roundOf(request)
    const { id } = round
    refuseOutsideCollection(round)
    refuseDestroyed(await stores.results.findOpening(id))
    const address = `/staff/rounds/${id}/closing`
    request.done = { subject: id, isDone: !openings.isRunning(id) }
    if (openings.isRunning(id)) return seeOther(reply, address)

    const checked = readCheckedKey(round, request.body, findKeptKey(config.keyDir, id))
    const late = await closing.tabletsToWaitFor(round, clock())
    const { late: choice, year, reason: words } = request.body as { late?: unknown; year?: unknown; reason?: unknown }
    const reason = maybeLine(300).safeParse(words ?? '')
    const problems = {
      ...(late.length > 0 && choice !== 'wait' && choice !== 'now' ? { late: 'staff.web.problem.choose' } : {}),
      ...('problem' in checked ? { keyFile: checked.problem } : {}),
      ...(reason.error ? { reason: 'staff.web.problem.long' } : {}),
      ...(isConfirmed(round, year) ? {} : { year: 'staff.rounds.problem.year' }),
    }
    if ('problem' in checked || Object.keys(problems).length > 0)
      return show(request, reply, round, { problems, typed: { late: choice, year, reason: words } }, 400)

    const waits = late.length > 0 && choice === 'wait'
    const ending = { now: clock(), spentPepper: keys.spentPepper }
    if (waits) await closing.closeAndWait(round, { ...ending, lateHours: config.tablet.lateHours })
    else await closing.endCollection(id, { ...ending, lateUntil: null })
    const told = new URLSearchParams(waits ? { done: 'rounds.closed' } : {})
    for (const end of atClose) {
      const notice = await end(id)
      if (notice) told.set('notice', `rounds.${notice}`)
    }
    if (waits) openings.forgetOrder({ databaseFile: closing.databaseFile, roundId: id })
    if (waits) return seeOther(reply, `/staff/rounds/${id}?${told}`)

    const { text: keyFile } = checked
    openings.start({
      ...{ databaseFile: closing.databaseFile, roundId: id },
      keys: { keyFile, spentPepper: keys.spentPepper, reason: reason.data || undefined },
    })
    return seeOther(reply, told.size > 0 ? `${address}?${told}` : address)
  })

  /** What should be well before a collection ends; nothing of it is in the way. */
  function checksOf(request: FastifyRequest, round: Round, overview: Overview, late: number): Check[] {
    const [language, t] = [languageOf(request, languages), textsOf(request, languages)]
    const left = daysBetween(swedishDay(clock()), round.closesOn)
    const missing = Object.entries(countMissing(overview)).filter(([, count]) => count > 0)
    const button = t('staff.fieldwork.missing.show')
    const day = writtenDay(language.intl, round.closesOn)
    return [
      left < 0
        ? { isWell: true, text: t('staff.rounds.closing.over', { day }) }
        : { isWell: false, text: t('staff.rounds.closing.early', { day, count: left }) },
      ...missing.map(([kind, count]) => ({
        ...{ isWell: false, text: t(`staff.fieldwork.missing.places.${kind}`, { count }) },
        ...{ href: '/staff/fieldwork?state=missing#figures', button },
      })),
      ...(missing.length === 0 ? [{ isWell: true, text: t('staff.rounds.closing.complete') }] : []),
      { isWell: late === 0, text: t(`staff.rounds.closing.${late === 0 ? 'noneLate' : 'someLate'}`, { count: late }) },
    ]
  }

  /** What no longer works, or is gone, once it is closed. */
  async function endsOf(id: string) {
    const tablets = await stores.tablet.listTablets(id)
    return {
      codes: (await stores.invitation.countInvitations([id])).get(id) ?? 0,
      addresses: await stores.mail.countAddresses(id).catch(() => undefined),
      tablets: tablets.filter(({ state }) => state === 'active').length,
    }
  }

  async function show(request: FastifyRequest, reply: FastifyReply, round: Round, form = {}, status = 200) {
    const opening = openings.find(round.id)
    if (opening && openings.isRunning(round.id))
      return page(request, reply, 'staff/rounds/progress', { round, opening, refreshSeconds: followSeconds })
    if (!mayBeClosed(round)) return seeOther(reply, `/staff/rounds/${round.id}`)

    const late = await closing.tabletsToWaitFor(round, clock())
    const opened = await stores.results.findOpening(round.id)
    refuseDestroyed(opened)
    const isOpened = opened !== undefined
    const isKept = findKeptKey(config.keyDir, round.id) !== undefined
    const { lateHours } = config.tablet
    const { overview } = await nation(round.id)
    const isCollecting = round.state === 'collecting'
    const data = {
      round,
      late,
      countText,
      lateHours,
      isOpened,
      isKept,
      opening,
      checks: isCollecting ? checksOf(request, round, overview, late.length) : [],
      ends: isCollecting ? await endsOf(round.id) : undefined,
      line: overview.total,
      ...form,
    }
    return page(request, reply, 'staff/rounds/closing', data, status)
  }
}

/** Its year is typed by whoever ends a collection. */
const isConfirmed = ({ state, year }: Round, typed: unknown) =>
  state !== 'collecting' || foldToAscii(String(typed ?? '')).trim() === String(year)

/** Whether it is to be counted once more, with the key. */
const isAgain = ({ query }: FastifyRequest) => (query as { again?: unknown }).again !== undefined

const mayBeClosed = ({ state }: Round) => state === 'collecting' || state === 'closed'

function refuseOutsideCollection(round: Round): void {
  if (!mayBeClosed(round)) throw new DomainError('conflict', `Round ${round.id} is ${round.state}, not collecting.`)
}
