import type { Indicator } from '../../results/indicator.ts'
import { languageShares } from '../../results/language-shares.ts'
import type { LanguageSection } from './parts-view.ts'
import type { AskedPage } from './results-pages.ts'

/** In which languages people answered, and how many in the most common ones; nothing where it is not told. */
export function spokenLanguages(own: readonly Indicator[], { t, frame }: AskedPage): LanguageSection | undefined {
  const shares = languageShares(own)
  const names = new Intl.DisplayNames([t('results.intl')], { type: 'language' })
  const nameOf = (language: string) =>
    language === 'other' ? t('results.languages.other') : (names.of(language) ?? language)
  const [first, second] = shares.filter(({ language }) => language !== 'other')
  if (!first) return undefined
  const said = (one: typeof first) => `${nameOf(one.language)} (${frame.percent(one.percent)})`
  return {
    finding: second
      ? t('results.languages.two', { first: said(first), second: said(second) })
      : t('results.languages.one', { first: said(first) }),
    rows: shares.map(({ language, people, percent }) => ({
      language: nameOf(language),
      people,
      share: frame.percent(percent),
    })),
  }
}
