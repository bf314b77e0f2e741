import { type Opened, type UrnRow, unlocking } from '../../src/results/opening.ts'

type Watched = Parameters<typeof unlocking>

/** What ballots hold that are all here. @throws as `unlocking` does */
export function openUrn(rows: Iterable<UrnRow>, ...watched: Watched): Opened {
  const { take, end } = unlocking(...watched)
  for (const row of rows) take(row)
  return end()
}

/** The same of ballots that are still being read. */
export async function openUrnOf(rows: AsyncIterable<UrnRow>, ...watched: Watched): Promise<Opened> {
  const { take, end } = unlocking(...watched)
  for await (const row of rows) take(row)
  return end()
}
