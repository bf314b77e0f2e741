import { chartDefs } from '../../chart/defs.ts'
import { shareAxis } from '../../chart/scale.ts'
import { isTargetGroup, targetGroups } from '../../questionnaire/target-groups.ts'
import { nationArea } from '../../results/indicator.ts'
import { type ShareLine, shareLines } from '../../results/share-lines.ts'
import { marks, questionHead, questionRows } from './area.ts'
import { extremesText, findingsOf, spanText } from './findings.ts'
import { genderText } from './gender-text.ts'
import { groupName } from './groups.ts'
import { largeFigures, participationFigures } from './large-figures.ts'
import { priorityOf } from './priority-section.ts'
import type { ResultsContext, resultsPages } from './results-pages.ts'
import { savedShares } from './saved-shares.ts'
import { genderSection, savedGenders } from './women-men.ts'

/** One target group of the country: the seven questions beside all groups and the year before, women and men, and who answered. */
export function groupRoutes(page: ReturnType<typeof resultsPages>, { stores }: ResultsContext): void {
  page('/groups/:group', 'nation', async (asked) => {
    const { group = '' } = asked.params
    if (!isTargetGroup(group)) return undefined
    const { key, before, t, frame } = asked
    const of = { levels: ['nation'], areas: [nationArea] } as const
    const own = await stores.results.listIndicators(key, of)
    const last = await before?.list(of)
    const lines = shareLines({ own, whole: own, wholeGroup: 'total', before: last, targetGroup: group })
    const names = {
      whole: t('results.question.whole'),
      before: last && last.length > 0 ? String(asked.year - 1) : undefined,
    }
    const isSurveyed = lines.some(({ share }) => share !== undefined)
    const sure = () => findingsOf(lines, asked, { ...names, whole: t('results.question.all') })
    const findings = isSurveyed ? [...extremesText(lines, asked), ...sure()] : []
    const sevenFinding = isSurveyed ? spanText(lines, asked, 'questions') : ''
    const [title, year] = [groupName(group, asked), String(asked.year)]
    const priority = priorityOf(
      own.filter(({ targetGroup }) => targetGroup === group),
      asked,
    )
    const ofGenders = {
      headOf: questionHead,
      nameOf: ({ question }: ShareLine) => t(`results.short.${question}`),
    }
    return {
      view: 'results/group',
      title: `${title} ${year}`,
      pictures: {
        ...{ of: group.replaceAll('_', '-'), title: `${title} ${year}` },
        charts: [
          ...savedShares(lines, asked, {
            ...{ name: 'questions', heading: t('results.seven'), finding: findings.join(' ') || sevenFinding },
            ...{ subtitle: t('results.group.caption'), names: { own: year, ...names } },
          }),
          ...savedGenders(lines, own, asked, ofGenders),
          ...priority.charts,
        ],
      },
      data: {
        ...{ isSurveyed, findings, sevenFinding },
        tabs: targetGroups.map((id) => ({
          text: groupName(id, asked),
          href: frame.to(`/groups/${id}`),
          isCurrent: id === group,
        })),
        figures: largeFigures(own, group, asked),
        participation: participationFigures(own, group, asked),
        ...{ names, rows: questionRows(lines, asked, names) },
        priority: priority.shown,
        gender: genderSection(lines, own, asked, ofGenders),
        genders: genderText(own, group, asked),
        ...{ marks, axis: shareAxis(frame.percent), defs: chartDefs() },
      },
    }
  })
}
