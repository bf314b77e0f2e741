import { chartDefs } from '../../chart/defs.ts'
import { priority } from '../../chart/priority.ts'
import { shareAxis } from '../../chart/scale.ts'
import { type Multiple, smallMultiples } from '../../chart/small-multiples.ts'
import { qualityQuestions } from '../../questionnaire/questions.ts'
import { type Highlight, highlightsOf } from '../../results/highlights.ts'
import { groupsAndTotal, type Indicator, nationArea } from '../../results/indicator.ts'
import { percentOf } from '../../results/mean-indicators.ts'
import { priorityPicture } from '../../results/priorities.ts'
import { type Quarter, quartersAmong } from '../../results/quarters.ts'
import { maySeeUnits } from '../../results/readers.ts'
import { participationIn, shareIn, shareLines } from '../../results/share-lines.ts'
import { chartValue, findingsOf, largeFigures, marks, questionRows, shareText, whyText } from './area.ts'
import { groupName } from './groups.ts'
import type { AskedPage, ResultsContext, resultsPages } from './results-pages.ts'
import type { Views } from './views.ts'

/** How a municipality answered, beside the country and the year before. */
export function municipalityRoutes(page: ReturnType<typeof resultsPages>, { stores }: ResultsContext): void {
  page('/:municipality(^\\d{4}$)', 'municipalities', async (asked) => {
    const { key, before, t, frame, params } = asked
    const code = params.municipality!
    const municipalities = await stores.results.listReleasedMunicipalities(key)
    const name = municipalities.find(({ area }) => area === code)?.name
    if (name === undefined) return undefined

    const of = { levels: ['municipality'], areas: [code] } as const
    const own = await stores.results.listIndicators(key, of)
    const nation = await stores.results.listIndicators(key, { levels: ['nation'], areas: [nationArea] })
    const all = await stores.results.listIndicators(key, {
      ...{ levels: ['municipality'], measures: ['positive'], targetGroups: ['total'], genders: ['all'] },
    })
    const last = before && (await stores.results.listIndicators(before, of))
    const hasLast = last !== undefined && last.length > 0
    const lines = shareLines({ own, whole: nation, before: last, targetGroup: 'total' })
    const names = { whole: t('results.municipality.nation'), before: hasLast ? String(asked.year - 1) : undefined }
    const isTold = lines.some(({ share }) => share?.status === 'shown')
    const { proud, work } = highlightsOf({ lines, quarters: quartersBy(all, code) })
    const where = { whole: t('results.municipality.nation'), before: names.before }
    return {
      view: 'results/municipality',
      data: {
        ...{ name, code, isTold, names, gender: genderText(own, asked) },
        findings: findingsOf(lines, asked, where).map((text) => ({ text })),
        figures: largeFigures(own, 'total', asked),
        rows: questionRows(lines, asked, names),
        proud: proud.map((one) => highlightText(one, asked)),
        work: work.map((one) => highlightText(one, asked)),
        priority: priorityOf(own, asked),
        groups: smallMultiples(multiplesOf(own, nation, asked)),
        hasUnits: maySeeUnits(asked.reader, code),
        ...{ axis: shareAxis(frame.percent), defs: chartDefs(), marks },
      },
    }
  })
}

/** Where a municipality stands among all, by question; nothing of few. */
function quartersBy(all: readonly Indicator[], code: string): Map<string, Quarter | undefined> {
  return new Map(
    qualityQuestions.map(({ id }) => {
      const shares = all.filter((one) => one.question === id)
      const quarters = quartersAmong(shares.map(percentOf))
      return [id, quarters[shares.findIndex(({ area }) => area === code)]]
    }),
  )
}

/** In words how many of those who answered are women. */
function genderText(own: readonly Indicator[], { t }: AskedPage): string | undefined {
  const found = own.find(({ measure, targetGroup }) => measure === 'gender' && targetGroup === 'total')
  return found && t(`results.gender.${found.part}`)
}

function highlightText({ question, rule, line }: Highlight, { t, frame }: AskedPage): { title: string; text: string } {
  const percentIn = (share: Indicator | undefined) => (share?.value === undefined ? '' : frame.percent(share.value))
  return {
    title: `${t(`results.questions.${question}`)}: ${percentIn(line.share)}`,
    text: t(`results.highlights.${rule}`, { whole: percentIn(line.whole.share), before: percentIn(line.before.share) }),
  }
}

/** Which target group tells most of what goes together with the whole: of the one with most pairs. */
function priorityOf(own: readonly Indicator[], asked: AskedPage): Views['results/municipality']['priority'] {
  const { t, frame } = asked
  const told = own.filter(({ measure }) => measure === 'association')
  const group = told.toSorted((one, other) => other.people! - one.people!)[0]?.targetGroup
  if (!group) return undefined
  const points = told
    .filter(({ targetGroup }) => targetGroup === group)
    .flatMap(({ question, value: tau }) => {
      const share = shareIn(own, group, question)
      return share?.value === undefined ? [] : [{ question: question as never, share: share.value / 100, tau: tau! }]
    })
  const picture = priorityPicture(points)
  if (!picture) return undefined
  const label = (question: string) => t(`results.label.${question}`)
  return {
    group: groupName(group, asked),
    chart: priority({
      points: picture.questions.map(({ question, share, tau }) => ({
        label: label(question),
        percent: 100 * share,
        strength: tau,
      })),
      cut: { percent: 100 * picture.share, strength: picture.tau },
      corners: {
        first: t('results.priority.first'),
        guard: t('results.priority.guard'),
        later: t('results.priority.later'),
        goOn: t('results.priority.goOn'),
      },
      ...{ up: t('results.priority.up'), along: t('results.priority.along'), percent: frame.percent },
      label: t('results.priority.label', { name: label(picture.questions[0]!.question) }),
    }),
    order: picture.questions.map(({ question, share, tau }) => ({
      ...{ question: t(`results.questions.${question}`), value: frame.percent(Math.round(100 * share)) },
      tau: new Intl.NumberFormat(t('results.intl'), { minimumFractionDigits: 2 }).format(tau),
    })),
  }
}

/** A small picture for each group that was surveyed, beside the same group in the country. */
function multiplesOf(own: readonly Indicator[], nation: readonly Indicator[], asked: AskedPage): Multiple[] {
  const { t, frame } = asked
  const groups = groupsAndTotal.slice(1).filter((group) => own.some(({ targetGroup }) => targetGroup === group))
  return groups.map((group) => {
    const { responses, rate } = participationIn(own, group)
    const people =
      responses?.people === undefined
        ? t('results.groupNote.few')
        : t('results.groupNote.people', { count: responses.people })
    return {
      title: groupName(group, asked),
      note:
        rate?.value === undefined ? people : t('results.groupNote.rate', { people, rate: frame.percent(rate.value) }),
      rows: qualityQuestions.map(({ id }) => {
        const share = shareIn(own, group, id)
        const all = shareIn(nation, group, id)
        const why = whyText(share, asked, 'whyShort')
        return {
          ...{
            label: t(`results.label.${id}`),
            value: why ? `${shareText(share, asked)} ${why}` : shareText(share, asked),
          },
          own: chartValue(share),
          ...(all?.status === 'shown' ? { nation: all.value } : {}),
        }
      }),
    }
  })
}
