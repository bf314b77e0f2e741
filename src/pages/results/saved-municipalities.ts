import type { Indicator } from '../../results/indicator.ts'
import type { AllQuery } from './all-query.ts'
import { type AreaTold, dotRowOf } from './all-rows.ts'
import { groupName } from './groups.ts'
import { inFileName, type PagePictures } from './page-pictures.ts'
import type { AskedPage } from './results-pages.ts'
import { savedAxis, savedKey, savedRow } from './saved-shares.ts'

/** No county has as many municipalities; of more, the picture would be too high to be read, and a question's own page has them as dots. */
const mostRows = 60

interface Asked extends Pick<AllQuery, 'question' | 'group'> {
  /** The name of the one that is chosen. */
  county?: string
  /** The nation's share in whole per cent, where it is told. */
  nation?: number
  /** Of the municipalities of the county, or of all. */
  mean?: Indicator
}

/** The municipalities that were found as a picture; none where they are too many, or nobody. */
export function savedMunicipalities(
  found: readonly AreaTold[],
  { county, nation, mean, ...of }: Asked,
  words: AskedPage,
): PagePictures | undefined {
  if (found.length === 0 || found.length > mostRows) return undefined
  const { t, year, frame } = words
  const names = { question: t(`results.questions.${of.question}`), group: groupName(of.group, words) }
  const whole = nation === undefined ? undefined : `${t('results.nation.name')} ${frame.percent(nation)}`
  return {
    of: [of.question, ...(county ? [inFileName(county)] : [])].join('-'),
    title: county ? `${county} ${year}` : t('results.all.title', { year: String(year) }),
    charts: [
      {
        ...{ name: 'municipalities', heading: t('results.menu.municipalities') },
        finding: mean ? t('results.all.mean', { ...names, mean: frame.percent(mean.value!), count: mean.people! }) : '',
        subtitle: t('results.all.caption', names),
        key: savedKey({ own: t('results.all.own'), whole }),
        chart: {
          axis: savedAxis(words),
          rows: found.map((area) =>
            savedRow(area.name, area.shares.get(of.question), dotRowOf(area, of, nation), words, 'slim'),
          ),
        },
      },
    ],
  }
}
