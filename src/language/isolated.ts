import type { Language } from './languages.ts'

const [leftToRight, firstStrong, end] = ['\u2066', '\u2068', '\u2069']

/** A date, a link or digits, held from left to right in the middle of a text that may run the other way. */
export const isolated = (text: string) => `${leftToRight}${text}${end}`

/** The same where the language is written from right to left; elsewhere the text as it is. */
export const isolatedIn = ({ dir }: Pick<Language, 'dir'>, text: string) => (dir === 'rtl' ? isolated(text) : text)

/** What people wrote, in the direction of its own first letter: it turns nothing of its surroundings around. */
export const inItsDirection = (text: string) => `${firstStrong}${text}${end}`
