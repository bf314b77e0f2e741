import { spawnSync } from 'node:child_process'

/** Whether poppler's reader of PDFs is here (`apt-get install -y poppler-utils`). */
export const hasPdftotext = spawnSync('pdftotext', ['-v']).error === undefined

/** The text of a PDF as poppler copies it, in the form of `asCopied`. */
export function textOf(pdf: Buffer): string {
  return bare(read(pdf))
}

/** Where the words of a PDF of A4 pages stand, in mm from the left and the top of their page. */
export function wordsOf(pdf: Buffer): { left: number; top: number; right: number; bottom: number }[] {
  const mm = (points: string | undefined) => (Number(points) / 72) * 25.4
  const word = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">/g
  return [...read(pdf, '-bbox').matchAll(word)].map(([, left, top, right, bottom]) => ({
    left: mm(left),
    top: mm(top),
    right: mm(right),
    bottom: mm(bottom),
  }))
}

function read(pdf: Buffer, ...how: string[]): string {
  const options = { input: pdf, encoding: 'utf8', maxBuffer: 1e8 } as const
  const { stdout, status } = spawnSync('pdftotext', [...how, '-', '-'], options)
  if (status !== 0) throw new Error('pdftotext could not read the PDF.')
  return stdout
}

/**
 * A text as poppler copies it: on one line, without the signs of direction and without vowel signs. Where one glyph stands for several
 * letters - lam and alef, which every face joins, and the half-space of Persian with the letter after it - the file tells them in
 * their order (`ActualText`), but poppler (of 2022) turns them round in a text from right to left.
 */
export function asCopied(text: string): string {
  return bare(text)
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/(\u0644)([\u0622\u0623\u0625\u0627])/g, '$2$1')
    .replace(/\u200c(\p{L})/gu, '$1\u200c')
}

/** Without the signs of direction that poppler adds, and without vowel signs, which it copies twice. */
function bare(text: string): string {
  return text
    .replace(/\u200d|[\u200b\u200e\u200f\u202a-\u202e\u00ad]/g, '')
    .replace(/[\u0610-\u061a\u064b-\u065f\u0670]/g, '')
    .replace(/\s+/g, ' ')
}
