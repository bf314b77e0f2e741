import { defaultLanguage, type Languages } from '../language/languages.ts'
import type { Announcement } from '../results/announcements.ts'

/** Who is written to: in Swedish or English, as they have chosen. */
export interface Addressed {
  name: string
  language: string
  /** Where they read more, once they have signed in. */
  address: string
}

/** How an announcement reads, for one after the other. It holds no figures: those are on the pages, for those who may see them. */
export function announcementWriter(
  languages: Languages,
  { kind, at, reason }: Announcement,
  { year, isPractice }: { year: number; isPractice: boolean },
) {
  const known = new Map<string, ReturnType<typeof wordsIn>>()

  function wordsIn(code: string) {
    const language = languages.find(code)!
    const text = (key: string, values = {}) => languages.text(language, key, values)
    const time = new Intl.DateTimeFormat(language.intl, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: 'Europe/Stockholm',
    }).format(new Date(at))
    const values = { year: String(year), time }
    const key = `staff.announcements.${kind}`
    const because = reason && text(`staff.announcements.reason.${kind === 'withdrawn' ? 'withdrawn' : 'corrected'}`)
    const said = [
      text(`${key}.text`, values),
      because && `${because} ${reason}`,
      isPractice && text('results.practice'),
    ]
    return { text, subject: text(`${key}.subject`, values), said: said.filter(Boolean).join('\n\n') }
  }

  return ({ name, language, address }: Addressed) => {
    const code = language === 'en' ? 'en' : defaultLanguage
    const words = known.get(code) ?? wordsIn(code)
    known.set(code, words)
    const { text, subject, said } = words
    return { subject, text: text('staff.announcements.letter', { name, said, address }) }
  }
}
