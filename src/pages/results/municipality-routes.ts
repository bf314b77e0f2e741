import { chartDefs } from '../../chart/defs.ts'
import { shareAxis } from '../../chart/scale.ts'
import { smallMultiples } from '../../chart/small-multiples.ts'
import { nationArea } from '../../results/indicator.ts'
import { maySeeUnits } from '../../results/readers.ts'
import { shareIn, shareLines } from '../../results/share-lines.ts'
import { absentMunicipality } from './absent.ts'
import { marks, questionRows } from './area.ts'
import { areaReport } from './area-report.ts'
import { extremesText, findingsOf, groupsAgainstText, spanText } from './findings.ts'
import { genderText } from './gender-text.ts'
import { largeFigures } from './large-figures.ts'
import { groupsTold, multiplesOf, savedMultiples } from './municipality-groups.ts'
import { municipalityHighlights } from './municipality-highlights.ts'
import { municipalityYears } from './municipality-years.ts'
import { inFileName } from './page-pictures.ts'
import { priorityOf } from './priority-section.ts'
import type { ResultsContext, resultsPages } from './results-pages.ts'
import { savedShares } from './saved-shares.ts'
import { knownGroups, similarMunicipalities } from './similar-municipalities.ts'

/** How a municipality answered, beside the country and the year before. */
export function municipalityRoutes(page: ReturnType<typeof resultsPages>, context: ResultsContext): void {
  const { stores } = context
  const groups = knownGroups(stores)
  page('/:municipality(^\\d{4}$)', 'municipalities', async (asked) => {
    const { key, before, t, frame, params } = asked
    const code = params.municipality!
    const municipalities = await stores.results.listReleasedMunicipalities(key)
    const name = municipalities.find(({ area }) => area === code)?.name
    if (name === undefined) return absentMunicipality(code, asked, stores)

    const of = { levels: ['municipality'], areas: [code] } as const
    const own = await stores.results.listIndicators(key, of)
    const nation = await stores.results.listIndicators(key, { levels: ['nation'], areas: [nationArea] })
    const all = await stores.results.listIndicators(key, {
      ...{ levels: ['municipality'], measures: ['positive'], targetGroups: ['total'], genders: ['all'] },
    })
    const last = await before?.list(of)
    const hasLast = last !== undefined && last.length > 0
    const similar = await similarMunicipalities({ name, municipalities, groups: await groups() }, asked, context)
    const lines = shareLines({ own, whole: nation, before: last, similar: similar.own, targetGroup: 'total' })
    const hasSimilar = lines.some((line) => line.similar.share !== undefined)
    const names = {
      ...{ whole: t('results.municipality.nation'), before: hasLast ? String(asked.year - 1) : undefined },
      similar: hasSimilar ? t('results.similar.name') : undefined,
    }
    const highlights = municipalityHighlights({ code, lines, all, municipalities: municipalities.length }, asked)
    const findings = [...extremesText(lines, asked), ...findingsOf(lines, asked, names)]
    const sevenFinding = spanText(lines, asked, 'questions')
    const priority = priorityOf(own, asked)
    const multiples = multiplesOf(own, (group, question) => shareIn(nation, group, question), asked)
    const title = `${name} ${asked.year}`
    const groupsFinding = groupsAgainstText(own, nation, asked)
    const series = await municipalityYears({ code, name, lines }, asked, context)
    return {
      view: 'results/municipality',
      title,
      pictures: {
        ...{ of: inFileName(name), title },
        charts: [
          ...savedShares(lines, asked, {
            ...{ name: 'questions', heading: t('results.seven'), finding: findings.join(' ') || sevenFinding },
            ...{ subtitle: t('results.municipality.caption', { name }), names: { own: title, ...names } },
          }),
          ...series.charts,
          ...priority.charts,
          ...savedMultiples(multiples, { own: title, whole: t('results.groups.same'), finding: groupsFinding }, asked),
        ],
      },
      files: {
        of: inFileName(name),
        report: async () =>
          areaReport(
            {
              ...{ title, own, areas: new Map([[code, name]]) },
              whole: { name: t('results.municipality.nation'), indicators: nation },
              before: hasLast ? { name: String(asked.year - 1), indicators: last } : undefined,
            },
            asked,
          ),
      },
      data: {
        ...{
          name,
          code,
          names,
          similar: hasSimilar ? similar.text : similar.untold,
          gender: genderText(own, 'total', asked),
        },
        findings: [...findings, ...groupsTold(lines, multiples, asked)].map((text) => ({ text })),
        figures: largeFigures(own, 'total', asked),
        rows: questionRows(lines, asked, names),
        ...highlights,
        ...{ sevenFinding, groupsFinding, years: series.years },
        priority: priority.shown,
        isKept: multiples.some(({ isKept }) => isKept),
        groups: multiples.length > 0 ? smallMultiples(multiples) : '',
        hasUnits: maySeeUnits(asked.reader, code),
        ...{ axis: shareAxis(frame.percent), defs: chartDefs(), marks },
      },
    }
  })
}
