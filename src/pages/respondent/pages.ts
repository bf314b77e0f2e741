import { setImmediate as letOthersIn } from 'node:timers/promises'

import { commaIn } from '../../language/comma.ts'
import { isolatedIn } from '../../language/isolated.ts'
import type { Language, Languages } from '../../language/languages.ts'
import { writtenDay } from '../../language/written-day.ts'
import { assessed, shortcomings, surfaces, trials, updated } from '../../notice/assessment.ts'
import { noticePath } from '../../notice/notice-address.ts'
import type { Answers } from '../../questionnaire/answers.ts'
import { questions } from '../../questionnaire/questions.ts'
import { stepsOf } from '../../questionnaire/steps.ts'
import {
  type Register,
  registerOf,
  registers,
  type TargetGroup,
  targetGroups,
} from '../../questionnaire/target-groups.ts'
import type { ReadyPage } from '../../web/page.ts'
import type { RenderPage } from '../../web/views.ts'
import type { FindRecording } from './audio.ts'
import { type AskedAgain, makeStartPages } from './start-page.ts'
import type { Views } from './views.ts'

/** The pages that say one thing, by the last part of their address. */
export const messages = {
  'cannot-use': {
    heading: 'response.cannotUse.heading',
    texts: ['response.cannotUse.text', 'response.cannotUse.help'],
    link: 'response.cannotUse.again',
  },
  'cannot-use-http': {
    heading: 'response.cannotUse.heading',
    texts: ['response.cannotUse.text', 'response.visitGone.http', 'response.cannotUse.help'],
    link: 'response.cannotUse.again',
  },
  closed: {
    heading: 'response.closed.heading',
    texts: ['response.closed.text', 'response.closed.next'],
    link: 'heard.link',
    to: '/heard',
  },
  'not-open': { heading: 'response.notOpen.heading', texts: ['response.notOpen.text'] },
  'visit-gone': {
    heading: 'response.visitGone.heading',
    texts: ['response.visitGone.text', 'response.visitGone.help'],
    link: 'response.visitGone.again',
  },
  'visit-gone-http': {
    heading: 'response.visitGone.heading',
    texts: ['response.visitGone.text', 'response.visitGone.http', 'response.visitGone.help'],
    link: 'response.visitGone.again',
  },
  paused: { heading: 'response.paused.heading', texts: ['response.paused.text'] },
} as const
export type MessageName = keyof typeof messages
const messageNames = Object.keys(messages) as MessageName[]

/** Why the questions are shown again. Not stored: `unavailable` when that passes by itself, `unexpected` when nobody can say. */
export type QuestionnaireProblem = 'empty' | 'unavailable' | 'unexpected'

const problemHeadings: Record<QuestionnaireProblem, string> = {
  empty: 'response.form.problemTitle',
  unavailable: 'web.unavailable.title',
  unexpected: 'web.unexpected.title',
}

/** What a person has done so far, where the page must show it. */
export interface Progress {
  answers?: Answers
  problem?: QuestionnaireProblem
}

/**
 * All pages of the survey. Those that are the same for everybody are rendered once, ahead or when they are first asked for, and served
 * from memory. There is one in every language: somebody may be in the middle of one that is not offered any more.
 */
export interface SurveyPages {
  /** The languages that somebody can begin in, and go over to. */
  offered: Languages
  start(language: Language, asked?: AskedAgain): Promise<ReadyPage>
  questionnaire(language: Language, group: TargetGroup): Promise<ReadyPage>
  questionnaireInProgress(language: Language, group: TargetGroup, progress: Progress): Promise<ReadyPage>
  thanks(language: Language, register: Register): Promise<ReadyPage>
  message(language: Language, name: MessageName): Promise<ReadyPage>
  accessibility(language: Language): Promise<ReadyPage>
  /** Makes every page that is the same for everybody, and lets others in between. */
  makeAll(): Promise<void>
}

export function makeSurveyPages(
  render: RenderPage<Views>,
  languages: Languages,
  offered: Languages,
  { findRecording = () => undefined, publicUrl = '' }: { findRecording?: FindRecording; publicUrl?: string } = {},
): SurveyPages {
  const startPages = makeStartPages(render, languages)
  const start = madeOnce((language) => startPages.plain(language))
  const questionnaire = madeOnce((language, group: TargetGroup) => renderQuestionnaire(language, group))
  const thanks = madeOnce((language, register: Register) =>
    render('response/thanks', language, { register, noticePath: noticePath(register) }),
  )
  const message = madeOnce(renderMessage)
  const accessibility = madeOnce(renderAccessibility)

  async function makeAll(): Promise<void> {
    for (const language of languages.all) {
      const makes = [
        () => start(language),
        ...targetGroups.map((group) => () => questionnaire(language, group)),
        ...registers.map((register) => () => thanks(language, register)),
        ...messageNames.map((name) => () => message(language, name)),
        () => accessibility(language),
      ]
      for (const make of makes) {
        await make()
        await letOthersIn()
      }
    }
  }

  function renderMessage(language: Language, name: MessageName): Promise<ReadyPage> {
    const { heading, texts, ...rest } = messages[name]
    const home = `/${language.code}`
    const href = name.endsWith('-http') ? publicUrl + home : home
    const link = 'link' in rest ? { href: 'to' in rest ? href + rest.to : href, key: rest.link } : undefined
    const values = { address: isolatedIn(language, publicUrl) }
    return render('response/message', language, { heading, texts, values, link, path: `/${name}` })
  }

  function renderAccessibility(language: Language): Promise<ReadyPage> {
    const day = (isoDay: string) => writtenDay(language, isoDay)
    return render('response/accessibility', language, {
      surfaces: surfaces.map((name) => ({
        ...{ name, shortcomings: shortcomings[name] },
        trials: trials[name].map(({ how, tools, on }) => ({
          how,
          tool: tools.map((tool) => isolatedIn(language, tool)).join(commaIn(language.code)),
          day: day(on),
        })),
      })),
      values: { assessed: day(assessed), updated: day(updated) },
      path: '/accessibility',
    })
  }

  function renderQuestionnaire(
    language: Language,
    group: TargetGroup,
    { answers, problem }: Progress = {},
  ): Promise<ReadyPage> {
    const register = registerOf(group)
    return render('response/questionnaire', language, {
      steps: stepsOf(language, group, findRecording),
      total: questions.length,
      group,
      register,
      answers,
      problem: problem && {
        heading: languages.text(language, problemHeadings[problem]),
        text: languages.text(language, `response.form.${register}.${problem === 'empty' ? 'empty' : 'unavailable'}`),
        target: problem === 'empty' ? questions[0]!.id : undefined,
      },
    })
  }

  return {
    offered,
    start: (language, asked) => (asked ? startPages.again(language, asked) : start(language)),
    questionnaire,
    questionnaireInProgress: renderQuestionnaire,
    thanks,
    message,
    accessibility,
    makeAll,
  }
}

/** Pages of a kind, each made when it is first asked for. One that failed is made at the next call. */
function madeOnce<Name extends [] | [string]>(make: (language: Language, ...name: Name) => Promise<ReadyPage>) {
  const made = new Map<string, Promise<ReadyPage>>()
  return (language: Language, ...name: Name): Promise<ReadyPage> => {
    const key = [language.code, ...name].join(' ')
    const known = made.get(key)
    if (known) return known
    const page = make(language, ...name)
    made.set(key, page)
    page.catch(() => made.delete(key))
    return page
  }
}
