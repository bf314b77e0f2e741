/** Something to do: its texts are `staff.home.steps.<name>.text` and `.button`, filled with the values; days are ISO days. */
export interface Step {
  name: string
  /** Where it is done; absent where there is nothing to press. */
  href?: string
  values?: Record<string, string | number>
  /** How many things wait for an answer, as the menu says it beside the page where they are done; absent where nothing does. */
  waits?: number
  /** Addresses of those who can be written to about it. */
  contacts?: string[]
}
