import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type FormatterModule, type i18n } from 'i18next'
import * as z from 'zod'
import { inProject } from '../project-folder.ts'
import { compareNames } from '../text/name-order.ts'

/** A language is a folder of texts and nothing else. `code` is the folder's name, a BCP 47 language tag. */
export interface Language {
  code: string
  /** Its own name in its own script. */
  name: string
  dir: 'ltr' | 'rtl'
  /** The tag that makes Intl write numbers and dates as this language's readers expect them in Sweden. */
  intl: string
  /** Whether a person has read the texts. Shown to administrators, not to respondents. */
  reviewed: boolean
}

export interface Languages {
  all: Language[]
  /** The one of that code, or `undefined`. */
  find(code: string): Language | undefined
  /** Whether a text of that key exists. */
  has(language: Language, key: string): boolean
  /** Plain text of a key such as `response.form.next`; numbers are written as the language writes them. */
  text(language: Language, key: string, values?: Record<string, string | number>): string
}

export const defaultLanguage = 'sv'

export const localesFolder = inProject('locales')

const languageFile = z.object({
  name: z.string().min(1),
  dir: z.enum(['ltr', 'rtl']),
  intl: z.string().refine(isLanguageTag, 'no language tag'),
  reviewed: z.boolean(),
})

/**
 * Reads every language of a folder: Swedish first, then by own name.
 * @throws Error when a folder has no usable `language.json`.
 */
export function loadLanguages(folder = localesFolder): Languages {
  const codes = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  const all = codes.map((code) => readLanguage(folder, code))
  all.sort(
    (a, b) => Number(b.code === defaultLanguage) - Number(a.code === defaultLanguage) || compareNames(a.name, b.name),
  )
  const byCode = new Map(all.map((language) => [language.code, language]))
  const i18n = startI18next(folder, all)

  return {
    all,
    find: (code) => byCode.get(code),
    has: (language, key) => i18n.exists(key, { lng: language.code }),
    text: (language, key, values) => i18n.t(key, { lng: language.code, ...values }),
  }
}

/** @throws Error that names the folder and says what is wrong with it */
function readLanguage(folder: string, code: string): Language {
  try {
    if (!/^[A-Za-z-]{2,8}$/.test(code)) throw new Error('Its name must be a language tag of 2 to 8 letters.') // ballot.ts
    return { code, ...languageFile.parse(readJson(join(folder, code, 'language.json'))) }
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message
    throw new Error(`The language ${code} in ${folder} is not usable: ${reason}`, { cause })
  }
}

/** Whether a tag is well-formed; Intl knows what to do with it even where it has no data for it. */
function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

function startI18next(folder: string, languages: Language[]): i18n {
  const instance = i18next.createInstance()
  instance.use(numberFormatter(languages))
  void instance.init({
    initAsync: false, // the texts are at hand
    resources: Object.fromEntries(languages.map(({ code }) => [code, { translation: readTexts(join(folder, code)) }])),
    lng: defaultLanguage,
    fallbackLng: false,
    returnEmptyString: false,
    interpolation: { escapeValue: false, alwaysFormat: true }, // the views escape
    parseMissingKeyHandler: (key) => {
      throw new Error(`There is no text ${key}`)
    },
  })
  return instance
}

/** Writes every number in a text as the readers of its language write it. */
function numberFormatter(languages: Language[]): FormatterModule {
  const numbers = new Map(languages.map(({ code, intl }) => [code, new Intl.NumberFormat(intl)]))
  return {
    type: 'formatter',
    init() {},
    add() {},
    addCached() {},
    format: (value, _format, language) => (typeof value === 'number' ? numbers.get(language!)!.format(value) : value),
  }
}

/** All texts of a language, by file: `web.json` holds the keys that begin with `web.`, `staff/people.json` those of `staff.people.`. */
export function readTexts(folder: string): Record<string, unknown> {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'language.json')
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? [entry.name, readTexts(path)] : [entry.name.replace(/\.json$/, ''), readJson(path)]
    }),
  )
}

/** The keys of all Swedish texts for respondents, plural forms as one. What another language must have to be whole; results are in Swedish and English. */
export function respondentTextKeys(folder = localesFolder): string[] {
  const { staff, results, ...texts } = readTexts(join(folder, defaultLanguage))
  const plural = /_(zero|one|two|few|many|other)$/
  return [...new Set(keysOf(texts).map((key) => key.replace(plural, '')))]
}

function keysOf(tree: object, path = ''): string[] {
  return Object.entries(tree).flatMap(([name, branch]) =>
    typeof branch === 'string' ? [path + name] : keysOf(branch, `${path}${name}.`),
  )
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
