import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../../errors.ts'
import type { Line } from '../../../fieldwork/line.ts'
import { countMissing } from '../../../fieldwork/missing.ts'
import type { Overview } from '../../../fieldwork/overview.ts'
import { atDay, type TrendPoint, trend, upToNow } from '../../../fieldwork/trend.ts'
import { isWithin, type Scope } from '../../../organisation/scope.ts'
import { lastDayOf, type Round } from '../../../round/round.ts'
import { dayNumber as numberOf } from '../../../time/days.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { askedFormat, sendTable } from '../../../web/send-table.ts'
import type { StaffContext } from '../context.ts'
import { listing } from '../listing.ts'
import { missingText, municipalityList } from '../municipality-list.ts'
import { countText, rateText } from '../words.ts'
import { exportRows } from './export.ts'
import { type By, figureRows } from './figure-rows.ts'
import { comparison, dayMarks, findingText } from './finding.ts'
import { seriesOf } from './series.ts'
import { toMend } from './to-mend.ts'
import type { Views } from './views.ts'

const may = 'follow fieldwork' as const

/** How the fieldwork goes: response rates by unit, group and channel, and day by day. */
export async function fieldworkRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, page, nation, clock, languages } = context

  app.get('/fieldwork', { config: { may } }, async (request, reply) => {
    const { scope } = request.staff
    return scope.municipalityCode === undefined ? showNation(request, reply) : showPlace(request, reply, scope)
  })

  app.get('/fieldwork/municipalities/:municipalityCode', { config: { may } }, async (request, reply) => {
    const { municipalityCode } = request.params as { municipalityCode: string }
    const { scope } = request.staff
    const known = (await stores.organisation.listMunicipalities()).some(({ code }) => code === municipalityCode)
    if (!known || !isWithin({ municipalityCode: scope.municipalityCode }, { municipalityCode }))
      throw new DomainError('not-found', 'No municipality of theirs.')
    return showPlace(request, reply, { ...scope, municipalityCode })
  })

  app.get('/fieldwork/units/:unitId', { config: { may } }, async (request, reply) => {
    const { unitId } = request.params as { unitId: string }
    const unit = await stores.organisation.getUnitWithin(request.staff.scope, unitId)
    return showPlace(request, reply, { municipalityCode: unit.municipalityCode, unitIds: [unit.id] }, unit.name)
  })

  async function showNation(request: FastifyRequest, reply: FastifyReply) {
    const round = await findRound()
    if (!round) return page(request, reply, 'staff/fieldwork/nothing', {})
    const { overview } = await nation(round.id)
    if (wantsFile(request)) return sendFigures(request, reply, overview, 'nation')
    const all = await stores.organisation.listMunicipalities()
    const countyOf = new Map(all.map(({ code, county }) => [code, county]))
    const lines = overview.municipalities.map((line) => ({ ...line, county: countyOf.get(line.municipalityCode)! }))
    const part = await partOf(round, overview.total)
    return page(request, reply, 'staff/fieldwork/nation', {
      ...part,
      ...(await daysOf(part)),
      ...tablesOf(request, overview, ['municipalities', 'groups', 'channels']),
      overview,
      missing: countMissing(overview),
      list: listing(municipalityList, lines, request.query),
      missingText,
    })
  }

  async function showPlace(request: FastifyRequest, reply: FastifyReply, scope: Scope, unit?: string) {
    const round = await findRound()
    if (!round) return page(request, reply, 'staff/fieldwork/nothing', {})
    const { municipalityCode, unitIds } = scope
    const isWhole = unitIds === undefined
    const overview = await overviewOf(round.id, scope)
    const { municipality } = overview.strata[0]?.stratum ?? (await municipalityOf(municipalityCode!))
    if (wantsFile(request)) return sendFigures(request, reply, overview, unit ?? municipality)
    const part = await partOf(round, overview.total)
    const views: By[] = overview.units.length > 1 || isWhole ? ['units', 'groups', 'channels'] : ['groups', 'channels']
    const isOwn = !unit && unitIds?.length === 1
    return page(request, reply, 'staff/fieldwork/place', {
      ...{ ...part, overview, municipality, scope, missing: await toMend(request, context, { round, overview }) },
      ...tablesOf(request, overview, views),
      overTime: isWhole ? await overTimeOf(part, municipalityCode) : undefined,
      unit: isOwn ? overview.units[0]?.unit : unit,
    })
  }

  /** The table of figures, seen by what was asked for, and the ways to see it otherwise. */
  function tablesOf({ query, url }: FastifyRequest, overview: Overview, views: By[]) {
    const asked = (query as { by?: string }).by
    const by = views.find((one) => one === asked) ?? views[0]!
    const [path] = url.split('?')
    const tabs = views.map((one) => ({ by: one, href: `${path}?by=${one}`, isCurrent: one === by }))
    return { tabs, overview, figureRows }
  }

  async function sendFigures(request: FastifyRequest, reply: FastifyReply, overview: Overview, place: string) {
    const language = languages.find(request.staff.language)!
    const percent = new Intl.NumberFormat(language.intl, { style: 'percent', maximumFractionDigits: 1 })
    const [head, ...rows] = exportRows(overview, place, {
      t: (key, values) => languages.text(language, key, values),
      number: String,
      percent: percent.format,
    })
    return sendTable(request, reply, { name: 'fieldwork', head: head!, rows })
  }

  const overviewOf = (roundId: string, scope: Scope) => stores.fieldwork.readOverview(roundId, scope)

  /** What every page shows: the round, when it was told, and the nation beside the part. */
  async function partOf(round: Round, line: Line) {
    const asOf = await stores.disclosure.lastTold(round.id)
    const lastDay = numberOf(round.opensOn, lastDayOf(round, swedishDay(clock())))
    const today = Math.min(numberOf(round.opensOn, swedishDay(clock())), lastDay)
    return {
      ...{ round, asOf, dayNumber: today, lastDay },
      ...{ line, countText, rateText, comparison, findingText },
      nation: (await nation(round.id)).overview.total,
    }
  }

  type Shown = Awaited<ReturnType<typeof partOf>>

  async function overTimeOf(part: Shown, municipalityCode?: string) {
    const nationDays = nowIn(part, await trendOf(part.round), part.nation)
    return { ...(await daysOf(part, municipalityCode)), nationDays }
  }

  /** Its last day is the one that the page tells of: today, or the last of the round. */
  function nowIn({ round, asOf, lastDay }: Shown, days: TrendPoint[], line: Line): TrendPoint[] {
    if (!asOf) return days
    const today = swedishDay(clock())
    const day = today <= lastDayOf(round, today) && today > asOf ? today : asOf
    const number = Math.max(Math.min(numberOf(round.opensOn, day), lastDay), days.at(-1)?.number ?? 1)
    const { offered, responded, rate } = line
    return upToNow(days, { day, number, offered, responded, rate })
  }

  /** The days of a municipality or of the nation, and those of the year before. None are kept of units. */
  async function daysOf(part: Shown, municipalityCode?: string) {
    const { round, asOf, dayNumber } = part
    const earlier = (await stores.round.listRounds()).find(({ year }) => year === round.year - 1)
    const lastYear = earlier && (await trendOf(earlier, municipalityCode))
    const days = nowIn(part, await trendOf(round, municipalityCode), part.line)
    const marks = dayMarks(round.opensOn, lastDayOf(round, swedishDay(clock()))).map((day) => ({
      day,
      number: numberOf(round.opensOn, day),
    }))
    const sameDay = lastYear && atDay(lastYear, asOf ? numberOf(round.opensOn, asOf) : dayNumber)
    return { days, lastYear, atDay, sameDay, marks, seriesOf, chart: await import('./line-chart.ts') }
  }

  async function trendOf(round: Round, municipalityCode?: string) {
    const days =
      municipalityCode === undefined
        ? (await nation(round.id)).days
        : await stores.disclosure.listDays(round.id, municipalityCode)
    return trend(days, round.opensOn)
  }

  async function municipalityOf(municipalityCode: string) {
    const all = await stores.organisation.listMunicipalities()
    return { municipality: all.find(({ code }) => code === municipalityCode)!.name }
  }

  /** The round that is followed: the working round, once it has opened. */
  async function findRound() {
    const round = await stores.round.findWorkingRound()
    return round && round.state !== 'draft' && round.state !== 'enrolling' ? round : undefined
  }
}

const wantsFile = (request: FastifyRequest) => askedFormat(request) !== undefined
