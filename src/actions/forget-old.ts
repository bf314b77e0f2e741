import { bindStore } from '../database/bound.ts'
import type { Database } from '../database/connection.ts'
import { atOnce, type Run } from '../database/patience.ts'
import { type Forgotten, forget } from './forgetting-store.ts'

interface Patience {
  run?: Run
  /** Is told of each that could not be taken out; without it the first ends all. */
  onFailure?: (kind: keyof Forgotten, error: unknown) => void
}

/** Takes out what is kept of staff and has reached its age, one kind after another. */
export async function forgetOld(
  db: Database,
  now: Date,
  { run = atOnce, onFailure }: Patience = {},
): Promise<Forgotten> {
  const store = bindStore({ forget }, db, run)
  const forgotten: Forgotten = { deeds: 0, accounts: 0, sessions: 0, links: 0, imports: 0, contacts: 0 }
  for (const kind of Object.keys(forgotten) as (keyof Forgotten)[]) {
    try {
      forgotten[kind] = await store.forget(kind, now)
    } catch (error) {
      if (!onFailure) throw error
      onFailure(kind, error)
    }
  }
  return forgotten
}
