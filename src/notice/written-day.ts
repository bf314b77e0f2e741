import type { Language } from '../web/languages.ts'

/**
 * A day in words, such as `28 november 2026`. Languages written from right to left get `2026-11-28`, held in order: readers of Arabic
 * and Persian in Sweden use other names of months than Intl gives.
 */
export function writtenDay({ dir, intl }: Pick<Language, 'dir' | 'intl'>, isoDay: string): string {
  if (dir === 'rtl') return `\u2066${isoDay}\u2069`
  return new Intl.DateTimeFormat(intl, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(isoDay))
}
