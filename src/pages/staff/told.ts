import type { Language, Languages } from '../../language/languages.ts'

/**
 * `?done=people.invited` after a form was read says so, in a text of `staff.people.done`; `?notice=` says what else its sender must know,
 * in a text of `staff.people.notice`. A number may follow, for texts that say of how many: `done=enrolment.approvedSome-4`. While no mail leaves, a text that promises one gives way to the one of the same key with `Waits`.
 */
export function toldText(
  languages: Languages,
  { language, query, mailWaits }: { language: Language; query: unknown; mailWaits: boolean },
  kind: 'done' | 'notice',
): string | undefined {
  const told = String((query as Record<string, unknown>)?.[kind])
  const [, capability, deed, count] = /^([a-z]{1,20})\.([a-zA-Z]{1,30})(?:-(\d{1,4}))?$/.exec(told) ?? []
  const key = `staff.${capability}.${kind}.${deed}`
  const keys = mailWaits ? [`${key}Waits`, key] : [key]
  const isText = (each: string) => languages.has(language, each) || (count && languages.has(language, `${each}_other`))
  const known = capability && keys.find(isText)
  return known ? languages.text(language, known, count ? { count: Number(count) } : {}) : undefined
}
