import * as z from 'zod'
import { DomainError } from '../../errors.ts'
import { several } from '../../web/form.ts'

const form = z.object({
  marked: several(z.string().max(40)).catch([]),
  list: z.string().max(1_000).catch(''),
  asked: z.literal('1').optional().catch(undefined),
})

/**
 * The things of a list that were marked, each once, how the list was asked for, and whether a page has asked before. What is not read as
 * any of these is nothing.
 */
export function markedIn(body: unknown): { marked: string[]; query: Record<string, string>; isAsked: boolean } {
  const { marked, list, asked } = form.parse(body ?? {})
  return {
    marked: [...new Set(marked)],
    query: Object.fromEntries(new URLSearchParams(list)),
    isAsked: asked !== undefined,
  }
}

/**
 * Does something for one after the other until it is refused for one, and gives whether it was done for all. What was done before stands: it
 * is told of, and written down.
 * @throws the refusal, where it came at the first.
 */
export async function untilRefused<T>(all: T[], work: (one: T) => Promise<void>): Promise<boolean> {
  for (const [number, one] of all.entries()) {
    try {
      await work(one)
    } catch (error) {
      if (number === 0 || !(error instanceof DomainError)) throw error
      return false
    }
  }
  return true
}

/** What is said where it was not done for all. */
export const notAll = 'web.notAll'

/**
 * What the list says afterwards, as part of its address: with how many it was done, and with how many it could not be. The texts are
 * those of `done` and `notice`, with plural forms.
 */
export function tellOfMarked(
  texts: { done: string; notice: string },
  { done, marked }: { done: number; marked: number },
): Record<string, string> {
  if (marked === 0) return { notice: 'web.nothingMarked' }
  return {
    ...(done > 0 ? { done: `${texts.done}-${done}` } : {}),
    ...(marked > done ? { notice: `${texts.notice}-${marked - done}` } : {}),
  }
}
