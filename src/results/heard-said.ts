import type { Language } from '../language/languages.ts'
import type { HeardSentence, RoundHeard } from './heard.ts'

/** A text by its key, with what is put into it. */
export interface Said {
  key: string
  values?: Record<string, string | number>
}

/** What stands before the sentences: thanks, how many answered where that may be told, and how the sentences are meant, or why there are none. */
export function leadSaid({ year, people, why }: RoundHeard, name: string | undefined, language: Language): Said[] {
  const values = { name: name ?? '', year: yearIn(language, year) }
  const answered = people === undefined ? [] : [{ key: `heard.${name ? 'answered' : 'answeredNation'}`, people }]
  return [
    { key: 'heard.thanks' },
    ...answered.map(({ key, people: count }) => ({ key, values: { ...values, count } })),
    { key: why ? `heard.none.${why}` : 'heard.ten' },
  ]
}

/** A sentence, and what is said of it. */
export const sentenceSaid = ({ question, form, tenths, notes }: HeardSentence): Said & { notes: string[] } => ({
  ...{ key: `heard.said.${question}.${form}`, values: { tenths } },
  notes: notes.map((note) => `heard.notes.${note}`),
})

/** Who has written what is done now. */
export const nextSaid = (name: string | undefined): Said =>
  name ? { key: 'heard.next.by', values: { name } } : { key: 'heard.next.byNation' }

/** A year as a language writes its numbers. */
export const yearIn = ({ intl }: Language, year: number): string =>
  new Intl.NumberFormat(intl, { useGrouping: false }).format(year)
