import type { GroupOrTotal } from '../../results/indicator.ts'
import type { ShareLine } from '../../results/share-lines.ts'
import type { QuestionRow } from './question-view.ts'
import type { AskedPage } from './results-pages.ts'

type Words = Pick<AskedPage, 't' | 'frame'>

/** What a target group, or all of them together, is called. */
export const groupName = (group: GroupOrTotal, { t }: Pick<Words, 't'>): string => t(`results.groups.${group}`)

/** The same within a sentence. */
export const lowerName =
  (words: Pick<Words, 't'>) =>
  ({ targetGroup }: Pick<ShareLine, 'targetGroup'>): string => {
    const name = groupName(targetGroup, words)
    return name.charAt(0).toLocaleLowerCase('sv') + name.slice(1)
  }

/** A row of a target group, which has a page of its own; that of all together is the nation's. */
export const groupHead = (
  { targetGroup }: Pick<ShareLine, 'targetGroup'>,
  words: Words,
): Pick<QuestionRow, 'question' | 'positive' | 'href'> => ({
  question: groupName(targetGroup, words),
  positive: '',
  href: words.frame.to(targetGroup === 'total' ? '' : `/groups/${targetGroup}`),
})
