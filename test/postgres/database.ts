import { setTimeout as pause } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import pg from 'pg'
import type { Database, Transaction } from '../../src/database/connection.ts'
import { type Steps, TakenBack } from '../../src/database/transaction.ts'

/** What of an answer is another type there: whole numbers beyond 32 bits and sums come as text, truths as truths. */
const parsers = new Map<number, (text: string) => unknown>([
  [20, Number],
  [1700, Number],
  [16, (text) => (text === 't' ? 1 : 0)],
])
const types = { getTypeParser: (id: number, format?: 'text') => parsers.get(id) ?? pg.types.getTypeParser(id, format) }

/** A statement as it is written there: each `?` by its number, but for those in texts and names, and what conflicts without its table. */
function numbered(text: string): string {
  let nth = 0
  const bare = text.replace(
    /on conflict \(([^)]*)\)/g,
    (_, target) => `on conflict (${target.replace(/"\w+"\./g, '')})`,
  )
  return bare.replace(/'(?:[^']|'')*'|"[^"]*"|\?/g, (part) => (part === '?' ? `$${++nth}` : part))
}

type Client = Pick<pg.Client, 'query'>

const asked = (client: Client) =>
  drizzle(async (text, values, method) => {
    const found = await client.query({ text: numbered(text), values, rowMode: 'array', types } as pg.QueryArrayConfig)
    const { rows } = found
    return { rows: method === 'get' ? rows[0]! : rows, changes: found.rowCount ?? 0 }
  })

/** Two at once would have written by what the other has made otherwise. */
const isToBeTriedAgain = (error: unknown) => /^40(001|P01)$/.test(codeOf(error))
const codeOf = (error: unknown): string => {
  const { code, cause } = error as { code?: string; cause?: unknown }
  return code ?? (cause ? codeOf(cause) : '')
}
const mostTries = 10

async function toTheEnd<Found>(steps: Steps<Found>): Promise<Found> {
  let at = steps.next()
  while (!at.done) {
    const answer = await Promise.resolve(at.value).then(
      (value) => ({ value }),
      (error) => ({ error }),
    )
    at = 'error' in answer ? steps.throw(answer.error) : steps.next(answer.value)
  }
  return at.value
}

/** A database on PostgreSQL, as stores ask it. */
export function postgresDatabase(pool: pg.Pool): Database {
  async function once<Found>(steps: (tx: Transaction) => Steps<Found>) {
    const client = await pool.connect()
    try {
      await client.query('begin isolation level serializable')
      const found = await toTheEnd(steps(asked(client) as unknown as Transaction))
      await client.query(found instanceof TakenBack ? 'rollback' : 'commit')
      return found instanceof TakenBack ? found.answer : found
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }
  const engine = {
    async transaction<Found>(steps: (tx: Transaction) => Steps<Found>) {
      for (let tries = 1; ; tries++) {
        try {
          return await once(steps)
        } catch (error) {
          if (!isToBeTriedAgain(error) || tries >= mostTries) throw error
          await pause(Math.random() * 10 * tries) // not all of them at the same moment again
        }
      }
    },
  }
  return Object.assign(asked(pool as unknown as Client), { $engine: engine }) as unknown as Database
}
