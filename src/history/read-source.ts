import { sourceRefusal } from './problem.ts'
import { readHistoryCsv } from './read-csv.ts'
import { type ReadAnswer, readJson } from './read-json.ts'
import type { SourceFigure } from './source-figure.ts'

/** So much of a source is looked at to see what it is, in bytes. */
const lookedAt = 64 * 1024

/**
 * Reads figures from the bytes of a source as they come in: an answer of the indicator database's API, or rows of CSV. What it is, is seen
 * by what it holds.
 * @throws DomainError that says why nothing of it is taken in
 */
export async function readSource(
  bytes: AsyncIterable<Uint8Array>,
  take: (figure: SourceFigure) => void,
): Promise<ReadAnswer> {
  const source = bytes[Symbol.asyncIterator]()
  const beginning = await beginningOf(source)
  const all = together(beginning, source)
  const kind = kindOf(beginning)
  if (kind !== 'csv') return readJson(all, kind, take)
  let rows = 0
  await readHistoryCsv(all, beginning, (figure) => {
    rows++
    take(figure)
  })
  return { rows, hasNext: false }
}

async function beginningOf(source: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let length = 0
  while (length < lookedAt) {
    const { value, done } = await source.next()
    if (done) break
    pieces.push(value)
    length += value.length
  }
  return withoutMark(Buffer.concat(pieces))
}

const withoutMark = (bytes: Buffer) => (bytes.subarray(0, 3).toString('latin1') === 'ï»¿' ? bytes.subarray(3) : bytes)

async function* together(beginning: Buffer, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield beginning
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
  } finally {
    await source.return?.()
  }
}

function kindOf(beginning: Buffer): '{' | '[' | 'csv' {
  const start = beginning.subarray(0, 1_000).toString('latin1').trimStart()
  if (start === '') throw sourceRefusal('empty')
  if (start.startsWith('<')) throw sourceRefusal('html')
  if (start.startsWith('PK\x03\x04') || start.startsWith('\xd0\xcf\x11\xe0')) throw sourceRefusal('excel')
  if (start.startsWith('\x1f\x8b') || start.startsWith('%PDF')) throw sourceRefusal('otherFile')
  return start[0] === '{' || start[0] === '[' ? start[0] : 'csv'
}
