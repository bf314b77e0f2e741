import { briefOf } from '../results/brief.ts'
import type { BriefPart } from '../results/brief-rule.ts'
import { sentenceText } from '../results/brief-text.ts'
import { nationArea } from '../results/indicator.ts'
import type { AnswerStores } from '../stores.ts'
import type { YearBefore } from './year-before.ts'

/** A sentence of the year in brief, of which paragraph it is, and how it was found. */
export interface WrittenSentence {
  part: BriefPart
  text: string
  found: string
}

/** The sentences of each paragraph, which is text when they are read one after the other. */
export function paragraphsOf(sentences: readonly WrittenSentence[]): string[] {
  const parts = [...new Set(sentences.map(({ part }) => part))]
  return parts.map((part) =>
    sentences
      .filter((sentence) => sentence.part === part)
      .map(({ text }) => text)
      .join(' '),
  )
}

/** How sentences were found, each way once, with all that were found so. */
export function foundTogether(sentences: readonly WrittenSentence[]): { text: string; found: string }[] {
  return [...new Set(sentences.map(({ found }) => found))].map((found) => ({
    text: sentences
      .filter((sentence) => sentence.found === found)
      .map(({ text }) => text)
      .join(' '),
    found,
  }))
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
  const ground = { own, ...beside, before: last && last.length > 0 ? last : undefined, breaks: before }
  return briefOf(ground).map((sentence) => ({
    part: sentence.part,
    text: sentenceText(sentence, t),
    found: t(`results.brief.rules.${sentence.rule}`),
  }))
}
