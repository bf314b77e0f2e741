import { groupRules } from './brief-groups.ts'
import { overallRules } from './brief-overall.ts'
import { participationRules } from './brief-participation.ts'
import { questionRules } from './brief-questions.ts'
import type { BriefFacts, BriefGround, BriefPart, BriefRule, BriefSentence } from './brief-rule.ts'
import { shareLines } from './share-lines.ts'

const parts: Record<BriefPart, Record<string, BriefRule>> = {
  participation: participationRules,
  overall: overallRules,
  questions: questionRules,
  groups: groupRules,
}

/** The year in some sentences, from what is told alone: each by a rule with its own condition, in the order in which they are read. */
export function briefOf(ground: BriefGround): BriefSentence[] {
  const { own, nation: whole, before } = ground
  const facts: BriefFacts = { ...ground, lines: shareLines({ own, whole, before, targetGroup: 'total' }) }
  return (Object.keys(parts) as BriefPart[]).flatMap((part) =>
    Object.entries(parts[part]).flatMap(([rule, write]) =>
      [write(facts) ?? []].flat().map((sentence) => ({ part, rule, ...sentence })),
    ),
  )
}
