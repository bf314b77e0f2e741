import { chartDefs } from '../../chart/defs.ts'
import { targetGroups } from '../../questionnaire/target-groups.ts'
import { groupsAndTotal, type Indicator, nationArea } from '../../results/indicator.ts'
import { participationIn, shareIn } from '../../results/share-lines.ts'
import { sideBySide } from '../../results/side-by-side.ts'
import { listed, marks } from './area.ts'
import { addressOf, type Comparing, choiceOf, mostCompared } from './choice.ts'
import { comparedColumn, comparedRows, differencesOf } from './compare-table.ts'
import { countiesOf } from './counties.ts'
import { groupName } from './groups.ts'
import type { GroupWarning } from './matrix-view.ts'
import type { AskedPage, ResultsContext, resultsPages } from './results-pages.ts'
import { savedComparison } from './saved-comparison.ts'

/** Up to six municipalities side by side, and the mean of a county. */
export function compareRoutes(page: ReturnType<typeof resultsPages>, { stores }: ResultsContext): void {
  page('/compare', 'compare', async (asked) => {
    const { key, query, t } = asked
    const municipalities = await stores.results.listReleasedMunicipalities(key)
    const places = {
      municipalities: municipalities.map(({ area, name }) => ({ code: area, name })),
      counties: await countiesOf(stores, municipalities),
    }
    const choice = choiceOf(query, places)
    const { county, group } = choice
    const areas = [nationArea, ...[...choice.municipalities, ...(county ? [county] : [])].map(({ code }) => code)]
    const told = await stores.results.listIndicators(key, {
      areas,
      measures: ['positive', 'responses', 'rate', 'offered'],
    })
    const of = (level: Indicator['level'], area: string) =>
      told.filter((one) => one.level === level && one.area === area)
    const each = choice.municipalities.map(({ code, name }) => ({ name, own: of('municipality', code) }))
    const mean = county && { name: county.name, own: of('county', county.code) }
    const [first] = each
    const { sides, compared, sure } = sideBySide([
      ...each.map(({ own }) => ({ own, targetGroup: group, against: own === first?.own ? undefined : first?.own })),
      ...(mean ? [{ own: mean.own, targetGroup: group }] : []),
    ])
    const columns = [...each, ...(mean ? [mean] : [])].map(({ name, own }, at) => ({
      ...comparedColumn(participationIn(own, group), asked),
      ...{ name, isFirst: at === 0 && each.length > 0, isMean: own === mean?.own },
    }))
    const nation = of('nation', nationArea)
    const nationOf = (question: string) => shareIn(nation, group, question)
    const heading = headingOf({ first: first?.name, compared, sure, of: each.length }, asked)
    const caption = t('results.compare.caption', {
      year: String(asked.year),
      group: groupName(group, asked).toLowerCase(),
    })
    return {
      view: 'results/compare',
      title: t('results.compare.title', { year: String(asked.year) }),
      pictures: savedComparison({ sides, columns, nationOf, heading, caption }, asked),
      data: {
        choice: chosenOf(choice, asked),
        ...places,
        groups: groupsAndTotal.map((code) => ({ code, name: groupName(code, asked) })),
        release: typeof query.release === 'string' ? query.release : undefined,
        problems: problemsOf(choice, asked),
        ...{ heading, caption },
        differences: differencesOf(sides.slice(0, each.length), columns, asked),
        columns,
        rows: comparedRows(sides, columns, nationOf, asked),
        warning: group === 'total' ? warningOf(each, choice, asked) : undefined,
        defs: chartDefs(),
        marks,
      },
    }
  })
}

function chosenOf(choice: Comparing, { frame }: Pick<AskedPage, 'frame'>) {
  const { municipalities, county, group } = choice
  return {
    municipalities: municipalities.map((one) => ({
      ...one,
      without: addressOf(frame, { ...choice, municipalities: municipalities.filter((other) => other !== one) }),
    })),
    county: county?.code,
    group,
    mayAdd: municipalities.length < mostCompared,
  }
}

function problemsOf({ unknown, isTooMany }: Comparing, { t }: Pick<AskedPage, 't'>): { text: string }[] {
  const texts = unknown.map((name) => t('results.compare.unknown', { name }))
  return [...texts, ...(isTooMany ? [t('results.compare.tooMany', { most: mostCompared })] : [])].map((text) => ({
    text,
  }))
}

/** How many sure differences there are, of how many that could be found. */
function headingOf(
  { first, of, compared, sure }: { first?: string; of: number; compared: number; sure: number },
  { t }: Pick<AskedPage, 't'>,
): string {
  if (!first) return t('results.compare.chooseFirst')
  if (of === 1) return t('results.compare.chooseMore', { name: first })
  if (compared === 0) return t('results.compare.nothing')
  if (sure === 0) return t('results.compare.none', { name: first, count: compared })
  return t('results.compare.sure', { name: first, count: sure, compared })
}

/** Where not all have asked the same groups, all together are not the same people: which are missing where, and which all have. */
function warningOf(each: readonly { name: string; own: readonly Indicator[] }[], choice: Comparing, asked: AskedPage) {
  const { t, frame } = asked
  const surveyed = each.map(({ own }) =>
    targetGroups.filter((group) => own.some(({ targetGroup }) => targetGroup === group)),
  )
  const anywhere = targetGroups.filter((group) => surveyed.some((groups) => groups.includes(group)))
  const everywhere = anywhere.filter((group) => surveyed.every((groups) => groups.includes(group)))
  if (anywhere.length === everywhere.length) return undefined
  const texts = each.flatMap(({ name }, at) => {
    const missing = anywhere.filter((group) => !surveyed[at]!.includes(group))
    const groups = listed(
      missing.map((group) => groupName(group, asked).toLowerCase()),
      t,
    )
    return missing.length > 0 ? [{ text: t('results.compare.missing', { name, groups }) }] : []
  })
  const links = everywhere.map((group) => ({
    name: groupName(group, asked),
    href: addressOf(frame, { ...choice, group }),
  }))
  return { texts, links } satisfies GroupWarning
}
