import type { Database } from '../../src/database/connection.ts'

/** What tells how many have answered now, or who: no page may be made from it. */
const secret = /\b(?:urn|urn_counts|spent|held_ballots)\b/i

/** Notes from now on every statement that names the urn, its counts, the marks of used codes or what is held of tablets. */
export function watchStatements({ $client }: Database): string[] {
  const named: string[] = []
  const prepare = $client.prepare.bind($client)
  $client.prepare = ((text: string) => {
    if (secret.test(text)) named.push(text)
    return prepare(text)
  }) as typeof $client.prepare
  return named
}
