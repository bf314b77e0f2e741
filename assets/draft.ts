/**
 * What is chosen so far, in this tab only, so that a reload or a phone that put the tab to sleep loses nothing.
 * It is forgotten when the answers are sent, and when anybody comes to the start page.
 */
export interface Draft {
  answers: Record<string, string>
  step: string
}

const key = 'draft'

export function readDraft(): Draft | undefined {
  try {
    const text = sessionStorage.getItem(key)
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

export function keepDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // Storage is off or full: the page itself still holds everything.
  }
}

export function forgetDraft(): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // Storage is off: there is nothing to forget.
  }
}
