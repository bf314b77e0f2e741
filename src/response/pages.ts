import { setImmediate as letOthersIn } from 'node:timers/promises'
import type { CodeProblem } from '../invitation/survey-code.ts'
import { codeLength, inFours } from '../invitation/survey-code.ts'
import { assessed, shortcomings, surfaces, trials, updated } from '../notice/assessment.ts'
import { noticePath } from '../notice/notice-address.ts'
import { writtenDay } from '../notice/written-day.ts'
import type { Answers } from '../questionnaire/answers.ts'
import { facesOf, questions } from '../questionnaire/questions.ts'
import { type Register, registerOf, registers, type TargetGroup, targetGroups } from '../questionnaire/target-groups.ts'
import { isolatedIn } from '../web/isolated.ts'
import type { Language, Languages } from '../web/languages.ts'
import type { ReadyPage } from '../web/page.ts'
import type { RenderPage } from '../web/views.ts'
import type { FindRecording } from './audio.ts'

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

/** Why a code is asked for again: something with it, a visit that ran out or cannot be found, or answers that go on being kept. */
export type DoorProblem = CodeProblem | 'cannot-use' | 'time-passed' | 'visit-gone' | 'kept'

/** Somebody who is asked for a code again. */
export interface AskedAgain {
  problem?: DoorProblem
  typed?: string
  /** Sealed answers, for the form. */
  kept?: string
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
  for (const language of languages.all) {
    const { code } = language
    const pages = new Map<string, ReadyPage>()
    const put = async (name: string, page: Promise<ReadyPage>) => {
      pages.set(name, await page)
      await letOthersIn()
    }
    ready.set(code, pages)
    await put('start', renderStart(language))
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
          tools: tools.map((tool) => isolatedIn(language, tool)),
          day: day(on),
        })),
      })),
      values: { assessed: day(assessed), updated: day(updated) },
      path: '/accessibility',
    })
  }

  function renderStart(language: Language, { problem, typed, kept }: AskedAgain = {}): Promise<ReadyPage> {
    const key = problem && problemKey(problem, kept !== undefined)
    return render('response/start', language, {
      ...{ typed, kept },
      problem: key && {
        heading: languages.text(
          language,
          problem in codeKeys ? 'response.start.problemTitle' : 'response.visitGone.again',
        ),
        text: languages.text(language, `response.${key}`, problem === 'short' ? { count: digitsIn(typed) } : undefined),
        isOfCode: problem in codeKeys,
      },
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
    start: async (language, asked) => (asked ? renderStart(language, asked) : get(language, 'start')),
    questionnaire: (language, group) => get(language, group),
    questionnaireInProgress: renderQuestionnaire,
    thanks: (language, register) => get(language, `thanks ${register}`),
    message: (language, name) => get(language, name),
    accessibility: (language) => get(language, 'accessibility'),
  }
}

const digitsIn = (typed = '') => typed.replace(/\s/g, '').length

/** What is said of a code. */
const codeKeys: Partial<Record<DoorProblem, string>> = {
  missing: 'start.codeMissing',
  short: 'start.codeShort',
  long: 'start.codeLong',
  check: 'start.checkNumbers',
  'cannot-use': 'cannotUse.text',
}

function problemKey(problem: DoorProblem, isKept: boolean): string {
  if (problem === 'time-passed') return isKept ? 'start.timePassedKept' : 'start.timePassed'
  return codeKeys[problem] ?? (problem === 'kept' ? 'start.kept' : 'start.goneKept')
}

/** What the views of a questionnaire show of each question. Texts are keys. */
export function stepsOf(language: Language, group: TargetGroup, findRecording: FindRecording = () => undefined) {
  return questions.map((question, index) => {
    const faces = facesOf(question)
    const scale = question.id === 'gender' && registerOf(group) === 'young' ? 'gender_young' : question.scale
    return {
      id: question.id,
      number: index + 1,
      text: `questionnaire.groups.${group}.${question.id}`,
      audio: findRecording(language.code, group, question.id)?.address,
      options: question.options.map((id) => ({
        id,
        label: `questionnaire.options.${scale}.${id}`,
        face: faces.get(id),
      })),
    }
  })
}

/** What was typed, as it goes back into the field: digits in fours, so that a wrong one is found by eye. */
export function typedAgain(typed: string, digits: string): string {
  return digits.length > 0 && digits.length <= codeLength * 2 ? inFours(digits) : typed.slice(0, 40)
}
