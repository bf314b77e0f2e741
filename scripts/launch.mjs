#!/usr/bin/env node
// What is started as dist/main.js, cli.js or demo.js: it looks whether all that was built is there, and then starts the program.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const { dirname, filename } = import.meta

// With SIGUSR1 Node opens its inspector, which shows all that is in memory; where somebody listens for the signal it does not.
process.on('SIGUSR1', () => {})

/** The first file of the program that is gone; nobody has a use for the words in which an import says so. */
function findMissing() {
  const list = 'dist/files.json'
  const files = existsSync(join(dirname, 'files.json')) ? JSON.parse(readFileSync(join(dirname, 'files.json'))) : [list]
  return files.find((file) => !existsSync(join(dirname, '..', file)))
}

const missing = findMissing()
if (missing) {
  console.error(
    `There is no ${join(dirname, '..', missing)}, which belongs to the program: install it again, and build it (npm ci, npm run build).`,
  )
  process.exit(3)
}
await import(`./shared/${basename(filename)}`)
