import type { Action } from '../../people/roles.ts'

/** The pages in the menu, in the order of the work; each is shown to those who may do it. Its text is `staff.web.nav.<name>`. */
export const navigation: { name: string; href: string; action: Action }[] = [
  { name: 'home', href: '/staff', action: 'use own account' },
  { name: 'rounds', href: '/staff/rounds', action: 'manage rounds' },
  { name: 'enrolments', href: '/staff/enrolments', action: 'manage enrolments' },
  { name: 'enrolment', href: '/staff/enrolment', action: 'enrol a municipality' },
  { name: 'units', href: '/staff/units', action: 'manage units' },
  { name: 'people', href: '/staff/people', action: 'manage people' },
  { name: 'offer', href: '/staff/offer', action: 'tally offers' },
  { name: 'print', href: '/staff/print', action: 'print invitations' },
  { name: 'email', href: '/staff/email', action: 'send e-mail' },
  { name: 'leftovers', href: '/staff/leftovers', action: 'count leftovers' },
  { name: 'tablets', href: '/staff/tablets', action: 'see tablets' },
  { name: 'paper', href: '/staff/paper', action: 'print paper forms' },
  { name: 'fieldwork', href: '/staff/fieldwork', action: 'follow fieldwork' },
  { name: 'audit', href: '/staff/audit', action: 'read the audit trail' },
]
