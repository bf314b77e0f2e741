import { chartDefs } from '../../chart/defs.ts'
import { shareAxis } from '../../chart/scale.ts'
import { smallMultiples } from '../../chart/small-multiples.ts'
import { nationArea } from '../../results/indicator.ts'
import { groupLines, shareIn, shareLines } from '../../results/share-lines.ts'
import { amongMunicipalities } from './among-municipalities.ts'
import { marks, questionRows } from './area.ts'
import { areaReport } from './area-report.ts'
import { extremesText, findingsOf, groupHighestText, spanText } from './findings.ts'
import { groupHead, lowerName } from './groups.ts'
import { largeFigures } from './large-figures.ts'
import { groupsTold, multiplesOf, savedMultiples } from './municipality-groups.ts'
import { priorityOf } from './priority-section.ts'
import type { ResultsContext, resultsPages } from './results-pages.ts'
import { savedShares } from './saved-shares.ts'
import { spokenLanguages } from './spoken-languages.ts'
import { genderSection, savedGenders } from './women-men.ts'

/** How the country answered, in one screen and in figures. */
export function nationRoutes(page: ReturnType<typeof resultsPages>, { stores }: ResultsContext): void {
  page('', 'nation', async (asked) => {
    const { key, before, t, frame } = asked
    const of = { levels: ['nation'], areas: [nationArea] } as const
    const own = await stores.results.listIndicators(key, of)
    const last = await before?.list(of)
    const lines = shareLines({ own, before: last, targetGroup: 'total' })
    const released = await stores.results.listReleasedMunicipalities(key)
    const municipalities = released.map(({ area, name }) => ({ code: area, name }))
    const hasLast = last !== undefined && last.length > 0
    const names = { before: hasLast ? String(asked.year - 1) : undefined }
    const findings = [...extremesText(lines, asked), ...findingsOf(lines, asked, names)]
    const sevenFinding = spanText(lines, asked, 'questions')
    const figures = [
      ...largeFigures(own, 'total', asked),
      {
        value: String(municipalities.length),
        text: t('results.large.municipalities', { count: municipalities.length }),
      },
    ]
    const year = String(asked.year)
    const multiples = multiplesOf(own, (_, question) => shareIn(own, 'total', question), asked)
    const linked = multiples.map((one) => ({ ...one, href: frame.to(`/groups/${one.group}`) }))
    const ofOverall = { measures: ['positive'], questions: ['overall'], genders: ['all'] } as const
    const mean = await stores.results.listIndicators(key, { ...ofOverall, levels: ['mean'], areas: [nationArea] })
    const shares = await stores.results.listIndicators(key, {
      ...{ ...ofOverall, levels: ['municipality'], targetGroups: ['total'] },
    })
    const { among, charts } = amongMunicipalities(
      { question: 'overall', group: 'total', told: [...own, ...mean], shares, municipalities: released, asked: {} },
      asked,
    )
    const priority = priorityOf(own, asked)
    const groupsFinding = groupHighestText(own, asked)
    const ofGroups = groupLines({ own, before: last, question: 'overall' })
    const ofGenders = { headOf: groupHead, nameOf: lowerName(asked) }
    return {
      view: 'results/nation',
      title: t('results.nation.title', { year }),
      pictures: {
        ...{ of: 'nation', title: t('results.nation.title', { year }) },
        charts: [
          ...savedShares(lines, asked, {
            ...{ name: 'questions', heading: t('results.seven'), finding: findings.join(' ') || sevenFinding },
            ...{ subtitle: t('results.nation.caption'), names: { own: year, ...names } },
          }),
          ...savedMultiples(
            multiples,
            { own: t('results.nation.group'), whole: t('results.question.whole'), finding: groupsFinding },
            asked,
          ),
          ...savedGenders(ofGroups, own, asked, ofGenders),
          ...charts,
          ...priority.charts,
        ],
      },
      files: {
        of: 'nation',
        report: async () =>
          areaReport(
            {
              ...{
                title: t('results.nation.title', { year }),
                own,
                areas: new Map([[nationArea, t('results.nation.name')]]),
              },
              before: hasLast ? { name: String(asked.year - 1), indicators: last } : undefined,
            },
            asked,
          ),
      },
      data: {
        ...{ sevenFinding, groupsFinding, priority: priority.shown, spoken: spokenLanguages(own, asked) },
        findings: [...findings, ...groupsTold(lines, multiples, asked)].map((text) => ({ text })),
        isKept: multiples.some(({ isKept }) => isKept),
        groups: multiples.length > 0 ? smallMultiples(linked) : '',
        gender: lines.length > 0 ? genderSection(ofGroups, own, asked, ofGenders) : { finding: '', rows: [] },
        ...{ among, figures, municipalities, rows: questionRows(lines, asked, names) },
        ...{ axis: shareAxis(frame.percent), defs: chartDefs(), marks },
      },
    }
  })
}
