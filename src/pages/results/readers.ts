import type { FastifyInstance, FastifyRequest } from 'fastify'
import { defaultLanguage, type Language } from '../../language/languages.ts'
import type { SignedIn } from '../../people/session.ts'
import { resultsApp } from './results-app.ts'
import type { ResultsContext } from './results-pages.ts'

type Given = Pick<ResultsContext, 'stores' | 'render' | 'languages' | 'clock' | 'isPractice'>

/** In which languages there are results. */
const codes = [defaultLanguage, 'en']

/** The pages of results for everybody, at `/sv/results` and `/en/results`. */
export async function publicResults(app: FastifyInstance, given: Given): Promise<void> {
  for (const code of codes) {
    const language = given.languages.find(code)!
    const base = ({ code }: Language) => `/${code}/results`
    const context: ResultsContext = { ...given, base, languageOf: () => language, readerOf: () => 'public' }
    await app.register(resultsApp, { ...context, prefix: base(language) })
  }
}

/** The pages of results for those who are signed in, in their language, at `/staff/results`. */
export async function staffResults(area: FastifyInstance, given: Given): Promise<void> {
  const staffOf = (request: FastifyRequest) => (request as unknown as { staff: SignedIn }).staff
  const context: ResultsContext = {
    ...given,
    base: () => '/staff/results',
    languageOf: (request) => given.languages.find(staffOf(request).language === 'en' ? 'en' : defaultLanguage)!,
    readerOf: (request) => staffOf(request),
    config: { may: 'read results' },
  }
  await area.register(resultsApp, { ...context, prefix: '/results' })
}
