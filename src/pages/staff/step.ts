/** Something to do: its texts are `staff.home.steps.<name>.text` and `.button`, filled with the values; days are ISO days. */
export interface Step {
  name: string
  /** Where it is done; absent where there is nothing to press. */
  href?: string
  values?: Record<string, string | number>
  /** How many things wait for an answer, as the menu says it beside the page where they are done; absent where nothing does. */
  waits?: number
  /** It may not wait, though nothing is counted of it. */
  isPressing?: true
  /** Addresses of those who can be written to about it. */
  contacts?: string[]
}

/** A step in which so many things wait. */
export const waitingStep = (name: string, href: string, count: number): Step[] =>
  count > 0 ? [{ name, href, values: { count }, waits: count }] : []

/** A step that may not wait. */
export const pressing = (step: Step): Step => ({ ...step, isPressing: true })
