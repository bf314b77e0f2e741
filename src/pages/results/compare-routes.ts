import { yearBefore } from '../../actions/year-before.ts'
import { chartDefs } from '../../chart/defs.ts'
import { targetGroups } from '../../questionnaire/target-groups.ts'
import { groupsAndTotal, type Indicator, nationArea } from '../../results/indicator.ts'
import { participationIn, shareIn } from '../../results/share-lines.ts'
import { sideBySide } from '../../results/side-by-side.ts'
import { listed, marks } from './area.ts'
import { addressOf, type Comparing, choiceOf, mostCompared } from './choice.ts'
import { comparedColumn, comparedRows, differencesOf } from './compare-table.ts'
import { peerChoices, peerMeans, peersOf } from './compared-peers.ts'
import { countiesOf } from './counties.ts'
import { groupName } from './groups.ts'
import { matrixReport } from './matrix-report.ts'
import type { GroupWarning } from './matrix-view.ts'
import { inFileName } from './page-pictures.ts'
import type { AskedPage, ResultsContext, resultsPages } from './results-pages.ts'
import { savedComparison } from './saved-comparison.ts'
import { knownGroups } from './similar-municipalities.ts'

/** Up to six municipalities side by side, the means of a county and of a group, and an earlier year. */
export function compareRoutes(page: ReturnType<typeof resultsPages>, { stores }: ResultsContext): void {
  const knownOnce = knownGroups(stores)
  page('/compare', 'compare', async (asked) => {
    const { key, query, t } = asked
    const municipalities = await stores.results.listReleasedMunicipalities(key)
    const places = {
      municipalities: municipalities.map(({ area, name }) => ({ code: area, name })),
      counties: await countiesOf(stores, municipalities),
    }
    const groups = await knownOnce()
    const years = [...asked.readable.keys()].filter((year) => year < asked.year).sort((one, other) => other - one)
    const peers = peerChoices(groups, asked)
    const choice = choiceOf(query, { ...places, peers, years })
    const { county, group, before } = choice
    const codes = peersOf(choice, groups)
    const areas = [
      nationArea,
      ...codes,
      ...[...choice.municipalities, ...(county ? [county] : [])].map(({ code }) => code),
    ]
    const wanted = { areas, measures: ['positive', 'responses', 'rate', 'offered'] } as const
    const told = await stores.results.listIndicators(key, wanted)
    const earlier =
      before === undefined
        ? undefined
        : await yearBefore(stores, key, { year: before, release: asked.readable.get(before)! })
    const { each, means } = comparedAreas(choice, codes, told)
    const then = comparedAreas(choice, codes, (await earlier?.list(wanted)) ?? [])
    const [first] = each
    const { sides, compared, sure } = sideBySide([
      ...each.map(({ own }) => ({ own, targetGroup: group, against: own === first?.own ? undefined : first?.own })),
      ...means.map(({ own }) => ({ own, targetGroup: group })),
    ])
    const columns = [...each, ...means].map(({ name, own }, at) => ({
      ...comparedColumn(participationIn(own, group), asked),
      ...{ name, isFirst: at === 0 && each.length > 0, isMean: at >= each.length },
    }))
    const beforeOf = (nth: number, question: string) =>
      before === undefined
        ? undefined
        : { year: before, share: shareIn([...then.each, ...then.means][nth]!.own, group, question) }
    const nation = told.filter(({ level }) => level === 'nation')
    const nationOf = (question: string) => shareIn(nation, group, question)
    const heading = headingOf({ first: first?.name, compared, sure, of: each.length }, asked)
    const caption = t('results.compare.caption', {
      year: String(asked.year),
      group: groupName(group, asked).toLowerCase(),
    })
    return {
      view: 'results/compare',
      title: t('results.compare.title', { year: String(asked.year) }),
      files:
        each.length === 0
          ? undefined
          : {
              of: each.map(({ name }) => inFileName(name)).join('-'),
              report: async () =>
                matrixReport(
                  {
                    ...{
                      title: `${listed(
                        columns.map(({ name }) => name),
                        t,
                      )} ${asked.year}`,
                      groups: [group],
                      findings: [heading],
                    },
                    kind: t('results.files.municipality'),
                    rows: [...each, ...means].map(({ name, own }) => ({ id: own[0]?.area ?? '', name, own })),
                  },
                  asked,
                ),
            },
      pictures: savedComparison({ sides, columns, nationOf, beforeOf, before, heading, caption }, asked),
      data: {
        choice: { ...chosenOf(choice, asked), before, peers: choice.peers?.code },
        ...{ ...places, peers, years },
        groups: groupsAndTotal.map((code) => ({ code, name: groupName(code, asked) })),
        release: typeof query.release === 'string' ? query.release : undefined,
        problems: problemsOf(choice, asked),
        ...{ heading, caption },
        differences: differencesOf(sides.slice(0, each.length), columns, asked),
        columns,
        rows: comparedRows(sides, columns, { nationOf, beforeOf }, asked),
        warning: group === 'total' ? warningOf(each, choice, asked) : undefined,
        defs: chartDefs(),
        marks,
      },
    }
  })
}

/** What is told of each municipality and of the means, in the order of their columns. */
function comparedAreas(
  { municipalities, county, peers, group }: Comparing,
  codes: string[],
  told: readonly Indicator[],
) {
  const of = (level: Indicator['level'], area: string) => told.filter((one) => one.level === level && one.area === area)
  return {
    each: municipalities.map(({ code, name }) => ({ name, own: of('municipality', code) })),
    means: [
      ...(county ? [{ name: county.name, own: of('county', county.code) }] : []),
      ...(peers ? [{ name: peers.name, own: peerMeans(codes, told, group) }] : []),
    ],
  }
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
