import type { ToldByOperator } from '../../notice/operator.ts'
import type { ContactPart, MunicipalityNotice } from '../../notice/responsible.ts'
import type { Answers } from '../../questionnaire/answers.ts'
import type { QuestionSteps } from '../../questionnaire/steps.ts'
import type { Register, TargetGroup } from '../../questionnaire/target-groups.ts'
import type { ErrorViews } from '../../web/error-pages.ts'
import type { EveryPage, Values } from '../../web/views.ts'

/** Somebody who can be reached, in pieces of which some can be followed. */
interface Owner {
  name: string
  contact: ContactPart[]
  dpoContact: ContactPart[]
}

interface Responsible {
  boardName: string
  boardContact: ContactPart[]
  dpoContact: ContactPart[]
}

interface ShortNotice {
  /** The parts of the notice: each has a Heading and a Text. */
  sections: readonly string[]
  values: Values
  path: string
  /** What a municipality's addresses end in. */
  end: string
  responsible?: Responsible
}

/** What the views for respondents are given: `views/response`, `views/notice`, `views/mail`, their layout, and the parts that they share with the tablet. */
export interface Views extends ErrorViews {
  layout: EveryPage &
    ToldByOperator & {
      title?: string
      page: 'start' | 'form' | 'end' | 'plain'
      body: string
      /** Of another privacy notice. */
      noticePath?: string
      path?: string
      /** Sealed answers and what was typed, which come along to another language. */
      kept?: string
      typed?: string
      isStill?: true
    }
  'mail/stop': { page: 'stopPage' | 'stopped' | 'stopBroken'; path: string }
  'notice/about': ShortNotice & {
    municipality?: MunicipalityNotice
    owner?: Owner
    /** The municipalities that take part. */
    taking: MunicipalityNotice[]
  }
  'notice/contact': EveryPage & {
    /** Of its label. */
    key: string
    parts: ContactPart[]
  }
  'notice/responsible': EveryPage & Pick<Views['notice/about'], 'municipality' | 'responsible' | 'owner' | 'taking'>
  'notice/young': ShortNotice
  'parts/faces': object
  'parts/globe': object
  'parts/language-buttons': EveryPage
  'parts/language-kept': EveryPage & {
    /** Sealed answers. */
    kept: string
    typed?: string
  }
  'parts/language-links': EveryPage & {
    /** What follows the language in the page's address. */
    path?: string
  }
  'parts/listen': Pick<EveryPage, 't'>
  'parts/problem': {
    heading: string
    text: string
    /** The id of the field to go to. */
    target?: string
  }
  'parts/question': EveryPage & {
    step: QuestionSteps[number]
    total: number
    answers?: Answers
    /** `h1` where the page has no other. */
    heading?: 'h1'
  }
  'response/accessibility': {
    surfaces: { name: string; trials: { how: string; tool: string; day: string }[]; shortcomings: readonly string[] }[]
    values: Values
    path: string
  }
  'response/questionnaire': {
    steps: QuestionSteps
    total: number
    group: TargetGroup
    register: Register
    /** For somebody who comes back to it. */
    answers?: Answers
    problem?: { heading: string; text: string; target?: string }
  }
  'response/start': {
    problem?: { heading: string; text: string; isOfCode: boolean }
    typed?: string
    /** Sealed answers, which every form of the page sends along. */
    kept?: string
  }
  'response/thanks': { register: Register; noticePath: string }
}
