import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Where a test puts a database of its own; it goes with the test. */
export function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-file-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'survey.db')
}
