/** A municipality's registration: reminded and silent, sent in, approved, or a no. */
export const enrolmentStates = ['asked', 'submitted', 'approved', 'abstains'] as const

export type EnrolmentState = (typeof enrolmentStates)[number]
