import { overallRules } from './brief-overall.ts'
import { participationRules } from './brief-participation.ts'
import { questionRules } from './brief-questions.ts'
import type { BriefFacts, BriefGround, BriefRule, BriefSentence } from './brief-rule.ts'
import { shareLines } from './share-lines.ts'

const rules: Record<string, BriefRule> = { ...participationRules, ...overallRules, ...questionRules }

/** The year in some sentences, from what is told alone: each by a rule with its own condition, in the order in which they are read. */
export function briefOf(ground: BriefGround): BriefSentence[] {
  const { own, nation: whole, before } = ground
  const facts: BriefFacts = { ...ground, lines: shareLines({ own, whole, before, targetGroup: 'total' }) }
  return Object.entries(rules).flatMap(([rule, write]) => {
    const written = write(facts) ?? []
    return (Array.isArray(written) ? written : [written]).map((sentence) => ({ rule, ...sentence }))
  })
}
