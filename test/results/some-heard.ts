import type { Language, Languages } from '../../src/language/languages.ts'
import { heardPrints, heardSheet } from '../../src/print/heard-sheet.ts'
import type { Sheet } from '../../src/print/sheet.ts'
import { qualityQuestions } from '../../src/questionnaire/questions.ts'
import type { HeardSentence, RoundHeard } from '../../src/results/heard.ts'
import { leadSaid, nextSaid, type Said, sentenceSaid } from '../../src/results/heard-said.ts'
import { tenthsForms } from '../../src/results/told-tenths.ts'

const notes = ['nation.higher', 'nation.lower', 'before.higher', 'before.lower', 'highest', 'lowest'] as const
const place = { code: '1489', name: 'Alingsås' }

/** Every sentence that there is, each with all that can be said of it. */
export const everySentence: HeardSentence[] = qualityQuestions.flatMap(({ id: question }) =>
  tenthsForms.map((form) => ({ question, form, tenths: form === 'atMost' ? 1 : 9, notes: [...notes] })),
)

const heard: RoundHeard = {
  ...{ year: 2026, people: 121 },
  sentences: everySentence
    .filter((_, nth) => nth % 8 === 0)
    .map((sentence, nth) => ({ ...sentence, notes: notes.slice(nth, nth + 2) })),
}

/** What can be said on the page for those who answered, of a municipality and of the nation, whatever was told. */
export function everyHeard(): Said[] {
  const leads = [heard, { ...heard, why: 'few' as const }, { ...heard, why: 'protected' as const }]
  const language = { intl: 'sv' } as Language
  return [
    ...leads.flatMap((one) => [place.name, undefined].flatMap((name) => leadSaid(one, name, language))),
    ...everySentence.flatMap((sentence) => {
      const { notes: said, ...own } = sentenceSaid(sentence)
      return [own, ...said.map((key) => ({ key }))]
    }),
    ...[nextSaid(place.name), nextSaid(undefined)],
  ]
}

/** What is printed of it in a language, by name; what is done now is in Swedish. */
export function heardSheets(languages: Languages, language: Language, publicUrl: string): Map<string, Sheet> {
  const next = {
    language: 'sv',
    blocks: [{ lines: ['Vi ska svara fortare.'] }, { points: ['fler tider', 'svar inom två dagar'] }],
  }
  const of = { heard, next, place, isPractice: true, publicUrl, language, languages }
  return new Map(heardPrints.map((kind) => [`heard ${kind}`, heardSheet({ ...of, kind })]))
}
