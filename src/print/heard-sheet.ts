import { peoplePicture } from '../chart/people.ts'
import { withoutScheme } from '../invitation/code-address.ts'
import { isolated } from '../language/isolated.ts'
import type { Language, Languages } from '../language/languages.ts'
import type { ShownText } from '../own-texts/shown-text.ts'
import { mostPictures, type RoundHeard } from '../results/heard.ts'
import { leadSaid, nextSaid, sentenceSaid, yearIn } from '../results/heard-said.ts'
import { peoplesParagraph } from './rich-text.ts'
import { type Sheet, speaker } from './sheet.ts'

/** What was heard, on paper: a poster for a waiting room, or a page with all of it to take along. */
export const heardPrints = ['poster', 'sheet'] as const

export interface HeardSheetOptions {
  kind: (typeof heardPrints)[number]
  heard: RoundHeard
  /** What is done now. */
  next?: ShownText
  /** The municipality; of the nation there is none. */
  place?: { code: string; name: string }
  isPractice: boolean
  publicUrl: string
  language: Language
  languages: Languages
}

/** What was heard in a place, in a language, with a QR code that leads to the page of it in the language of whoever reads it. */
export function heardSheet(of: HeardSheetOptions): Sheet {
  const { kind, heard, place, isPractice, publicUrl, language, languages } = of
  const { plain, rich, lang, dir } = speaker(languages, language)
  const address = `${publicUrl}/heard/${heard.year}${place ? `/${place.code}` : ''}`
  const sentences = kind === 'poster' ? heard.sentences.slice(0, mostPictures) : heard.sentences
  return {
    template: 'heard',
    title: [plain('heard.title'), place?.name, yearIn(language, heard.year)].filter(Boolean).join(' '),
    ...{ lang, dir, sides: 'one', links: [address] },
    content: {
      isPoster: kind === 'poster',
      practice: isPractice ? plain('heard.practice') : null,
      place: place ? isolated(place.name) : null,
      year: yearIn(language, heard.year),
      heading: rich('heard.title'),
      lead: leadSaid(heard, place?.name, language).map(({ key, values }) => rich(key, values)),
      sentences: sentences.map((sentence, nth) => {
        const { key, values, notes } = sentenceSaid(sentence)
        const isDrawn = nth < mostPictures
        return {
          text: rich(key, values),
          notes: kind === 'poster' ? [] : notes.map((note) => rich(note)),
          people: isDrawn ? peoplePicture(sentence.tenths, dir === 'rtl', look) : null,
          alt: isDrawn ? plain('heard.picture', { tenths: sentence.tenths }) : null,
        }
      }),
      next: nextIn(of),
      promise: rich('heard.promise'),
      scan: rich('heard.poster.scan'),
      address: withoutScheme(address),
      qr: plain('heard.poster.qr'),
    },
  }
}

/** What people wrote keeps its language; which that is is said where it is another. */
function nextIn({ next, place, language, languages }: HeardSheetOptions) {
  if (!next) return null
  const { rich } = speaker(languages, language)
  const { key, values } = nextSaid(place?.name)
  const written = languages.find(next.language)
  return {
    title: rich('heard.next.title'),
    by: rich(key, values),
    ...{ lang: next.language, dir: written?.dir ?? 'ltr' },
    named: written && written !== language ? { text: rich('heard.next.language'), name: written.name } : null,
    blocks: next.blocks.map((block) =>
      'points' in block ? { points: block.points.map(peoplesParagraph) } : { lines: block.lines.map(peoplesParagraph) },
    ),
  }
}

/** In print the outlines are as dark as what is filled. */
const look = {
  ...{ filled: 'fill="#0b5a60"', empty: 'fill="none" stroke="#4a5658" stroke-width="2"' },
  around: 'xmlns="http://www.w3.org/2000/svg"',
}
