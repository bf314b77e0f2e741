/** How a sheet is meant to be printed: on one side of the paper, or on both, turned as one turns the page of a book. */
export type Sides = 'one' | 'both'

/** Where an empty page follows each, it is to be the back: on one side the empty pages would be sheets of their own. */
export const sidesOf = (emptyBacks = false): Sides => (emptyBacks ? 'both' : 'one')

const duplex = { one: '/Simplex', both: '/DuplexFlipLongEdge' } as const
const preferences = '/ViewerPreferences <<'

/**
 * The same PDF, telling the printing dialog on how many sides to print: an office printer's own habit would put the next
 * person's code on the back. Typst writes the document's catalog last, so that nothing moves but the table behind it.
 * @throws Error when the PDF is not written so
 */
export function withSides(pdf: Buffer, sides: Sides): Buffer {
  const text = pdf.toString('latin1')
  const at = text.lastIndexOf(preferences) + preferences.length
  const [rest, start] = [text.slice(at), /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)]
  const isLast = !/(?<!\d)\d+ \d+ obj\b/.test(rest) && Number(start?.[1]) > at
  if (at < preferences.length || !start || !isLast) throw new Error('The PDF has its catalog in another place.')
  const added = ` /Duplex ${duplex[sides]}`
  const table = `startxref\n${Number(start[1]) + added.length}\n%%EOF`
  return Buffer.from(text.slice(0, at) + added + text.slice(at, start.index) + table, 'latin1')
}
