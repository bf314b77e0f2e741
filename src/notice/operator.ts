import { isolatedIn } from '../language/isolated.ts'
import type { Language } from '../language/languages.ts'
import { contactParts, type NoticeSettings } from './responsible.ts'

/** What the operator says, for every view that the public meets: telephone numbers stand in order in a text from right to left as well. */
export function toldOf({ helpLines, supervisor, owner }: NoticeSettings, language: Language) {
  const numbers = Object.entries(helpLines).map(([line, number]) => [line, isolatedIn(language, number)])
  const leader = { ...owner, contactParts: contactParts(owner.contact ?? '') }
  return { supervisor, leader, helpLines: Object.fromEntries(numbers) as NoticeSettings['helpLines'] }
}

export type ToldByOperator = ReturnType<typeof toldOf>
