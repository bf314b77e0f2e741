/** The fields of a form that writes a whole set: a text each, or the boxes that are ticked. */
export type FormFields = Record<string, string | string[]>

type Typed = Record<string, unknown>

/** What was typed, brought up to date; and where it clashes, a text key by field with what stands there now. */
export interface UpToDate {
  typed: Typed
  problems: Record<string, string>
  valuesOf: Record<string, { now: string }>
}

/** The longest text that says how a form began, in characters; a registration of hundreds of units fits. */
const longestSeen = 512 * 1024

/**
 * Carries over, into a form that has lain open, what somebody else has changed since: a field that the person left as it was
 * becomes as it is now, and of boxes only those that were ticked or cleared here count. A text that both have changed, each in
 * their own way, is a clash; the form then says what stands there now, and holds from the next press on.
 * @param body what was sent, with the field `seen`: how the form began, as {@link seenText} wrote it. Without one all of it counts.
 * @param now how the form would begin now.
 */
export function bringUpToDate(body: unknown, now: FormFields): UpToDate {
  const { seen: text, ...typed } = (body ?? {}) as Typed
  const seen = readSeen(text)
  const result: UpToDate = { typed, problems: {}, valuesOf: {} }
  if (!seen) return result
  for (const name of new Set([...Object.keys(seen), ...Object.keys(now)])) {
    const [before, mine, theirs] = [seen[name], typed[name], now[name]]
    if (Array.isArray(before) || Array.isArray(theirs)) typed[name] = mergeBoxes(before, mine, theirs)
    else if (isSame(mine, before)) typed[name] = theirs ?? ''
    else if (!isSame(theirs, before) && !isSame(theirs, mine)) clash(result, name, theirs)
  }
  return result
}

/** How a form begins, for its hidden field `seen`. */
export const seenText = (fields: FormFields): string => JSON.stringify(fields)

function clash({ problems, valuesOf }: UpToDate, name: string, now: unknown): void {
  problems[name] = now ? 'staff.web.problem.changedMeanwhile' : 'staff.web.problem.emptiedMeanwhile'
  valuesOf[name] = { now: String(now ?? '') }
}

/** Line breaks are sent as the browser likes. */
const plain = (value: unknown) => String(value ?? '').replace(/\r\n?/g, '\n')
const isSame = (a: unknown, b: unknown) => plain(a) === plain(b)

function mergeBoxes(before: unknown, mine: unknown, theirs: unknown): string[] {
  const [was, ticked, is] = [before, mine, theirs].map((value) => new Set([value ?? []].flat().map(String)))
  const added = [...ticked!].filter((value) => !was!.has(value))
  const kept = [...is!].filter((value) => ticked!.has(value) || !was!.has(value))
  return [...new Set([...kept, ...added])]
}

function readSeen(text: unknown): FormFields | undefined {
  if (typeof text !== 'string' || text.length > longestSeen) return undefined
  try {
    const seen: unknown = JSON.parse(text)
    return isFields(seen) ? seen : undefined
  } catch {
    return undefined
  }
}

function isFields(seen: unknown): seen is FormFields {
  const isField = (value: unknown) => typeof value === 'string' || (Array.isArray(value) && value.every(isText))
  return typeof seen === 'object' && seen !== null && !Array.isArray(seen) && Object.values(seen).every(isField)
}

const isText = (value: unknown) => typeof value === 'string'
