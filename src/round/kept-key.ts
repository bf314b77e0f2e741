import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RoundKey, roundKeyFile } from './round-key.ts'

/** Where the private key of a round lies when it is kept on the server. */
export const keptKeyFile = (keyDir: string, roundId: string) => join(keyDir, `round-${roundId}.key`)

/** The text of a key that is kept on the server, or `undefined`. */
export function findKeptKey(keyDir: string, roundId: string): string | undefined {
  const file = keptKeyFile(keyDir, roundId)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/**
 * Keeps a key on the server, which then can read the answers: for demonstrations only.
 * @returns what takes it away again.
 * @throws when there is one already.
 */
export function keepKey(keyDir: string, key: RoundKey): () => void {
  const file = keptKeyFile(keyDir, key.roundId)
  writeFileSync(file, roundKeyFile(key), { flag: 'wx', mode: 0o600, flush: true })
  return () => rmSync(file, { force: true })
}
