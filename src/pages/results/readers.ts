import type { FastifyRequest } from 'fastify'
import { defaultLanguage, type Language } from '../../language/languages.ts'
import type { SignedIn } from '../../people/session.ts'
import type { ResultsContext } from './results-pages.ts'

type Given = Pick<ResultsContext, 'stores' | 'render' | 'languages' | 'clock' | 'isPractice'>

/** In which languages there are results. */
const codes = [defaultLanguage, 'en']

/** The pages of results for everybody, of each language that they are in. */
export function forPublic(given: Given): (ResultsContext & { language: Language })[] {
  return codes.map((code) => {
    const language = given.languages.find(code)!
    return {
      ...given,
      language,
      base: ({ code }) => `/${code}/results`,
      languageOf: () => language,
      readerOf: () => 'public',
    }
  })
}

/** The pages of results for those who are signed in, in their language. */
export function forStaff(given: Given): ResultsContext {
  const staffOf = (request: FastifyRequest) => (request as unknown as { staff: SignedIn }).staff
  return {
    ...given,
    base: () => '/staff/results',
    languageOf: (request) => given.languages.find(staffOf(request).language === 'en' ? 'en' : defaultLanguage)!,
    readerOf: (request) => staffOf(request),
    config: { may: 'read results' },
  }
}
