import { defaultLanguage, type Language, type Languages } from '../language/languages.ts'
import type { Round } from './round.ts'

/** What is stored of a choice of languages: the known ones, Swedish always with them; nothing when it is all there are. */
export function chosenLanguages({ all }: Languages, chosen: string[]): string[] {
  const codes = all.map(({ code }) => code).filter((code) => code === defaultLanguage || chosen.includes(code))
  return codes.length === all.length ? [] : codes
}

export interface LanguageState {
  language: Language
  /** Texts for respondents that it has, of those that Swedish has. */
  texts: number
  ofTexts: number
  isUsed: boolean
}

/** How complete each language is, and whether a round uses it. `keys` are the Swedish texts for respondents. */
export function languageStates(languages: Languages, keys: string[], used: string[]): LanguageState[] {
  return languages.all.map((language) => ({
    language,
    texts: keys.filter((key) => languages.has(language, key) || languages.has(language, `${key}_other`)).length,
    ofTexts: keys.length,
    isUsed: used.length === 0 || used.includes(language.code),
  }))
}

/** The languages a round prints and asks in: all when it has chosen none. */
export function languagesOf(languages: Languages, { languages: chosen }: Pick<Round, 'languages'>): Languages {
  if (chosen.length === 0) return languages
  const all = languages.all.filter(({ code }) => code === defaultLanguage || chosen.includes(code))
  return { ...languages, all, find: (code) => all.find((language) => language.code === code) }
}

/** The languages that respondents meet: those of every round that collects, paused ones too; all while none collects. */
export function offeredLanguages(languages: Languages, rounds: Pick<Round, 'state' | 'languages'>[]): Languages {
  const collecting = rounds.filter(({ state }) => state === 'collecting')
  const isOpenToAll = collecting.some((round) => round.languages.length === 0)
  return isOpenToAll ? languages : languagesOf(languages, { languages: collecting.flatMap((round) => round.languages) })
}
