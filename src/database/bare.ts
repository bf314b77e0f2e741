import type Driver from 'better-sqlite3'
import { is, Param, Placeholder } from 'drizzle-orm'

/** A query of the builder, before it is prepared. */
interface Query {
  prepare(): { getQuery(): { params: unknown[] } }
}

type Named = Record<string, unknown>

/** A query prepared for the engine itself. Values go by the names of its placeholders, as the file keeps them. */
export interface Bare<Row extends unknown[]> {
  /** The first row as it lies in the file, a column after another. */
  first(values: Named): Row | undefined
  run(values: Named): { changes: number }
}

/**
 * Prepares a query past what the builder does to values and rows each time, which costs more than the look-up itself: for what every
 * answer needs, and nothing else. The statement is a part of the builder's that it calls private.
 */
export function bare<Row extends unknown[]>(query: Query): Bare<Row> {
  const prepared = query.prepare() as ReturnType<Query['prepare']> & { stmt: Driver.Statement }
  const statement = prepared.stmt.reader ? prepared.stmt.raw() : prepared.stmt
  const takes = prepared.getQuery().params.map((param) => {
    const placeholder = is(param, Param) ? param.value : param
    return is(placeholder, Placeholder) ? (values: Named) => values[placeholder.name] : () => param
  })
  const inOrder = (values: Named) => takes.map((take) => take(values))
  return {
    first: (values) => statement.get(...inOrder(values)) as Row | undefined,
    run: (values) => statement.run(...inOrder(values)),
  }
}
