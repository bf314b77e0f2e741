import { statfsSync } from 'node:fs'

/** A folder of this run in memory, where a write waits for no disk; `undefined` where the machine has none with 2 GB free. */
export function memoryFolder(): string | undefined {
  const inMemory = '/dev/shm'
  try {
    const { bavail, bsize } = statfsSync(inMemory)
    return bavail * bsize > 2e9 ? `${inMemory}/brukarsvar-tests-${process.pid}` : undefined
  } catch {
    return undefined
  }
}
