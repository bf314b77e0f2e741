import { namingFile } from '../database/file-trouble.ts'
import { saysMailIsOff } from '../database/mail-file.ts'
import { DomainError } from '../errors.ts'
import type { Log } from '../log/log.ts'

export interface NightTroubles {
  /** Does a piece of work, which never fails: its trouble is said. */
  attempt(piece: string, work: () => Promise<unknown>): Promise<void>
  /** Says the trouble of a kind of thing within a piece, in words of its own. */
  say(within: { piece: string; kind: string }, error: unknown, words: string): void
}

/**
 * What goes wrong in work that is tried again every minute is said once, whichever pieces meet it: until it has succeeded, or fails in another way. Of a trouble of
 * the database the file and the mend are named. Why mail is off was said when it was turned off.
 */
export function nightTroubles(log: Log, file: string): NightTroubles {
  const said = new Map<string, string>()
  const isNew = (key: string, trouble: string) => {
    const isKnown = [...said.values()].includes(trouble)
    said.set(key, trouble)
    return !isKnown
  }
  return {
    async attempt(piece, work) {
      try {
        await work()
        for (const key of [...said.keys()]) if (key.startsWith(piece)) said.delete(key)
      } catch (error) {
        const isSaid = saysMailIsOff(error) || !isNew(piece, (error as Error).message)
        if (!isSaid) write(log, piece, named(error, file))
      }
    },
    say({ piece, kind }, error, words) {
      const { message, code } = error as Error & { code?: string }
      if (isNew(`${piece} ${kind}`, `${kind}: ${message}`)) log.error({ kind, code }, words)
    },
  }
}

function named(error: unknown, file: string): unknown {
  try {
    return namingFile(file, () => {
      throw error
    })
  } catch (withName) {
    return withName
  }
}

/** A defect is told with the place in which it lies. */
function write(log: Log, piece: string, error: unknown): void {
  if (error instanceof DomainError) log.error({ piece, code: (error.cause as { code?: string })?.code }, error.message)
  else log.error(error)
}
