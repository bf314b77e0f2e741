import type { Language } from '../web/languages.ts'

/** A text as its parts; those that are `sv` are Swedish words in a text of another language. */
export type Rich = { text: string; sv?: true }[]

const [leftToRight, firstStrong, end] = ['\u2066', '\u2068', '\u2069']

/** The parts of a text of ours, in which `<sv>` marks Swedish words. Those are isolated, so that brackets stay where they belong. */
export function rich(text: string, dir: Language['dir'] = 'ltr'): Rich {
  return text.split(/(<sv>.*?<\/sv>)/).flatMap((part): Rich => {
    const words = /^<sv>(.*)<\/sv>$/.exec(part)?.[1]
    if (words === undefined) return part ? [{ text: part }] : []
    return [{ text: dir === 'rtl' ? `${leftToRight}${words}${end}` : words, sv: true }]
  })
}

/** A date, a link or digits, for the middle of a text that may run the other way. */
export function isolated(text: string): string {
  return `${leftToRight}${text}${end}`
}

/**
 * The letters that the fonts hold (test/print/typeset.test.ts sets them all): Latin, Cyrillic, Arabic, Ethiopic and common signs.
 * Marks that turn the direction of what follows, and all other invisible ones, are not among them.
 */
const unprintable =
  /[^ -~\u00a0-\u00ac\u00ae-\u024f\u1e00-\u1e9b\u1e9e\u1ea0-\u1ef9\u0400-\u045f\u0490\u0491\u060c\u061b\u061f\u0621-\u063a\u0640-\u0652\u0660-\u066c\u067e\u0686\u0698\u06a9\u06af\u06cc\u06c0\u06f0-\u06f9\u200c\u1200-\u1248\u124a-\u124d\u1250-\u1256\u1258\u125a-\u125d\u1260-\u1288\u128a-\u128d\u1290-\u12b0\u12b2-\u12b5\u12b8-\u12be\u12c0\u12c2-\u12c5\u12c8-\u12d6\u12d8-\u1310\u1312-\u1315\u1318-\u135a\u1361-\u1368\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020\u2022\u2026\u20ac]/gu

/**
 * A line that people wrote - a unit, an address - made safe to set: one line of at most 200 characters, nothing that turns its
 * surroundings around, a question mark for letters that no font of ours has, and very long words given places to break.
 */
export function peoplesLine(text: string): string {
  const line = text
    .normalize('NFC')
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/(?!\u200c)\p{C}|[\ufe00-\ufe0f]/gu, '') // Persian words need the non-joiner
    .replace(unprintable, '?')
    .trim()
  const short = [...line].slice(0, 200).join('')
  return `${firstStrong}${short.replace(/[^\s\u200c-]{24}(?=[^\s-])/gu, '$&\u200b')}${end}`
}
