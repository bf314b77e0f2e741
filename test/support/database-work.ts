import { readFileSync, statSync } from 'node:fs'
import type { Connection } from '../../src/database/sqlite.ts'

/** What was asked of databases: statements that read, and of each that wrote the bytes of pages that were changed by then. */
export interface DatabaseWork {
  reads: number
  writes: number[]
  /** How often something came to a disk. */
  commits: number
}

/** Counts from now on what is asked of database files, by statements that are prepared from now on; what was done since it was asked last. */
export function watchWork(clients: Connection[]): () => DatabaseWork {
  let work: Omit<DatabaseWork, 'commits'> = { reads: 0, writes: [] }
  const commitsBy = () => clients.map(({ name }) => readFileSync(name).readUInt32BE(24)).reduce((sum, one) => sum + one)
  let before = commitsBy()
  for (const client of clients) {
    const prepare = client.prepare.bind(client)
    client.prepare = ((text: string) => {
      const statement = prepare(text)
      if (statement.readonly) work.reads++
      const run = statement.run.bind(statement)
      statement.run = client.transaction((...values: unknown[]) => {
        const result = run(...values)
        work.writes.push(statSync(`${client.name}-journal`).size) // what every page was before it was changed
        return result
      })
      return statement
    }) as typeof client.prepare
  }
  return () => {
    const done = { ...work, commits: commitsBy() - before }
    work = { reads: 0, writes: [] }
    before += done.commits
    return done
  }
}
