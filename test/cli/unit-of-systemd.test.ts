import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const unit = /```ini\n(\[Unit\][^`]*)```/.exec(readFileSync('docs/operations.md', 'utf8'))![1]!
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0

test.skipIf(!hasSystemd)('systemd takes every line of the unit of the manual', () => {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-unit-'))
  // Not every machine has the program where Debian has it; what it is called with is not looked at.
  const verify = (text: string) => {
    const file = join(folder, 'brukarsvar.service')
    writeFileSync(file, text.replace('/usr/bin/node', '/bin/true'))
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' })
    return { status, ours: stderr.split('\n').filter((line) => line.includes('brukarsvar.service')) }
  }
  expect(verify(unit)).toEqual({ status: 0, ours: [] })
  expect(verify(unit.replace('LimitCORE=0', 'LimitCORES=0')).ours).toHaveLength(1)
  rmSync(folder, { recursive: true })
})
