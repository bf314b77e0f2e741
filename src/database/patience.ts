import { setTimeout as pause } from 'node:timers/promises'
import { isBusy } from './connection.ts'

/**
 * Reads again and again while another process holds the database, without holding up anybody else.
 * @throws what the read threw, when it is something else or the patience has ended.
 */
export async function whenFree<T>(read: () => T, patienceMs: number): Promise<T> {
  const deadline = performance.now() + patienceMs
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 200)) {
    try {
      return read()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error
    }
    await pause(pauseMs)
  }
}
