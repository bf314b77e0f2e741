import type { ImportedYear } from '../history/store.ts'
import { comingStep, phaseOf } from '../results/phase.ts'
import { seenRelease } from '../results/readers.ts'
import type { Release } from '../results/release-store.ts'
import type { AnswerStores } from '../stores.ts'

/** Rounds, their releases and earlier years as they were at a moment. */
export interface KnownReleases {
  /** It is another one whenever anybody may read something else than before: figures, or own texts that were published or taken back. */
  key: string
  /** The same of figures alone. */
  figuresKey: string
  rounds: { id: string; year: number; releases: Release[] }[]
  /** What was imported of earlier years. */
  imported: ImportedYear[]
}

interface Asking {
  stores: Pick<AnswerStores, 'round' | 'results' | 'history' | 'ownTexts'>
  clock: () => Date
}

/** How long what was read may be told, in milliseconds: what is withdrawn is gone in every process after that. */
const longestKnown = 1_000

/** Reads the rounds and their releases, once a second at most. It goes by the time of the machine, also where a test has the clock stand still. */
export function knownReleases({ stores, clock }: Asking) {
  let known: Promise<KnownReleases> | undefined
  let readAt = Number.NEGATIVE_INFINITY

  async function read(): Promise<KnownReleases> {
    const rounds: KnownReleases['rounds'] = []
    for (const { id, year } of await stores.round.listRounds())
      rounds.push({ id, year, releases: await stores.results.listReleases(id) })
    const imported = await stores.history.listImportedYears()
    const figuresKey = keyOf({ rounds, imported }, clock())
    return { rounds, imported, figuresKey, key: `${figuresKey} ${await stores.ownTexts.countTurns()}` }
  }

  /** @param isFresh whether it is read anew, whenever it was read */
  return (isFresh = false): Promise<KnownReleases> => {
    const now = performance.now()
    if (known && !isFresh && now - readAt < longestKnown) return known
    readAt = now
    const reading = read()
    known = reading
    reading.catch(() => {
      if (known === reading) known = undefined
    })
    return reading
  }
}

/**
 * The years of which everybody reads results of this service, or read them before they were withdrawn: of those nothing is shown that was
 * imported.
 */
export const ownYears = ({ rounds }: Pick<KnownReleases, 'rounds'>, now: Date): Set<number> =>
  new Set(rounds.filter(({ releases }) => isOwn(releases, now)).map(({ year }) => year))

function isOwn(releases: Release[], now: Date): boolean {
  const seen = seenRelease('public', releases, { now })
  return !('why' in seen) || seen.why === 'withdrawn'
}

function keyOf({ rounds, imported }: Pick<KnownReleases, 'rounds' | 'imported'>, now: Date): string {
  const releases = rounds.map(({ id, year, releases }) => [
    ...[id, year],
    releases.map(({ number, hash, madeAt, steps }) => [
      ...[number, hash, madeAt, phaseOf(steps, now), steps.length],
      comingStep(steps, now)?.takesEffect,
    ]),
  ])
  return JSON.stringify([releases, imported.map(({ importId, year, figures }) => [importId, year, figures])])
}
