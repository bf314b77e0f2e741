import { type CodeProblem, codeLength, inFours } from '../../invitation/survey-code.ts'

import type { Language, Languages } from '../../language/languages.ts'
import { blanks, type ReadyPage } from '../../web/page.ts'
import type { RenderPage } from '../../web/views.ts'
import type { Views } from './views.ts'

/** Why a code is asked for again: something with it, a visit that ran out or cannot be found, answers that
 * go on being kept, that too many were wrong, or that it could not be looked up: for a while, or nobody can say. */
export type DoorProblem =
  | CodeProblem
  | 'cannot-use'
  | 'time-passed'
  | 'visit-gone'
  | 'kept'
  | 'tooMany'
  | 'unavailable'
  | 'unexpected'

/** Somebody who is asked for a code again. */
export interface AskedAgain {
  problem?: DoorProblem
  typed?: string
  /** When they may come again, where too many codes were wrong. */
  minutes?: number
  /** Sealed answers, for the form. */
  kept?: string
}

/**
 * The start page, and the same for somebody who is asked for a code again. Of that one there is one for each thing that it says, made when
 * it is first asked for; what was typed is then put in its place. So a code comes back as cheaply where very many are refused.
 */
export function makeStartPages(render: RenderPage<Views>, languages: Languages) {
  const withBlanks = new Map<string, ReadyPage>()

  function renderWith(language: Language, { problem, typed, kept }: AskedAgain, count: number): Promise<ReadyPage> {
    return render('response/start', language, {
      ...{ typed, kept },
      problem: problem && {
        heading: languages.text(language, headingKey(problem)),
        text: languages.text(
          language,
          problemKey(problem, kept !== undefined),
          isCounted(problem) ? { count } : undefined,
        ),
        isOfCode: problem in codeKeys,
      },
    })
  }

  async function again(language: Language, { problem, typed = '', minutes = 0, kept }: AskedAgain): Promise<ReadyPage> {
    const count = problem === 'short' ? digitsIn(typed) : problem === 'tooMany' ? minutes : 0
    const key = [language.code, problem, count, Boolean(kept)].join(' ')
    const blank = { problem, typed: blanks.first, kept: kept ? blanks.second : undefined }
    const page = withBlanks.get(key) ?? (await renderWith(language, blank, count))
    withBlanks.set(key, page) // only one that came to be: what failed is made at the next call
    return page.filledIn({ first: typed, second: kept ?? '' })
  }

  return { plain: (language: Language) => renderWith(language, {}, 0), again }
}

const isCounted = (problem: DoorProblem) => problem === 'short' || problem === 'tooMany'

const digitsIn = (typed: string) => typed.replace(/\s/g, '').length

/** What is said of a code. */
const codeKeys: Partial<Record<DoorProblem, string>> = {
  missing: 'start.codeMissing',
  short: 'start.codeShort',
  long: 'start.codeLong',
  check: 'start.checkNumbers',
  'cannot-use': 'cannotUse.text',
}

/** Nothing is wrong with the code, as far as anybody knows. */
const isNotOfCode = (problem: DoorProblem) => /^(?:tooMany|unavailable|unexpected)$/.test(problem)

function headingKey(problem: DoorProblem): string {
  if (isNotOfCode(problem)) return `web.${problem}.title`
  return `response.${problem in codeKeys ? 'start.problemTitle' : 'visitGone.again'}`
}

function problemKey(problem: DoorProblem, isKept: boolean): string {
  if (problem === 'tooMany') return 'response.start.wrongOften'
  if (isNotOfCode(problem)) return `web.${problem}.text`
  if (problem === 'time-passed') return `response.start.${isKept ? 'timePassedKept' : 'timePassed'}`
  return `response.${codeKeys[problem] ?? (problem === 'kept' ? 'start.kept' : 'start.goneKept')}`
}

/** What was typed, as it goes back into the field: digits in fours, so that a wrong one is found by eye. */
export function typedAgain(typed: string, digits: string): string {
  return digits.length > 0 && digits.length <= codeLength * 2 ? inFours(digits) : typed.slice(0, 40)
}
