import type { Log } from './log.ts'

/** What went wrong, without anything of whom it met. */
interface Trouble {
  name?: string
  code?: string
  stack?: string[]
}

export interface CountedLog {
  /** Counts a trouble that a person met. */
  count(message: string, trouble: Trouble): void
  /** Writes what was counted, and begins anew. */
  write(): void
  /** Writes what is left, and counts no more. */
  close(): void
}

/**
 * Troubles of people who answer are told as counts, once a minute of the service's own: a line at the moment itself would be the time
 * of somebody's visit, in a log that is copied and kept.
 */
export function countedLog(
  log: Log,
  { everyMs = 60_000, level = 'error' }: { everyMs?: number; level?: 'error' | 'warn' } = {},
): CountedLog {
  const counted = new Map<string, { trouble: Trouble; message: string; times: number }>()
  const write = () => {
    for (const { trouble, message, times } of counted.values()) log[level]({ ...trouble, times }, message)
    counted.clear()
  }
  const writing = setInterval(write, everyMs).unref()
  return {
    count(message, trouble) {
      const key = JSON.stringify([message, trouble])
      const known = counted.get(key) ?? { trouble, message, times: 0 }
      counted.set(key, { ...known, times: known.times + 1 })
    },
    write,
    close() {
      clearInterval(writing)
      write()
    },
  }
}

/**
 * Counts that somebody's answers could not be stored, and that they were told.
 * @param isPassing whether that is over by itself; otherwise it is a defect, and the place of it is named.
 */
export function countNotStored(troubles: CountedLog, error: Error & { code?: string }, isPassing: boolean): void {
  const place = isPassing ? {} : { name: error.name, stack: framesOf(error) }
  troubles.count('answers could not be stored; each person was told', { code: error.code, ...place })
}

/** Counts that a request failed: the database that could not be reached, or a defect and its place. */
export function countFailure(troubles: CountedLog, error: Error & { code?: string }, isPassing: boolean): void {
  const { name, code } = error
  if (isPassing) troubles.count('the database could not be reached', { code })
  else troubles.count('a defect', { name, code, stack: framesOf(error) })
}

/** Where a defect happened. Its message is left out: it may quote what somebody typed. */
export function framesOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
}
