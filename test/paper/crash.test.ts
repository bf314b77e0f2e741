import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { endCollection } from '../../src/actions/close-round.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { correctForms } from '../../src/paper/store.ts'
import { sealMark } from '../../src/paper/waiting-mark.ts'
import { finishBundle } from '../../src/paper/waiting-store.ts'
import { unevenStrata, wrongCounts } from '../../src/urn/store.ts'
import { valueIn } from '../support/rows.ts'
import { openRound, startService } from '../support/service.ts'
import { sitDown } from './clerk.ts'

const program = fileURLToPath(new URL('entering-process.ts', import.meta.url))

test('a bundle counts what waits beside the urn, whenever the process that enters it is killed', {
  timeout: 180_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-paper-'))
  const file = join(folder, 'x.sqlite')
  const service = await startService({ file })
  const round = await openRound(service.db)
  const clerk = await sitDown(service, round)
  const { id, stratumId } = await clerk.startBundle(2_000)
  const { spentPepper } = service.keys
  await service.close()

  const used = sealMark(spentPepper, randomBytes(32)).toString('hex')
  for (let kill = 0; kill < 8; kill++) {
    const child = spawn(process.execPath, ['--import', 'tsx', program, file, id, stratumId, used])
    let said = ''
    child.stdout.on('data', (text) => {
      said += text
      if (said.split('\n').length > 3 + kill) child.kill('SIGKILL')
    })
    await once(child, 'exit')

    const db = openDatabase(file)
    const count = (query: string) => valueIn<number>(db, query)
    const entered = await count('select entered from paper_bundles')
    expect(entered).toBeGreaterThanOrEqual(Number(said.trim().split('\n').at(-1)))
    expect([await count('select count(*) from waiting_forms'), await count('select count(*) from urn')]).toEqual([
      entered,
      0,
    ])
    expect([await unevenStrata(db), await wrongCounts(db)]).toEqual([[], []])
    db.$client.close()
  }

  const db = openDatabase(file)
  const count = (query: string) => valueIn<number>(db, query)
  const entered = await count('select entered from paper_bundles')
  await correctForms(db, id, entered)
  expect(await finishBundle(db, id, spentPepper)).toBe(true)
  // Every third form had the same code: however many they are, they wait for the close, and count once.
  const withCode = Math.ceil(entered / 3)
  const inUrn = async () => [await count('select count(*) from urn'), await count('select count(*) from waiting_forms')]
  expect(withCode).toBeGreaterThan(1)
  expect(await inUrn()).toEqual([entered - withCode, withCode])
  expect([await unevenStrata(db), await wrongCounts(db)]).toEqual([[], []])

  await endCollection(db, round.id, { lateUntil: null, now: new Date(), spentPepper })
  expect(await inUrn()).toEqual([entered - withCode + 1, 0])
  expect([await unevenStrata(db), await wrongCounts(db)]).toEqual([[], []])
  db.$client.close()
  rmSync(folder, { recursive: true })
})
