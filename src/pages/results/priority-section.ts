import { type PriorityChart, priority } from '../../chart/priority.ts'
import { qualityQuestions } from '../../questionnaire/questions.ts'
import type { Indicator } from '../../results/indicator.ts'
import { firstPriorities, priorityPicture } from '../../results/priorities.ts'
import { shareIn } from '../../results/share-lines.ts'
import { listed } from './area.ts'
import { groupName } from './groups.ts'
import type { PagePicture } from './page-pictures.ts'
import type { PrioritySection } from './parts-view.ts'
import type { AskedPage } from './results-pages.ts'

/** What can go together with overall satisfaction. */
const others = qualityQuestions.filter(({ id }) => id !== 'overall')

interface Priority {
  shown?: PrioritySection
  charts: PagePicture[]
}

/** Which target group tells most of what goes together with the whole: of the one with most pairs. With its picture, where there is one. */
export function priorityOf(own: readonly Indicator[], asked: AskedPage): Priority {
  const { t, frame } = asked
  const told = own.filter(({ measure }) => measure === 'association')
  const group = told.toSorted((one, other) => other.people! - one.people!)[0]?.targetGroup
  if (!group) return { charts: [] }
  const points = told
    .filter(({ targetGroup }) => targetGroup === group)
    .flatMap(({ question, value: tau }) => {
      const share = shareIn(own, group, question)
      return share?.value === undefined ? [] : [{ question: question as never, share: share.value / 100, tau: tau! }]
    })
  const picture = priorityPicture(points)
  if (!picture) return { charts: [] }
  const label = (question: string) => t(`results.label.${question}`)
  const first = firstPriorities(picture.questions)
  const among =
    points.length < others.length ? `${t('results.findings.told', { told: points.length, all: others.length })} ` : ''
  const names = first.questions.map((question) => t(`results.short.${question}`))
  const said = t(`results.priority.found.${first.strength}`, { names: listed(names, t) })
  const finding = `${among}${said}`
  const chart: PriorityChart = {
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
    label: `${finding} ${t('results.priority.inTable')}`,
  }
  const shown = {
    ...{ finding, group: groupName(group, asked) },
    chart: priority(chart),
    order: picture.questions.map(({ question, share, tau }) => ({
      ...{ question: t(`results.questions.${question}`), value: frame.percent(Math.round(100 * share)) },
      tau: new Intl.NumberFormat(t('results.intl'), { minimumFractionDigits: 2 }).format(tau),
    })),
  }
  const saved: PagePicture = {
    ...{ name: 'priority', heading: t('results.priority.title') },
    finding,
    subtitle: t('results.priority.text', { group: shown.group }),
    chart: (width) => priority(chart, { width }),
  }
  return { shown, charts: [saved] }
}
