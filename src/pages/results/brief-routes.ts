import { briefOf } from '../../results/brief.ts'
import type { BriefGround, BriefSentence, BriefValue } from '../../results/brief-rule.ts'
import { nationArea } from '../../results/indicator.ts'
import { absentMunicipality } from './absent.ts'
import { listed } from './area.ts'
import { lowerName } from './groups.ts'
import type { AskedPage, ResultsContext, resultsPages } from './results-pages.ts'

/** The year in some sentences, of the nation and of each municipality, with how each was found. */
export function briefRoutes(page: ReturnType<typeof resultsPages>, { stores }: ResultsContext): void {
  page('/brief', 'nation', async (asked) => {
    const of = { levels: ['nation'], areas: [nationArea] } as const
    const own = await stores.results.listIndicators(asked.key, of)
    const before = await asked.before?.list(of)
    const municipalities = (await stores.results.listReleasedMunicipalities(asked.key)).length
    return briefPage({ own, before, municipalities }, { name: asked.t('results.nation.name'), path: '' }, asked)
  })

  page('/:municipality(^\\d{4}$)/brief', 'municipalities', async (asked) => {
    const code = asked.params.municipality!
    const municipalities = await stores.results.listReleasedMunicipalities(asked.key)
    const name = municipalities.find(({ area }) => area === code)?.name
    if (name === undefined) return absentMunicipality(code, asked, stores)
    const of = { levels: ['municipality'], areas: [code] } as const
    const own = await stores.results.listIndicators(asked.key, of)
    const nation = await stores.results.listIndicators(asked.key, { levels: ['nation'], areas: [nationArea] })
    const last = await asked.before?.list(of)
    const before = last && last.length > 0 ? last : undefined
    return briefPage({ own, nation, before }, { name, path: `/${code}` }, asked)
  })
}

function briefPage(ground: BriefGround, { name, path }: { name: string; path: string }, asked: AskedPage) {
  const { t, frame, year } = asked
  return {
    view: 'results/brief' as const,
    title: t('results.brief.title', { name, year: String(year) }),
    data: {
      ...{ name, up: { href: frame.to(path), text: name } },
      sentences: briefOf(ground).map((sentence) => ({
        text: sentenceText(sentence, asked),
        found: t(`results.brief.rules.${sentence.rule}`),
      })),
    },
  }
}

function sentenceText({ key, values }: BriefSentence, asked: AskedPage): string {
  const { t } = asked
  const number = new Intl.NumberFormat(t('results.intl'))
  const text = (name: string, value: BriefValue): string | number => {
    if (typeof value === 'number') {
      if (name === 'count') return value
      return name === 'tenths' ? t(`results.brief.tenths.${value}`) : number.format(value)
    }
    if ('percent' in value) return t('results.brief.percent', { number: value.percent })
    if ('group' in value) return lowerName(asked)({ targetGroup: value.group })
    return listed(
      value.questions.map((id) => t(`results.short.${id}`)),
      t,
    )
  }
  const said = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, text(name, value)]])),
  )
  return t(`results.brief.said.${key}`, said)
}
