import * as z from 'zod'
import type { GroupChange } from '../../../enrolment/units-store.ts'
import { type TargetGroup, targetGroups } from '../../../questionnaire/target-groups.ts'
import { several } from '../../../web/form.ts'

/*
 * Units and groups as one form: for each unit of the page what was ticked when it was shown, in `shown` (`id:group,group`), and each tick as the number of
 * its unit among those and its group, in `at`.
 */

const form = z.object({ shown: several(z.string().max(200)).catch([]), at: several(z.string().max(40)).catch([]) })
const isGroup = (text: string): text is TargetGroup => (targetGroups as readonly string[]).includes(text)

/** What somebody has ticked and unticked, by unit; units at which nothing is otherwise are left out. */
export function readMatrix(body: unknown): GroupChange[] {
  const { shown, at } = form.parse(body ?? {})
  return shown.flatMap((text, number) => {
    const [unitId = '', before = ''] = text.split(':')
    const was = before.split(',').filter(isGroup)
    const is = at.map((tick) => tick.split('.')).flatMap(([row, group = '']) => (row === String(number) ? [group] : []))
    const change = changeOf(was, is.filter(isGroup))
    return change.added.length + change.removed.length > 0 ? [{ unitId, ...change }] : []
  })
}

/** Which groups came and which went. */
export const changeOf = (was: TargetGroup[], is: TargetGroup[]) => ({
  added: targetGroups.filter((group) => is.includes(group) && !was.includes(group)),
  removed: was.filter((group) => !is.includes(group)),
})
