/** Checks that views use what they are given: `npm run types` runs it after `tsc`. */
import { checkViews } from './views/check.ts'

const faults = checkViews()
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0
