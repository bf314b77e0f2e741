import { readFileSync } from 'node:fs'
import { readRows } from '../anonymity/sqlite-file.ts'

/** The keys of the ballots in a file, as whoever copies it sees them: in the order in which they lie there. */
export function urnAsItLies(file: string): string[] {
  const ballots = readRows(readFileSync(file)).filter(
    ({ values }) =>
      Buffer.isBuffer(values[0]) && values.some((value) => Buffer.isBuffer(value) && value.length === 112),
  )
  return ballots.sort((a, b) => a.place - b.place).map(({ values }) => (values[0] as Buffer).toString('hex'))
}
