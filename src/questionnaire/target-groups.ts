/** The five groups of people who are asked. A round says which of them it has. The order is part of the format of a visit. */
export const targetGroups = ['economic_assistance', 'addiction', 'guardian', 'youth', 'unaccompanied'] as const

export type TargetGroup = (typeof targetGroups)[number]

/** How a group is spoken to: adults politely, people from 13 and up in plain, warm words. */
export type Register = 'adult' | 'young'

const young: ReadonlySet<TargetGroup> = new Set<TargetGroup>(['youth', 'unaccompanied'])

export const registers: readonly Register[] = ['adult', 'young']

export function registerOf(group: TargetGroup): Register {
  return young.has(group) ? 'young' : 'adult'
}

export function isTargetGroup(text: string): text is TargetGroup {
  return (targetGroups as readonly string[]).includes(text)
}
