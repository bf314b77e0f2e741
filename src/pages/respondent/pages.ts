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

/** The pages that say one thing, by the last part of their address. */
export const messages = {
  'cannot-use': {
    heading: 'response.cannotUse.heading',
    texts: ['response.cannotUse.text', 'response.cannotUse.help'],
    link: 'response.cannotUse.again',
  },
  closed: { heading: 'response.closed.heading', texts: ['response.closed.text', 'response.closed.next'] },
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
 * All pages of the survey. Those that are the same for everybody are rendered once, at start and when other languages are offered,
 * and served from memory. There is one in every language: somebody may be in the middle of one that is not offered any more.
 */
export interface SurveyPages {
  /** The languages that somebody can begin in, and go over to. */
  offered: Languages
  start(language: Language, asked?: AskedAgain): Promise<ReadyPage>
  questionnaire(language: Language, group: TargetGroup): ReadyPage
  questionnaireInProgress(language: Language, group: TargetGroup, progress: Progress): Promise<ReadyPage>
  thanks(language: Language, register: Register): ReadyPage
  message(language: Language, name: keyof typeof messages): ReadyPage
  accessibility(language: Language): ReadyPage
}

export async function makeSurveyPages(
  render: RenderPage,
  languages: Languages,
  offered: Languages,
  { findRecording = () => undefined, publicUrl = '' }: { findRecording?: FindRecording; publicUrl?: string } = {},
): Promise<SurveyPages> {
  const ready = new Map<string, Map<string, ReadyPage>>()
  const startPages = makeStartPages(render, languages)
  for (const language of languages.all) {
    const { code } = language
    const pages = new Map<string, ReadyPage>()
    const put = async (name: string, page: Promise<ReadyPage>) => {
      pages.set(name, await page)
      await letOthersIn()
    }
    ready.set(code, pages)
    await put('start', startPages.plain(language))
    for (const group of targetGroups) await put(group, renderQuestionnaire(language, group))
    for (const register of registers)
      await put(
        `thanks ${register}`,
        render('response/thanks', language, { register, noticePath: noticePath(register) }),
      )
    for (const [name, { heading, texts, ...rest }] of Object.entries(messages)) {
      const href = name === 'visit-gone-http' ? `${publicUrl}/${code}` : `/${code}`
      const link = 'link' in rest ? { href, key: rest.link } : undefined
      const values = { address: isolatedIn(language, publicUrl) }
      await put(name, render('response/message', language, { heading, texts, values, link, path: `/${name}` }))
    }
    await put('accessibility', renderAccessibility(language))
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

  const get = ({ code }: Language, name: string) => ready.get(code)!.get(name)!
  return {
    offered,
    start: async (language, asked) => (asked ? startPages.again(language, asked) : get(language, 'start')),
    questionnaire: (language, group) => get(language, group),
    questionnaireInProgress: renderQuestionnaire,
    thanks: (language, register) => get(language, `thanks ${register}`),
    message: (language, name) => get(language, name),
    accessibility: (language) => get(language, 'accessibility'),
  }
}
