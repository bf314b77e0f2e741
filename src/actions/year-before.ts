import type { QuestionId } from '../questionnaire/questions.ts'
import type { Indicator } from '../results/indicator.ts'
import { rewordedQuestions } from '../round/asked-words.ts'
import type { AnswerStores } from '../stores.ts'

interface ReleaseKey {
  roundId: string
  number: number
}

type Stores = Pick<AnswerStores, 'results' | 'round'>
type Wanted = Parameters<Stores['results']['listIndicators']>[1]

/** The release of the year before, as far as this year's can be laid beside it. */
export interface YearBefore {
  /** What was asked in other words then: the series is broken there, and nothing is compared. */
  reworded: QuestionId[]
  /** Its indicators, but of those questions. */
  list(wanted: Wanted): Promise<Indicator[]>
}

export async function yearBefore({ results, round }: Stores, key: ReleaseKey, before: ReleaseKey): Promise<YearBefore> {
  const reworded = rewordedQuestions(
    await round.listAskedWords(key.roundId),
    await round.listAskedWords(before.roundId),
  )
  const isBroken = new Set<string>(reworded)
  return {
    reworded,
    async list(wanted) {
      const told = await results.listIndicators({ roundId: before.roundId, number: before.number }, wanted)
      return told.filter(({ question }) => !isBroken.has(question))
    },
  }
}
