/**
 * What is chosen so far, in this tab only, so that a reload or a phone that put the tab to sleep loses nothing. It belongs to the page
 * of one visit: no other one takes it up. It is forgotten when the answers are sent, and when anybody comes to the start page.
 */
export interface Draft {
  answers: Record<string, string>
  step: string
}

/** Nothing kept is `null` to JSON too. */
export function readDraft(): Draft | null {
  try {
    return JSON.parse(sessionStorage.getItem(location.pathname)!)
  } catch {
    return null
  }
}

export function keepDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(location.pathname, JSON.stringify(draft))
  } catch {
    // Storage is off or full: the page itself still holds everything.
  }
}

export function forgetDraft(): void {
  try {
    sessionStorage.clear()
  } catch {
    // Storage is off: there is nothing to forget.
  }
}
