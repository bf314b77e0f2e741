import { codeAddress, withoutScheme } from '../invitation/code-address.ts'
import { inFours } from '../invitation/survey-code.ts'
import { defaultLanguage, type Language, type Languages } from '../language/languages.ts'
import { writtenDay } from '../language/written-day.ts'
import { type Asking, noticeAddress } from '../notice/notice-address.ts'
import { registerOf, type TargetGroup } from '../questionnaire/target-groups.ts'
import { peoplesLine } from './rich-text.ts'
import { checkNumber, type Sheet, speaker } from './sheet.ts'
import { sidesOf } from './sides.ts'

export interface LetterSheetOptions {
  /** One letter each. Without an address the window of the envelope stays empty, for a label. */
  letters: { code: string; address?: readonly string[] }[]
  /** Who is written to decides how: nothing in the letter names the group or its kind of help. */
  group: TargetGroup
  /** Who writes: the municipality, the unit, perhaps its address. At most 5 lines are shown. */
  sender: readonly string[]
  /** Who to ask: a name, a telephone number. At most 3 lines are shown. */
  contact: readonly string[]
  /** Who asks; the letter says where its privacy notice is. */
  municipality: Asking
  /** The last day to answer, as 2026-10-31. */
  lastDay: string
  /** Whether an empty page follows each, where a printer prints on both sides whatever it is told. */
  emptyBacks?: boolean
  publicUrl: string
  language: Language
  languages: Languages
}

/** So many lines there is room for on a letter. More are for whoever asks to refuse: left out, they would be missed by nobody. */
export const mostLines = { address: 6, sender: 5, contact: 3 }

/** The longest line of a contact, in characters: with three of these a letter is one page still, set a little smaller. */
export const longestContact = 60

/** A letter per code, for an envelope with a window on the right: in a language and, on the same page, in Swedish. */
export function letterSheet(options: LetterSheetOptions): Sheet {
  const { letters, sender, contact, publicUrl, language, languages } = options
  checkNumber(letters.length)
  const swedish = languages.find(defaultLanguage)!
  const { plain, lang, dir } = speaker(languages, language)
  const lines = (texts: readonly string[], most: number) =>
    texts
      .map(peoplesLine)
      .filter((line) => line.length > 2)
      .slice(0, most)
  return {
    template: 'letters',
    title: plain('web.serviceName'),
    lang,
    dir,
    sides: sidesOf(options.emptyBacks),
    content: {
      emptyBacks: options.emptyBacks ?? false,
      host: withoutScheme(publicUrl),
      letters: letters.map(({ code, address = [] }) => ({
        code: inFours(code, '\u00a0'),
        address: lines(address, mostLines.address),
      })),
      sender: lines(sender, mostLines.sender),
      contact: lines(contact, mostLines.contact),
      texts: (language === swedish ? [swedish] : [language, swedish]).map((each) => textsIn(each, options)),
    },
    links: letters.map(({ code }) => codeAddress(publicUrl, code)),
  }
}

function textsIn(language: Language, { languages, group, lastDay, publicUrl, municipality }: LetterSheetOptions) {
  const { plain, rich, lang, dir } = speaker(languages, language)
  const register = registerOf(group)
  return {
    lang,
    dir,
    heading: rich(`response.form.${register}.heading`),
    why: rich(`print.letter.${register}.why`),
    promise: rich(`response.form.${register}.promise`),
    choice: rich(`response.form.${register}.choice`),
    scan: rich('print.scan'),
    address: rich('print.address'),
    code: rich('print.code'),
    lastDay: rich('print.lastDay', { day: writtenDay(language, lastDay) }),
    questions: rich('print.questions'),
    notice: rich('web.aboutLink'),
    noticeAddress: withoutScheme(noticeAddress(publicUrl, lang, municipality, register)),
    qr: plain('print.qr'),
  }
}
