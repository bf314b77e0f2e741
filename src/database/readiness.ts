import type { AnyDatabase } from './connection.ts'
import { codeOf, writeAndRollBack } from './file-trouble.ts'
import { patient, type Run } from './patience.ts'
import { codeOfSQLite } from './sqlite.ts'
import { shapeOf } from './version.ts'

/** Why no answer can be taken just now, in a word for those who run the service. */
export type Unready = 'busy' | 'full' | 'disk-error' | 'moved' | 'read-only' | 'damaged' | 'other-version' | 'failing'

export interface Readiness {
  /** The same work; whether it succeeded last is remembered. */
  follow<Args extends unknown[], Found>(work: (...args: Args) => Promise<Found>): (...args: Args) => Promise<Found>
  /** Why no answer can be taken, or `undefined` when it can. */
  why(): Promise<Unready | undefined>
}

export interface ReadinessOptions {
  db: AnyDatabase
  /** Carries it out when no answer is on its way to the disk. */
  run: Run
  clock: () => Date
}

/** A probe is good for so long, and a trouble that passes counts for so long after it was last met. In milliseconds. */
const [probeMs, troubleMs] = [5_000, 30_000]

/** How long a lock of another process is waited for before it is said. */
const patienceMs = 1_000

const reasons: [code: RegExp, reason: Unready][] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'busy'],
  [/^SQLITE_FULL/, 'full'],
  [/^SQLITE_IOERR/, 'disk-error'],
  [/^SQLITE_READONLY_DBMOVED/, 'moved'], // SQLite looks before it writes, so that no answer goes where nobody finds it
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/, 'read-only'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'damaged'],
]

/** Only the database counts: a defect that one request meets is in the log, and must not take the service from everybody. */
function reasonOf(error: unknown, file: string): Unready | undefined {
  const said = codeOfSQLite(error)
  if (!said) return undefined
  const code = codeOf(said, file)
  return reasons.find(([pattern]) => pattern.test(code))?.[1] ?? 'failing'
}

/**
 * Whether answers can be taken: what is done for people who answer succeeded when it was done last, and the urn can be written. What
 * passes by itself is over when the urn can be written and nobody has met it for a while; damage only when something succeeds again.
 */
export function followReadiness({ db, run, clock }: ReadinessOptions): Readiness {
  const client = db.$client
  const shape = shapeOf(client)
  const troubles = new Map<unknown, { reason: Unready; at: number }>()
  let probed: { at: number; found: Promise<Unready | undefined> } | undefined
  const since = (at: number) => Math.abs(clock().getTime() - at) // the clock may jump, both ways

  /** Tries to write, and leaves nothing. */
  async function probe(): Promise<Unready | undefined> {
    const tryWriting = () => {
      writeAndRollBack(db)
      return shapeOf(client) // another version, or somebody by hand, may have changed the tables under this one
    }
    const now = await patient(patienceMs, run)(tryWriting)
    return now === shape ? undefined : 'other-version'
  }

  function found(): Promise<Unready | undefined> {
    if (!probed || since(probed.at) >= probeMs)
      probed = { at: clock().getTime(), found: probe().catch((error) => reasonOf(error, client.name) ?? 'failing') }
    return probed.found
  }

  return {
    follow:
      (work) =>
      async (...args) => {
        try {
          const result = await work(...args)
          troubles.delete(work)
          return result
        } catch (error) {
          const reason = reasonOf(error, client.name)
          if (reason) troubles.set(work, { reason, at: clock().getTime() })
          throw error
        }
      },
    async why() {
      const now = await found()
      if (now) return now
      for (const [work, { reason, at }] of troubles) {
        if (reason === 'damaged' || reason === 'failing' || since(at) < troubleMs) return reason
        troubles.delete(work)
      }
      return undefined
    },
  }
}
