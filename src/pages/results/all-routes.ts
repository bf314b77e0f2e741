import { chartDefs } from '../../chart/defs.ts'
import { keyMark } from '../../chart/key-mark.ts'
import { quarterKinds, quarterMark } from '../../chart/quarter-mark.ts'
import { shareAxis } from '../../chart/scale.ts'
import { qualityQuestions } from '../../questionnaire/questions.ts'
import { groupsAndTotal, type Indicator, nationArea } from '../../results/indicator.ts'
import { percentOf } from '../../results/mean-indicators.ts'
import { pageOf } from './all-pages.ts'
import { type AllQuery, addressOfAll, allQuery, type Sort, sortedBy } from './all-query.ts'
import { allRow, foundIn, toldByArea } from './all-rows.ts'
import type { QueryChoice, SortHead } from './all-view.ts'
import type { Named } from './choice.ts'
import { countiesOf } from './counties.ts'
import { groupName } from './groups.ts'
import type { AskedPage, ResultsContext, resultsPages } from './results-pages.ts'
import { savedMunicipalities } from './saved-municipalities.ts'

/** All municipalities of a year in one table, by name: one question with its picture, the six others as numbers. */
export function allRoutes(page: ReturnType<typeof resultsPages>, { stores }: ResultsContext): void {
  page('/municipalities', 'municipalities', async (asked) => {
    const { key, t, frame } = asked
    const areas = await stores.results.listReleasedMunicipalities(key)
    const counties = await countiesOf(stores, areas)
    const query = allQuery(
      asked.query,
      counties.map(({ code }) => code),
    )
    const { question, group } = query
    const ofGroup = { targetGroups: [group], genders: ['all'] } as const
    const indicators = await stores.results.listIndicators(key, {
      ...{ levels: ['municipality'], measures: ['positive', 'responses', 'offered', 'rate'], ...ofGroup },
    })
    const above = await stores.results.listIndicators(key, {
      ...{ levels: ['nation', 'mean', 'county'], measures: ['positive'], questions: [question], ...ofGroup },
    })
    const shareOf = (level: Indicator['level'], area: string) =>
      above.find((one) => one.level === level && one.area === area)
    const [nation, mean] = [shareOf('nation', nationArea), shareOf('mean', nationArea)]
    const nationPercent = nation?.status === 'shown' ? percentOf(nation) : undefined
    const all = toldByArea(areas, indicators, query)
    const found = foundIn(all, query)
    const placed = all.filter(({ quarters }) => quarters.get(question) !== undefined).length
    const quarterText = placed < all.length ? 'quarterOf' : 'quarter'
    const chosenCounty = counties.find(({ code }) => code === query.county)
    const link = (other: AllQuery) => frame.to(addressOfAll(other))
    const { shown, pages } = pageOf(found, query, link)
    return {
      view: 'results/all',
      title: t('results.all.title', { year: String(asked.year) }),
      pictures: savedMunicipalities(
        found,
        {
          ...{ question, group, county: chosenCounty?.name, nation: nationPercent },
          mean: chosenCounty ? shareOf('county', chosenCounty.code) : mean,
        },
        asked,
      ),
      data: {
        ...{ name: query.name, total: areas.length, found: found.length },
        question: t(`results.questions.${question}`),
        group: groupName(group, asked),
        choices: choicesOf(query, counties, asked),
        heads: headsOf(query, link, t),
        others: qualityQuestions
          .filter(({ id }) => id !== question)
          .map(({ id }) => ({ name: t(`results.label.${id}`), href: link({ ...query, question: id }) })),
        everything: link({ ...query, name: '', county: '', page: 1 }),
        rows: shown.map((area) => allRow(area, query, nationPercent, asked)),
        pages,
        key: [
          ...(placed > 0
            ? quarterKinds.map((kind) => ({
                mark: quarterMark(kind),
                text: t(`results.all.${quarterText}.${kind}`, { told: placed }),
              }))
            : []),
          { mark: keyMark('own-interval'), text: t('results.all.own') },
          ...(nationPercent === undefined
            ? []
            : [{ mark: keyMark('nation'), text: `${t('results.nation.name')} ${frame.percent(nationPercent)}` }]),
          { mark: keyMark('withheld'), text: t('results.all.withheld') },
        ],
        ...(mean ? { mean: { value: frame.percent(mean.value!), count: mean.people! } } : {}),
        counties: counties.flatMap(({ code, name }) => {
          const share = shareOf('county', code)
          const href = link({ ...query, name: '', county: code, page: 1 })
          return share ? [{ name, href, value: frame.percent(share.value!), count: share.people! }] : []
        }),
        ...{ axis: shareAxis(frame.percent), defs: chartDefs() },
      },
    }
  })
}

/** What can be chosen above the table. */
function choicesOf(query: AllQuery, counties: readonly Named[], words: AskedPage) {
  const { t } = words
  const choice = (chosen: string, value: string, text: string): QueryChoice => ({
    value,
    text,
    isChosen: value === chosen,
  })
  return {
    question: qualityQuestions.map(({ id }) => choice(query.question, id, t(`results.questions.${id}`))),
    group: groupsAndTotal.map((group) => choice(query.group, group, groupName(group, words))),
    county: [
      choice(query.county, '', t('results.all.everyCounty')),
      ...counties.map(({ code, name }) => choice(query.county, code, name)),
    ],
  }
}

/** The heads by which the table can be sorted. */
function headsOf(query: AllQuery, link: (query: AllQuery) => string, t: AskedPage['t']): Record<Sort, SortHead> {
  const head = (sort: Sort): SortHead => ({
    text: t(`results.all.${sort}`),
    href: link(sortedBy(query, sort)),
    ...(query.sort === sort ? { sorted: query.isFalling ? 'descending' : 'ascending' } : {}),
  })
  return { name: head('name'), value: head('value'), people: head('people') }
}
