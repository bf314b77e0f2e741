/** Who works here: the survey owner, a municipality's coordinator, those who meet respondents, those who read results. */
export const roles = ['national', 'coordinator', 'caseworker', 'host', 'viewer'] as const

export type Role = (typeof roles)[number]

/**
 * Who may do what. Every staff route names its action, and this table alone answers; to which municipality and units it
 * applies is the session's scope. A caseworker never sees an answer, so paper is entered by coordinators.
 */
export const permissions = {
  'use own account': ['national', 'coordinator', 'caseworker', 'host', 'viewer'],
  'manage rounds': ['national'],
  'manage enrolments': ['national'],
  'read the audit trail': ['national'],
  'manage people': ['national', 'coordinator'],
  'enrol a municipality': ['coordinator'],
  'manage units': ['coordinator'],
  'draw codes': ['coordinator', 'caseworker'],
  'tally offers': ['coordinator', 'caseworker', 'host'],
  'print invitations': ['coordinator', 'caseworker'],
  'send e-mail': ['coordinator'],
  'count leftovers': ['coordinator', 'caseworker'],
  'see tablets': ['coordinator', 'caseworker', 'host'],
  'manage tablets': ['coordinator'],
  'print paper forms': ['coordinator', 'caseworker', 'host'],
  'enter paper': ['coordinator'],
  'read results': ['national', 'coordinator', 'caseworker', 'host', 'viewer'],
  'read own texts': ['national', 'coordinator', 'viewer'],
  'write own texts': ['national', 'coordinator'],
  'follow fieldwork': ['national', 'coordinator', 'caseworker', 'host'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof permissions

export function may(role: Role, action: Action): boolean {
  return (permissions[action] as readonly Role[]).includes(role)
}

/**
 * Whether somebody with this role signs in with a second factor: national administrators always, coordinators where the service is used
 * in earnest, which its https address tells. They have addresses, paper answers and the accounts of others in their hands.
 */
export function needsSecondFactor(role: Role, { publicUrl }: { publicUrl: string }): boolean {
  return role === 'national' || (role === 'coordinator' && publicUrl.startsWith('https:'))
}

/** Whose accounts somebody with this role looks after. */
export function rolesInvitedBy(role: Role): readonly Role[] {
  if (role === 'national') return ['coordinator', 'national', 'viewer']
  return role === 'coordinator' ? ['caseworker', 'host', 'coordinator', 'viewer'] : []
}
