import { areFiguresChanged } from '../../actions/changed-figures.ts'
import { defaultLanguage } from '../../language/languages.ts'
import type { OwnTextKind } from '../../own-texts/own-text.ts'
import { swedishDay, writtenDay } from '../../time/swedish-day.ts'
import type { AreaWords, OwnWords } from './parts-view.ts'
import type { AskedPage, ResultsContext } from './results-pages.ts'

type Of = { area: string; writer: 'municipality' | 'nation' }

/** What people have written of an area themselves, as far as it was published, and beside this release or an earlier one. */
export async function areaWords({ area, writer }: Of, asked: AskedPage, context: ResultsContext): Promise<AreaWords> {
  const [[brief], [quotation], [next, ...others]] = [
    await listed('brief'),
    await listed('quotation'),
    await listed('next'),
  ] as const
  return { brief, quotation, next: next && { ...next, others } }

  async function listed(kind: OwnTextKind): Promise<OwnWords[]> {
    const { key, language, t } = asked
    const { stores, languages } = context
    const all = await stores.ownTexts.listPublishedTexts({ roundId: key.roundId, area, kind })
    const first = [language.code, defaultLanguage]
    const rank = (code: string) => (first.includes(code) ? first.indexOf(code) : first.length)
    const shown = all
      .filter(({ release }) => release <= key.number)
      .sort((one, other) => rank(one.language) - rank(other.language))
    const words: OwnWords[] = []
    for (const { language: code, blocks, saidBy, publishedAt, release } of shown) {
      const written = languages.find(code)
      if (!written) continue
      const day = writtenDay(language.intl, swedishDay(new Date(publishedAt)))
      const at = { from: release, to: key.number }
      words.push({
        ...{
          language: written,
          blocks,
          saidBy,
          by: t(`results.ownWords.${kind === 'quotation' ? 'quotedBy' : 'by'}.${writer}`, { day }),
        },
        isBeforeCorrection: await areFiguresChanged(stores, { roundId: key.roundId, area }, at),
      })
    }
    return words
  }
}
