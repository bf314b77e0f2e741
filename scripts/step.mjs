// Runs one step of the build, says what it is and how long it took, and stops the build when it fails.
import { spawnSync } from 'node:child_process'

const [what, command, ...args] = process.argv.slice(2)
const started = performance.now()
process.stdout.write(`${what} ... `)
const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
if (status !== 0) process.exit(status ?? 1)
process.stdout.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`)
