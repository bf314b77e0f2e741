import type { Database } from '../../src/database/connection.ts'

/** What somebody else writes just before the next transaction begins: after all that a page has asked, and before what it writes. */
export function beforeNextTransaction({ $client }: Pick<Database, '$client'>, write: () => unknown): void {
  const transaction = $client.transaction
  $client.transaction = ((...work: Parameters<typeof transaction>) => {
    $client.transaction = transaction
    void write()
    return transaction.apply($client, work)
  }) as typeof transaction
}
