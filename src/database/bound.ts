import type { Run } from './patience.ts'

/** The functions of a store that ask a database, without the database: what is to be known of it was said once. */
export type Bound<Store, Db> = {
  readonly [Name in keyof Store as Store[Name] extends (db: Db, ...rest: never[]) => unknown
    ? Name
    : never]: Store[Name] extends (db: Db, ...rest: infer Rest) => infer Found
    ? (...rest: Rest) => Promise<Awaited<Found>>
    : never
}

/**
 * Binds the functions of a store, `f(db, …)`, to a database: the same functions, `f(…)`, each carried out by `run`. One call is one
 * turn: what must not be parted by others is one function of a store.
 */
export function bindStore<Store extends object, Db>(store: Store, db: Db, run: Run): Bound<Store, Db> {
  const functions = Object.entries(store).filter(([, value]) => typeof value === 'function')
  return Object.fromEntries(
    functions.map(([name, ask]) => [name, async (...rest: unknown[]) => run(() => ask(db, ...rest))]),
  ) as Bound<Store, Db>
}
