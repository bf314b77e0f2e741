import { existsSync, readdirSync, rmSync, statfsSync } from 'node:fs'

const inMemory = '/dev/shm'
const prefix = 'brukarsvar-tests-'

/** Takes away what runs of tests left that were killed. */
export function forgetKilledRuns(): void {
  const left = existsSync(inMemory) ? readdirSync(inMemory).filter((name) => name.startsWith(prefix)) : []
  for (const name of left)
    if (!existsSync(`/proc/${name.slice(prefix.length)}`))
      rmSync(`${inMemory}/${name}`, { recursive: true, force: true })
}

/** A folder of this run in memory, where a write waits for no disk; `undefined` where the machine has none with 2 GB free. */
export function memoryFolder(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(inMemory)
    return bavail * bsize > 2e9 ? `${inMemory}/${prefix}${process.pid}` : undefined
  } catch {
    return undefined
  }
}
