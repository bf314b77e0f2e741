import { tellRound } from '../disclosure/figures.ts'
import type { KnownBefore } from '../disclosure/open-numbers.ts'
import type { Place } from '../fieldwork/cells.ts'
import type { ChannelRecord } from '../fieldwork/ledger.ts'
import { qualityQuestions } from '../questionnaire/questions.ts'
import { associationIndicators } from './association-indicators.ts'
import { cellsOf, opinionsBy, responsesBy } from './cells.ts'
import { genderIndicators, womenMenIndicators } from './gender-indicators.ts'
import { byIndicator, type Indicator, nationArea } from './indicator.ts'
import { meanIndicators } from './mean-indicators.ts'
import type { Opened } from './opening.ts'
import { participationIndicators } from './participation-indicators.ts'
import { setsOf } from './sets.ts'
import { shareIndicators } from './share-indicators.ts'
import { toldLanguages } from './told-languages.ts'

/** What a release is worked out from beside the answers: all of it as it was at the opening. */
export interface ReleaseGround {
  places: readonly Place[]
  records: readonly ChannelRecord[]
  /** The county of each municipality, by their codes. */
  countyOf: ReadonlyMap<string, string>
  /** What staff could know of how many answered when the fieldwork ended; left out where nothing was told of it. */
  known?: readonly KnownBefore[]
}

/**
 * All that is told of an opened urn, after disclosure control, in an order that depends on nothing else: opened again, the same urn gives
 * the same indicators. What is not among them is told nowhere.
 */
export function releaseIndicators(opened: Opened, { places, records, countyOf, known }: ReleaseGround): Indicator[] {
  const sets = setsOf(places)
  const counted = new Map(
    qualityQuestions.map((question) => [question.id as string, opinionsBy(question, opened.counts)]),
  )
  const answered = responsesBy(opened.responses)
  const told = tellRound(
    cellsOf(places, answered),
    qualityQuestions.map(({ id }) => cellsOf(places, counted.get(id)!)),
    known,
  )
  const shares = qualityQuestions.flatMap((question, nth) =>
    shareIndicators(question, opened.counts, { sets, told: told.shares[nth]! }),
  )
  const participation = participationIndicators(opened.responses, { places, sets, records, told: told.responses })
  const responses = participation.filter(({ measure }) => measure === 'responses')
  const indicators = [
    ...shares,
    ...womenMenIndicators(
      shares.filter(({ measure }) => measure === 'positive'),
      { sets, countedOf: (id) => counted.get(id)! },
    ),
    ...associationIndicators(opened.pairs, shares),
    ...participation,
    ...genderIndicators(responses, { sets, counted: answered }),
    ...languageIndicators(opened.languages, responses),
  ]
  return [...indicators, ...meanIndicators(indicators, countyOf)].sort(byIndicator)
}

/** For the nation only, where the number of its responses is told, to which they add up. */
function languageIndicators(languages: Opened['languages'], responses: readonly Indicator[]): Indicator[] {
  const all = responses.find(({ level, targetGroup }) => level === 'nation' && targetGroup === 'total')
  if (all?.people === undefined) return []
  return toldLanguages(languages).map(([part, people]) => ({
    ...{ level: 'nation', area: nationArea, targetGroup: 'total', gender: 'all', measure: 'language', question: '' },
    ...{ part, status: 'shown', value: people, people },
  }))
}
