import type { Group } from '../../catalogue/kpis.ts'
import { otherGroups, similarTo } from '../../catalogue/similar.ts'
import { qualityQuestions } from '../../questionnaire/questions.ts'
import type { GroupOrTotal, Indicator } from '../../results/indicator.ts'
import { shareIn } from '../../results/share-lines.ts'
import { similarMean } from '../../results/similar-mean.ts'
import { type Comparing, type Named, similar } from './choice.ts'
import type { AskedPage } from './results-pages.ts'

/** The groups of municipalities that can be chosen: those that are like the first, then all others by the names that the catalogue has. */
export const peerChoices = (groups: readonly Group[], { t }: Pick<AskedPage, 't'>): Named[] => [
  { code: similar, name: t('results.compare.similar') },
  ...otherGroups(groups).map(({ id, title }) => ({ code: id, name: title })),
]

/** The codes of the municipalities in the chosen group; none where none is chosen. */
export function peersOf({ peers, municipalities }: Comparing, groups: readonly Group[]): string[] {
  const [first] = municipalities
  if (!peers) return []
  if (peers.code === similar) return (first && similarTo(groups, first.name)?.codes) ?? []
  return groups.find(({ id }) => id === peers.code)!.members.map(({ id }) => id)
}

/** The means of a group of municipalities as an area tells its shares. @param told of all its municipalities */
export function peerMeans(
  codes: readonly string[],
  told: readonly Indicator[],
  targetGroup: GroupOrTotal,
): Indicator[] {
  const each = codes.map((code) => told.filter(({ level, area }) => level === 'municipality' && area === code))
  return qualityQuestions.flatMap(({ id }) => similarMean(each.map((own) => shareIn(own, targetGroup, id))) ?? [])
}
