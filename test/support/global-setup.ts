import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isStale } from './built.ts'
import { hasChromium } from './chromium.ts'
import { forgetKilledRuns, memoryFolder } from './memory-folder.ts'
import { hasPdftotext } from './pdf.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What goes into `dist`, which threads, the command line and the stories run. */
const sources = ['src', 'assets', 'views', 'locales', 'scripts', 'package-lock.json']

/**
 * Before all tests: what was changed since the last build is built, so that nothing old is tried; a missing browser is said loudly; where
 * CI=true it and a missing pdftotext are failures. Gives what is done after all tests.
 */
export default function setup(): () => void {
  forgetKilledRuns()
  const folder = memoryFolder()
  if (folder) mkdirSync(folder, { recursive: true })
  prepare()
  return () => {
    if (folder) rmSync(folder, { recursive: true, force: true })
  }
}

function prepare(): void {
  const built = join(root, 'dist/files.json')
  if (
    isStale(
      built,
      sources.map((name) => join(root, name)),
    )
  )
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
  if (!hasPdftotext && process.env.CI === 'true')
    throw new Error('No pdftotext was found, and CI=true: what is printed must be read. Install poppler-utils.')
  if (hasChromium) return
  if (process.env.CI === 'true')
    throw new Error('No Chromium was found, and CI=true: the browser stories must run. Set CHROMIUM_PATH.')
  console.warn('\n!!! NO CHROMIUM FOUND: ALL BROWSER STORIES ARE SKIPPED. Install chromium or set CHROMIUM_PATH. !!!\n')
}
