import { defaultLanguage } from '../../language/languages.ts'
import { markSwedish } from '../../web/views.ts'
import type { AskedPage, ResultsContext, resultsPages } from './results-pages.ts'
import { waysOf, wordsOf } from './wordings.ts'

/** What people were asked in a round, word for word, in each of its languages. */
export function wordingRoutes(page: ReturnType<typeof resultsPages>, context: ResultsContext): void {
  page('/wording', 'about', (asked) => wording(asked, defaultLanguage))
  page('/wording/:language', 'about', (asked) => wording(asked, asked.params.language!))

  async function wording(asked: AskedPage, code: string) {
    const { frame } = asked
    const { isKept, words } = await wordsOf(context, asked)
    const chosen = words.find(({ language }) => language === code)
    const language = context.languages.find(code)
    if (!chosen || !language) return undefined
    const known = words.flatMap((one) => context.languages.find(one.language) ?? [])
    return {
      view: 'results/wording' as const,
      title: asked.t('results.wording.title', { year: String(asked.year) }),
      data: {
        tabs: known.map((one) => ({
          text: one.name,
          href: frame.to(`/wording/${one.code}`),
          isCurrent: one.code === code,
          language: one.code,
        })),
        ...{ code, name: language.name, dir: language.dir, isKept, hash: chosen.hash },
        questions: chosen.questions.map(({ id, asked: texts, options }) => ({
          id,
          ways: waysOf(texts, asked).map(({ text, groups }) => ({ html: markSwedish(text), groups })),
          options: options.map(markSwedish),
        })),
      },
    }
  }
}
