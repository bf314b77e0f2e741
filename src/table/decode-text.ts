import { tableRefusal } from './table.ts'

const marks = [
  { encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
]

/**
 * The text of a file. Its byte order mark says how it is written; without one it is UTF-8 or, where that cannot be,
 * Windows-1252, in which Swedish Excel saves CSV: then `guessed` is true.
 * @throws DomainError `invalid` when it is no text
 */
export function decodeText(bytes: Buffer): { text: string; guessed: boolean } {
  const marked = marks.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))
  const text = decode(bytes, marked?.encoding ?? 'utf-8')
  if (text === undefined && marked) throw tableRefusal('damaged')
  const readable = text ?? windows1252(bytes)
  if (readable.includes('\0') || /^\s*<(?:!doctype|\?xml|html|head|meta|table)/i.test(readable))
    throw tableRefusal('otherFile')
  return { text: readable, guessed: text === undefined }
}

function decode(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The 32 places of Windows-1252 that are not as in Latin-1, of which Node's own decoder knows nothing. */
const places = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

function windows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (place) => places[place.charCodeAt(0) - 0x80]!)
}
