import { registerOf, type TargetGroup, targetGroups } from '../../questionnaire/target-groups.ts'
import { type AskedQuestion, type AskedWords, askedWords } from '../../round/asked-words.ts'
import { plainText } from '../../web/views.ts'
import { listed } from './area.ts'
import { groupName } from './groups.ts'
import type { Wordings } from './question-view.ts'
import type { AskedPage, ResultsContext } from './results-pages.ts'

/** What was asked in the round that is read, in each of its languages: what was kept when it was opened, or what is asked now where nothing was. */
export async function wordsOf(
  { stores, languages }: Pick<ResultsContext, 'stores' | 'languages'>,
  { key }: Pick<AskedPage, 'key'>,
): Promise<{ isKept: boolean; words: AskedWords[] }> {
  const words = await stores.round.listAskedWords(key.roundId)
  if (words.length > 0) return { isKept: true, words }
  return { isKept: false, words: askedWords(languages, await stores.round.getRound(key.roundId)) }
}

/** A question as it was asked: of adults, of young people where that differs, and of each target group where there are more than two ways. */
export function wordingsOf({ asked }: AskedQuestion, words: Pick<AskedPage, 't'>): Wordings {
  const groups = targetGroups.filter((group) => asked[group] !== undefined)
  const textFor = (register: string) =>
    plainText(asked[groups.find((group) => registerOf(group) === register) ?? groups[0]!]!)
  const [adult, young] = [textFor('adult'), textFor('young')]
  const each = waysOf(asked, words).map(({ text, groups }) => ({ text: plainText(text), groups }))
  return { adult, ...(young === adult ? {} : { young }), each: each.length > 2 ? each : [] }
}

/** The ways in which a question was put, each with the target groups that were asked so. */
export function waysOf(asked: AskedQuestion['asked'], words: Pick<AskedPage, 't'>): { text: string; groups: string }[] {
  const byText = new Map<string, TargetGroup[]>()
  for (const group of targetGroups) {
    const text = asked[group]
    if (text !== undefined) byText.set(text, [...(byText.get(text) ?? []), group])
  }
  return [...byText].map(([text, groups]) => ({
    text,
    groups: listed(
      groups.map((group) => groupName(group, words)),
      words.t,
    ),
  }))
}
