/**
 * A step that has no way back, or that many feel: a page of its own says what it does, in numbers where there are any, and one button
 * does it.
 */
export interface Confirmation {
  /** The question. */
  heading: string
  /** The page that it came from; also the way to leave things as they are. */
  trail: { href: string; text: string }
  /** What happens, a sentence each. */
  consequences: string[]
  /** The address of the form, and what its button says; no button where the step cannot be taken, as the sentences say. */
  action: string
  button?: string
  /** What the form sends beside. */
  sent?: Record<string, string | string[]>
  /** It can be taken back on a page of its own, so its button is not red. */
  isLight?: boolean
}

/** The view that asks. */
export interface ConfirmView {
  'staff/confirm': Confirmation
}

/** What is looked at before a step: whether it is well, or what still has to be seen to and where. */
export interface Check {
  isWell: boolean
  text: string
  href?: string
  button?: string
}
