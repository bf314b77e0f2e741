import { peoplesLine } from './rich-text.ts'
import { checkNumber, type Sheet } from './sheet.ts'

/** What is printed of one batch, and the lines of the page before it, which says what follows. */
export interface SheetPart {
  sheet: Sheet
  cover: readonly string[]
}

/**
 * Sheets of one template and language as one, to be printed in one run: each begins on a paper of its own, behind its cover. One alone needs none.
 * @throws DomainError `invalid` when it is too much to print at once
 */
export function joinedSheet(parts: readonly SheetPart[]): Sheet {
  const { sheet } = parts[0]!
  if (parts.length === 1) return sheet
  const links = parts.flatMap((part) => part.sheet.links)
  checkNumber(links.length)
  let from = 0
  const joined = parts.map((part) => {
    const shown = { ...part.sheet.content, cover: part.cover.map(peoplesLine), from }
    from += part.sheet.links.length
    return shown
  })
  return { ...sheet, content: { emptyBacks: sheet.content.emptyBacks, parts: joined }, links }
}
