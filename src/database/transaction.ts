import { type DatabaseOf, onSQLite, type Transaction } from './connection.ts'

/**
 * What is asked of a database one after the other, written once for every engine: a generator gives each question with `yield* step(…)` and
 * goes on with its answer. Between two of them nobody else is let in.
 */
export type Steps<Found> = Generator<unknown, Found, unknown>

/** One question and its answer: `const rows = yield* step(tx.select()…all())`. */
export function* step<Found>(question: Found): Steps<Awaited<Found>> {
  return (yield question) as Awaited<Found>
}

/** What steps return that end with an answer and with nothing written: `return new TakenBack('closed')`. */
export class TakenBack<Answer> extends Error {
  readonly answer: Answer
  constructor(answer: Answer) {
    super('taken back')
    this.answer = answer
  }
}

/** The answer of steps, whether or not they were taken back. */
export type AnswerOf<Found> = Found extends TakenBack<infer Answer> ? Answer : Found

/**
 * Carries out steps in one transaction: all that they write is there together, or nothing where they throw or return `TakenBack`. What they
 * decide by what they have read still holds when they write: nobody else writes meanwhile. They may be carried out twice, so they change
 * nothing but the database.
 * @throws what the steps throw; what says that another process holds the database, before any step.
 */
export async function transaction<What extends string, Found>(
  db: DatabaseOf<What>,
  steps: (tx: Transaction) => Steps<Found>,
): Promise<AnswerOf<Found>> {
  if (db.$engine) return (await db.$engine.transaction(steps)) as AnswerOf<Found>
  const toTheEnd = (tx: Transaction) => {
    const found = carriedOut(steps(tx))
    if (found instanceof TakenBack) throw found
    return found as AnswerOf<Found>
  }
  try {
    return onSQLite(db).transaction((tx) => toTheEnd(tx as unknown as Transaction), { behavior: 'immediate' })
  } catch (error) {
    if (error instanceof TakenBack) return error.answer
    throw error
  }
}

/**
 * Carries out steps as `transaction` does and takes all of it back: that they can be done is known, and nothing of them is left.
 * @throws what a transaction of these steps would throw.
 */
export async function rehearsal<What extends string>(
  db: DatabaseOf<What>,
  steps: (tx: Transaction) => Steps<unknown>,
): Promise<void> {
  await transaction(db, function* (tx) {
    yield* steps(tx)
    return new TakenBack(undefined)
  })
}

/**
 * The same as `transaction`, where what refers to a row is looked for by the steps themselves: for the database that would take too long.
 * @param written the tables that the steps write into. They are looked through for a name of nothing before the end.
 * @throws Error when such a row was written; nothing is changed then.
 */
export function transactionWithoutReferences<What extends string, Found>(
  db: DatabaseOf<What>,
  written: readonly string[],
  steps: (tx: Transaction) => Steps<Found>,
): Promise<AnswerOf<Found>> {
  if (db.$engine) return transaction(db, steps)
  db.$client.pragma('foreign_keys = off') // can only be said between transactions
  const done = transaction(db, function* (tx) {
    const found = yield* steps(tx)
    const lost = written.flatMap((table) => db.$client.pragma(`foreign_key_check(${table})`) as object[])
    if (lost.length > 0) throw new Error(`A row names what is not there: ${JSON.stringify(lost[0])}`)
    return found
  })
  db.$client.pragma('foreign_keys = on') // before anybody else is let in: the transaction has ended
  return done
}

/** Carries out steps that only look, and need not see one moment. */
export async function look<Found>(steps: Steps<Found>): Promise<Found> {
  let at = steps.next()
  while (!at.done) at = steps.next(await at.value)
  return at.value
}

/** A promise, a question of the builder without `.run()` or `.all()`, or steps that were given with `yield` and no star. */
const isUnanswered = (what: unknown) =>
  typeof what === 'object' && what !== null && ['then', 'next'].some((name) => name in what)

/** Without a pause: SQLite has answered when the question is asked. */
function carriedOut<Found>(steps: Steps<Found>): Found {
  let at = steps.next()
  while (!at.done) {
    if (isUnanswered(at.value))
      throw new Error('A step of a transaction waited for something else than its database, or was never asked.')
    at = steps.next(at.value)
  }
  return at.value
}
