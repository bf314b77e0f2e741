import { nationArea } from '../results/indicator.ts'
import { lineOf } from '../results/release-hash.ts'
import type { AnswerStores } from '../stores.ts'

/** Whether a release tells something else of an area than an earlier one of the round did. @param area a municipality's code, or `0000` for the nation */
export async function areFiguresChanged(
  { results }: Pick<AnswerStores, 'results'>,
  { roundId, area }: { roundId: string; area: string },
  { from, to }: { from: number; to: number },
): Promise<boolean> {
  if (from === to) return false
  const of = { levels: [area === nationArea ? 'nation' : 'municipality'], areas: [area] } as const
  const linesIn = async (number: number) => (await results.listIndicators({ roundId, number }, of)).map(lineOf)
  const [then, now] = [await linesIn(from), await linesIn(to)]
  return then.length !== now.length || then.some((line, at) => line !== now[at])
}
