import { channels } from '../../invitation/disposition.ts'
import { groupsAndTotal, type Indicator } from '../../results/indicator.ts'
import { type ReleaseHistory, releaseHistory } from '../../results/release-history.ts'
import { participationIn } from '../../results/share-lines.ts'
import { listed, whyText } from './area.ts'
import { codebook, codebookQuestions } from './codebook.ts'
import { groupName } from './groups.ts'
import type { AskedPage, ResultsContext, resultsPages } from './results-pages.ts'
import { ruleNumbers } from './rule-numbers.ts'

/** What the figures mean, which are told, how sure they are, and what has become of them. */
export function aboutRoutes(page: ReturnType<typeof resultsPages>, { stores, clock }: ResultsContext): void {
  page('/about', 'about', async (asked) => {
    const { key, reader, t } = asked
    const releases = await stores.results.listReleases(key.roundId)
    const told = await stores.results.listIndicators(key, {
      levels: ['nation', 'municipality'],
      measures: ['responses', 'offered', 'rate'],
    })
    return {
      view: 'results/about',
      title: t('results.about.title', { year: String(asked.year) }),
      data: {
        numbers: ruleNumbers,
        history: releaseHistory(releases, reader, clock()).map((one) => written(one, asked)),
        ...coverageOf(told, asked),
        channels: listed(
          channels.map((channel) => t(`staff.words.channels.${channel}`).toLowerCase()),
          t,
        ),
        questions: codebookQuestions(asked),
        codebook: codebook(asked),
      },
    }
  })
}

function written({ number, madeAt, publishedAt, reason, withdrawn }: ReleaseHistory, { t, frame }: AskedPage) {
  const texts = [
    t('results.about.history.made', { time: frame.time(madeAt) }),
    ...(publishedAt ? [t('results.about.history.published', { time: frame.time(publishedAt) })] : []),
    ...(reason ? [t('results.corrected', { reason })] : []),
    ...(withdrawn
      ? [t('results.about.history.withdrawn', { time: frame.time(withdrawn.since), reason: withdrawn.reason })]
      : []),
  ]
  return { number, lines: texts.map((text) => ({ text })) }
}

/** Who took part: how many municipalities in each target group, how many answered and were offered the survey in the country. */
function coverageOf(told: readonly Indicator[], { t, frame }: AskedPage) {
  const number = new Intl.NumberFormat(t('results.intl'))
  const nation = told.filter(({ level }) => level === 'nation')
  const municipalities = told.filter(({ level, measure }) => level === 'municipality' && measure === 'responses')
  const coverage = groupsAndTotal.flatMap((group) => {
    const count = new Set(municipalities.filter(({ targetGroup }) => targetGroup === group).map(({ area }) => area))
      .size
    return count === 0 ? [] : [{ text: t('results.about.coverage', { count, group: groupName(group, { t }) }) }]
  })
  const text = (one: Indicator | undefined, write: (value: number) => string) =>
    one?.value === undefined
      ? `${t(`results.status.${one?.status ?? 'nobody'}`)} ${one ? (whyText(one, { t }, 'whyShort') ?? '') : ''}`.trim()
      : write(one.value)
  const groups = groupsAndTotal
    .filter((group) => nation.some(({ targetGroup }) => targetGroup === group))
    .map((group) => {
      const { responses, offered, rate } = participationIn(nation, group)
      return {
        name: groupName(group, { t }),
        responses: text(responses, number.format),
        offered: text(offered, number.format),
        rate: text(rate, frame.percent),
      }
    })
  return { coverage, groups }
}
