import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/database/connection.ts'
import { unevenStrata, wrongCounts } from '../../src/response/store.ts'
import { openRound, startService } from '../support/service.ts'
import { sitDown } from './clerk.ts'

const built = (file: string) => new URL(`../../dist/${file}`, import.meta.url).href

/** A process that enters one form after the other, every third with a code that was used, and says so after each. */
const entering = `
  import { randomBytes } from 'node:crypto'
  import { openDatabase } from '${built('database/connection.js')}'
  import { prepareCommit } from '${built('response/store.js')}'
  const [file, bundleId, stratumId, used] = process.argv.slice(-4)
  const db = openDatabase(file)
  const commit = prepareCommit(db)
  let position = db.$client.prepare('select entered from paper_bundles where id = ?').pluck().get(bundleId)
  for (;;) {
    const code = position % 3 === 0 ? { channel: 'letter', spentTag: Buffer.from(used, 'hex') } : { channel: 'paper' }
    const bundle = { bundleId, position, compared: 0, differing: 0 }
    const form = { ballotId: randomBytes(16), sealed: randomBytes(112), stratumId, roundId: '2026', bundle, ...code }
    const [outcome] = commit([form])
    if (outcome !== 'recorded') throw new Error(outcome)
    position++
    process.stdout.write(position + '\\n')
  }`

test('a bundle counts what is in the urn, whenever the process that enters it is killed', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-paper-'))
  const file = join(folder, 'x.sqlite')
  const service = await startService({ file })
  const clerk = await sitDown(service, await openRound(service.db))
  const { id, stratumId } = await clerk.startBundle(2_000)
  await service.close()

  const used = randomBytes(32).toString('hex')
  for (let kill = 0; kill < 8; kill++) {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', entering, '--', file, id, stratumId, used])
    let said = ''
    child.stdout.on('data', (text) => {
      said += text
      if (said.split('\n').length > 3 + kill) child.kill('SIGKILL')
    })
    await once(child, 'exit')

    const db = openDatabase(file)
    const count = (query: string) => db.$client.prepare(query).pluck().get() as number
    const entered = count('select entered from paper_bundles')
    expect(entered).toBeGreaterThanOrEqual(Number(said.trim().split('\n').at(-1)))
    // Every third form had the same code, which counts once.
    const withCode = Math.ceil(entered / 3)
    expect(count('select count(*) from urn')).toBe(entered - withCode + 1)
    expect([await unevenStrata(db), await wrongCounts(db)]).toEqual([[], []])
    db.$client.close()
  }
  rmSync(folder, { recursive: true })
})
