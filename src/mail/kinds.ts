/** What is sent: to members of staff; the invitation of a respondent; a reminder. Staff are waiting for theirs, so they go first. */
export const mailKinds = ['staff', 'invitation', 'reminder'] as const

/** All that may be known of a recipient. That they answered, or were reminded, is not among them. */
export const recipientStates = ['queued', 'accepted', 'bounced', 'opted_out'] as const

export type RecipientState = (typeof recipientStates)[number]

/** Given up: tried for two days, or refused for good. It is kept until somebody tries again or the round closes. */
export const outboxStates = ['waiting', 'given_up'] as const

/** A mail as it leaves: plain text, in the language and direction of its reader. */
export interface Mail {
  to: string
  subject: string
  text: string
  /** The same at every attempt, and with no meaning: a copy that arrives twice can be told as one. */
  messageId: string
  /** Where its reader can say that they want no more. */
  optOut?: string
}

/** What became of an attempt: taken; refused for good; not now; or the server as such cannot be used, for this mail or any. */
export type Verdict = 'accepted' | 'refused' | 'later' | 'down'

/** A way to send mail. It never throws: what goes wrong is a verdict. */
export interface Transport {
  send(mail: Mail): Promise<Verdict>
}
