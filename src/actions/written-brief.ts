import { briefOf } from '../results/brief.ts'
import { sentenceText } from '../results/brief-text.ts'
import { nationArea } from '../results/indicator.ts'
import type { AnswerStores } from '../stores.ts'
import type { YearBefore } from './year-before.ts'

/** A sentence of the year in brief, and how it was found. */
export interface WrittenSentence {
  text: string
  found: string
}

interface Wanted {
  key: { roundId: string; number: number }
  /** A municipality's code, or `0000` for the nation. */
  area: string
  before?: YearBefore
  t: (key: string, values?: Record<string, string | number>) => string
}

/** The year in brief of an area as the figures alone have it, in a language; empty where nothing can be told. */
export async function writtenBrief(
  { results }: Pick<AnswerStores, 'results'>,
  { key, area, before, t }: Wanted,
): Promise<WrittenSentence[]> {
  const isNation = area === nationArea
  const of = { levels: [isNation ? 'nation' : 'municipality'], areas: [area] } as const
  const own = await results.listIndicators(key, of)
  const last = await before?.list(of)
  const beside = isNation
    ? { municipalities: (await results.listReleasedMunicipalities(key)).length }
    : { nation: await results.listIndicators(key, { levels: ['nation'], areas: [nationArea] }) }
  const ground = { own, ...beside, before: last && last.length > 0 ? last : undefined }
  return briefOf(ground).map((sentence) => ({
    text: sentenceText(sentence, t),
    found: t(`results.brief.rules.${sentence.rule}`),
  }))
}
