/** How an answer can arrive. */
export const channels = ['letter', 'handout', 'email', 'tablet', 'paper'] as const

export type Channel = (typeof channels)[number]

/** The channels whose offers carry a code. */
export const invitationChannels = ['letter', 'handout', 'email'] as const satisfies readonly Channel[]

export type InvitationChannel = (typeof invitationChannels)[number]

/** All that may be known of one invitation. That it was answered is not among them. */
export const dispositions = ['stock', 'handed_out', 'undeliverable'] as const

export type Disposition = (typeof dispositions)[number]

/** What is tallied without a code: paper forms handed out; people who declined before, or after, they were given a code. */
export const talliedDispositions = ['handed_out', 'declined', 'declined_with_code'] as const

export type TalliedDisposition = (typeof talliedDispositions)[number]
