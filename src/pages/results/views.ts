import type { OwnTextKind } from '../../own-texts/own-text.ts'
import type { Unseen } from '../../results/readers.ts'
import type { EveryPage } from '../../web/views.ts'
import type { AllCell, AllPage, QueryChoice } from './all-view.ts'
import type { Frame } from './frame.ts'
import type { HeardViews } from './heard-view.ts'
import type { ComparePage, ShareCell, UnitLine } from './matrix-view.ts'
import type { PictureLinks } from './page-pictures.ts'
import type {
  AboutPage,
  BriefPage,
  Charted,
  KkikPage,
  LanguageSection,
  LargeFigure,
  Marks,
  OwnWords,
  PrioritySection,
  Sentence,
  YearSection,
} from './parts-view.ts'
import type {
  Among,
  BarRow,
  GenderSection,
  KeyLine,
  Names,
  QuestionRow,
  Tab,
  WordingPage,
  Wordings,
} from './question-view.ts'
import type { EarlierFigures } from './unseen.ts'

/** Where the charts of a page are saved from, by their names. */
type Pictures = Record<string, PictureLinks>

/** What the views of `views/results` and `views/heard` are given. */
export interface Views extends HeardViews {
  'results/layout': EveryPage & { frame: Frame; body: string }
  'results/public': EveryPage & { frame: Frame; body: string }
  /** What the page is called, the way up, and for staff the ways to other pages of results. */
  'results/heading': EveryPage & { frame: Frame; up?: { href: string; text: string }; called?: string }
  'results/years': EveryPage & { frame: Frame }
  'results/menu': EveryPage & { frame: Frame }
  'results/source': EveryPage & { frame: Frame }
  'results/older': EveryPage & { frame: Frame }
  'results/unseen': { frame: Frame; unseen: Unseen; earlier?: EarlierFigures }
  'results/nation': {
    frame: Frame
    pictures: Pictures
    findings: Sentence[]
    /** What stands below the heading of the seven questions; empty where none is shown. */
    sevenFinding: string
    figures: LargeFigure[]
    rows: QuestionRow[]
    /** Small pictures as HTML; empty where there are none. Whether something in them is kept back. */
    groups: string
    isKept: boolean
    /** Of overall satisfaction, as the dots of the municipalities are. */
    gender: GenderSection
    among: Among
    priority?: PrioritySection
    /** Absent where the number of answers is not told. */
    spoken?: LanguageSection
    /** What the target groups say together. */
    groupsFinding: string
    axis: string
    defs: string
    marks: Marks
    municipalities: { code: string; name: string }[]
  }
  'results/municipality': {
    frame: Frame
    pictures: Pictures
    name: string
    code: string
    names: { whole: string; before?: string; similar?: string }
    /** Which municipalities are like it, and how their mean is made; or that too few of them took part. */
    similar?: string
    findings: Sentence[]
    /** What stands below the heading of the seven questions; empty where none is shown. */
    sevenFinding: string
    figures: LargeFigure[]
    /** In words how many of those who answered are women. */
    gender?: string
    rows: QuestionRow[]
    proud: { title: string; text: string }[]
    work: { title: string; text: string }[]
    /** Overall satisfaction year by year, and where the other questions have their years. */
    years?: YearSection & { others: Tab[] }
    priority?: PrioritySection
    /** Small pictures as HTML; empty where there are none. Whether something in them is kept back. */
    groups: string
    isKept: boolean
    /** What the target groups say together. */
    groupsFinding: string
    hasUnits: boolean
    marks: Marks
    axis: string
    defs: string
  }
  'results/absent': { frame: Frame; name: string; years: { year: number; href: string }[] }
  'results/compare': ComparePage & { frame: Frame; pictures: Pictures; marks: Marks }
  'results/about': AboutPage & { frame: Frame }
  'results/units': {
    frame: Frame
    name: string
    code: string
    heading: string
    differences: { text: string }[]
    questions: { name: string }[]
    groups: { name: string; rows: UnitLine[] }[]
    marks: Marks
    defs: string
  }
  'results/brief': BriefPage & { frame: Frame }
  'results/kkik': KkikPage & { frame: Frame; pictures: Pictures }
  'results/own-words': EveryPage & { words: OwnWords; kind: OwnTextKind }
  'results/units-refused': { frame: Frame; name: string; code: string }
  /** Nothing stands there where there is no chart. */
  'results/picture-links': EveryPage & { picture?: PictureLinks }
  'results/share-cell': EveryPage & { cell: ShareCell & { isFirst?: boolean; isMean?: boolean } }
  'results/question-table': EveryPage & {
    frame: Frame
    rows: QuestionRow[]
    axis: string
    /** What the own dot, the nation's stroke and last year's ring are called. */
    names: { own: string; whole?: string; before?: string; similar?: string }
    marks: Marks
    caption: string
    /** Of what the rows are, where they are no questions. */
    heading?: string
  }
  'results/priority': EveryPage & { priority: PrioritySection; pictures: Pictures }
  'results/series': EveryPage & { years: YearSection; pictures: Pictures }
  'results/among': EveryPage & { among: Among; pictures: Pictures }
  'results/wording': WordingPage & { frame: Frame }
  'results/question': {
    frame: Frame
    pictures: Pictures
    title: string
    positive: string
    wordings: Wordings
    /** Where all questions stand in all languages. */
    toWording: string
    tabs: Tab[]
    findings: string[]
    names: Names
    rows: QuestionRow[]
    /** What is seen in each chart, in a sentence; empty where there is nothing to say. */
    says: Record<'groups' | 'distribution' | 'changes', string>
    distribution: BarRow[]
    barKey: KeyLine[]
    changeKey: KeyLine[]
    changes: BarRow[]
    gender: GenderSection
    /** For which municipality and target group the years and the dots are shown. */
    choices: { name: string; label: string; options: QueryChoice[] }[]
    years?: YearSection
    among: Among
    axis: string
    marks: Marks
    defs: string
  }
  'results/group': {
    frame: Frame
    pictures: Pictures
    isSurveyed: boolean
    tabs: Tab[]
    findings: string[]
    /** What stands below the heading of the seven questions; empty where none is shown. */
    sevenFinding: string
    figures: LargeFigure[]
    /** Those of who answered. */
    participation: LargeFigure[]
    names: Names
    rows: QuestionRow[]
    gender: GenderSection
    priority?: PrioritySection
    genders?: string
  } & Charted
  'results/all': AllPage & { frame: Frame; pictures: Pictures }
  'results/all-cell': AllCell
  'results/bars': EveryPage & { caption: string; key: KeyLine[]; rows: BarRow[]; picture?: PictureLinks }
  'results/women-men': EveryPage & {
    caption: string
    gender: GenderSection
    heading: string
    axis: string
    marks: Marks
    picture?: PictureLinks
  }
}
