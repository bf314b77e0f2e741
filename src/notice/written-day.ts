import type { Language } from '../web/languages.ts'
import { writtenDay as inWords } from '../web/swedish-day.ts'

/** What is written from left to right, held in order in a text of a language that is not. */
export const isolated = ({ dir }: Pick<Language, 'dir'>, text: string) => (dir === 'rtl' ? `\u2066${text}\u2069` : text)

/**
 * A day in words, such as `28 november 2026`. Languages written from right to left get `2026-11-28`, held in order: readers of Arabic
 * and Persian in Sweden use other names of months than Intl gives.
 */
export function writtenDay({ dir, intl }: Pick<Language, 'dir' | 'intl'>, isoDay: string): string {
  return dir === 'rtl' ? isolated({ dir }, isoDay) : inWords(intl, isoDay)
}
