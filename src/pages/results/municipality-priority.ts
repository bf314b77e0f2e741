import { type PriorityChart, priority } from '../../chart/priority.ts'
import type { Indicator } from '../../results/indicator.ts'
import { priorityPicture } from '../../results/priorities.ts'
import { shareIn } from '../../results/share-lines.ts'
import { groupName } from './groups.ts'
import type { PagePicture } from './page-pictures.ts'
import type { AskedPage } from './results-pages.ts'
import type { Views } from './views.ts'

interface Priority {
  shown?: Views['results/municipality']['priority']
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
  const first = label(picture.questions[0]!.question)
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
    label: t('results.priority.label', { name: first }),
  }
  const shown = {
    group: groupName(group, asked),
    chart: priority(chart),
    order: picture.questions.map(({ question, share, tau }) => ({
      ...{ question: t(`results.questions.${question}`), value: frame.percent(Math.round(100 * share)) },
      tau: new Intl.NumberFormat(t('results.intl'), { minimumFractionDigits: 2 }).format(tau),
    })),
  }
  const saved: PagePicture = {
    ...{ name: 'priority', heading: t('results.priority.title') },
    finding: t('results.pictures.priority', { name: first }),
    subtitle: t('results.priority.text', { group: shown.group }),
    chart: (width) => priority(chart, { width }),
  }
  return { shown, charts: [saved] }
}
