import { DomainError } from '../errors.ts'
import type { Language, Languages } from '../language/languages.ts'
import { type Rich, rich } from './rich-text.ts'
import type { Sides } from './sides.ts'

/** What can be printed; each has its template in views/print. */
export type Template = 'slips' | 'letters' | 'paper-forms' | 'protocol' | 'report' | 'heard'

/** Something to print, as plain data: texts in their language, and the links that become QR codes, by place. */
export interface Sheet {
  template: Template
  /** What the document is called and the language it is in, for those who have it read aloud. */
  title: string
  lang: string
  dir: Language['dir']
  /** Where several people's sheets are in one file, none may come on the back of another. */
  sides: Sides
  /** The ISO day that the document is of, where it is for an archive: then it keeps to PDF/A, which asks for one. */
  archivedOf?: string
  /** What the template shows. All of it is data to typst, never source. */
  content: Record<string, unknown>
  /** The texts of the QR codes: the template shows the n-th where its data says so. */
  links: string[]
}

/** The texts of a language, ready for a template. */
export function speaker(languages: Languages, language: Language) {
  return {
    lang: language.code,
    dir: language.dir,
    plain: (key: string, values?: Record<string, string | number>) => languages.text(language, key, values),
    rich: (key: string, values?: Record<string, string | number>): Rich =>
      rich(languages.text(language, key, values), language.dir),
  }
}

/** More at once would take gigabytes of memory. A thousand letters take half of one, and some seconds. */
export const mostAtOnce = 1000

/** @throws DomainError `invalid` when it is too much to print at once */
export function checkNumber(number: number): void {
  if (number < 1 || number > mostAtOnce)
    throw new DomainError('invalid', `From 1 to ${mostAtOnce} can be printed at once.`)
}
