import { writtenDay as inWords } from '../time/swedish-day.ts'
import { isolatedIn } from './isolated.ts'
import type { Language } from './languages.ts'

/**
 * A day in words, such as `28 november 2026`. Languages written from right to left get `2026-11-28`, held in order: readers of Arabic
 * and Persian in Sweden use other names of months than Intl gives.
 */
export function writtenDay({ dir, intl }: Pick<Language, 'dir' | 'intl'>, isoDay: string): string {
  return dir === 'rtl' ? isolatedIn({ dir }, isoDay) : inWords(intl, isoDay)
}
