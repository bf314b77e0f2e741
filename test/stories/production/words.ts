import { loadLanguages } from '../../../src/language/languages.ts'

const languages = loadLanguages()
const swedish = languages.find('sv')!

/** A text as the pages show it in Swedish, by its key: a story finds things by what they say, whatever that is today. */
export const words = (key: string, values?: Record<string, string | number>) => languages.text(swedish, key, values)

/** A text of a staff page, by its key without `staff.`. */
export const staff = (key: string, values?: Record<string, string | number>) => words(`staff.${key}`, values)

/** A target group as staff read it. */
export const groupName = (group: string) => staff(`words.groups.${group}`)

/** The name of a language, in itself. */
export const languageName = (code: string) => languages.find(code)!.name
