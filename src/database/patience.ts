import { setTimeout as pause } from 'node:timers/promises'
import { isBusy } from './connection.ts'

/** Reads the database at a moment when it can be read. */
export type ReadDatabase = <T>(read: () => T) => Promise<T>

/** How long a read waits where nobody says otherwise. */
export const patiently: ReadDatabase = (read) => whenFree(read, 5_000)

/**
 * Reads again and again while another process holds the database, without holding up anybody else.
 * @throws what the read threw, when it is something else or the patience has ended.
 */
export async function whenFree<T>(read: () => T | Promise<T>, patienceMs: number): Promise<T> {
  const deadline = performance.now() + patienceMs
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 200)) {
    try {
      return await read()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error
    }
    await pause(pauseMs)
  }
}
