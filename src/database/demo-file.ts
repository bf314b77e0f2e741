import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where a demo keeps its codes and passwords in clear, beside its database. */
export const demoFileIn = (dataDir: string) => join(dataDir, 'demo.json')

/** That file, where there is one. */
export function demoFileOf({ dataDir }: { dataDir: string }): string | undefined {
  const file = demoFileIn(dataDir)
  return existsSync(file) ? file : undefined
}
