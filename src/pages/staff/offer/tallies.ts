import type { Role } from '../../../people/roles.ts'

/** What can be counted where the survey is offered: a no before a code was drawn, at a tablet, and after a code; and a form of paper. */
export const tallies = {
  handout: { channel: 'handout', disposition: 'declined' },
  tablet: { channel: 'tablet', disposition: 'declined' },
  withCode: { channel: 'handout', disposition: 'declined_with_code' },
  paper: { channel: 'paper', disposition: 'handed_out' },
} as const

export type TallyName = keyof typeof tallies

/** What somebody counts, the commonest first: hosts stand at the tablets, caseworkers sit in meetings. */
export const talliesOf = (role: Role): TallyName[] =>
  role === 'host' ? ['tablet', 'paper', 'handout'] : ['handout', 'paper', 'tablet']
