import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openDatabase } from '../../../src/database/connection.ts'
import { listUnits } from '../../../src/organisation/store.ts'
import { units } from '../../../src/organisation/tables.ts'
import { foldedName } from '../../../src/organisation/unit-name.ts'
import { newFile } from '../../support/new-file.ts'

const namer = fileURLToPath(new URL('namer.ts', import.meta.url))

test('two units of one name never appear, whoever adds and renames them at once', async () => {
  // So many that it takes a while to compare a name with theirs: meanwhile somebody else has written.
  const file = newFile()
  const before = openDatabase(file)
  const many = Array.from({ length: 6_000 }, (_, number) => ({
    id: `u${number}`,
    municipalityCode: '1489',
    name: `Enhet A${number}`,
  }))
  for (let at = 0; at < many.length; at += 1_000)
    await before
      .insert(units)
      .values(many.slice(at, at + 1_000))
      .run()
  before.$client.close()
  const children = ['1', '2', '3'].map((number) =>
    spawn(process.execPath, ['--import', 'tsx', namer, file, number], { stdio: ['pipe', 'pipe', 'inherit'] }),
  )
  const ends = children.map((child) => once(child, 'exit'))
  await Promise.all(children.map(({ stdout }) => once(stdout, 'data')))
  for (const { stdin } of children) stdin.end()
  expect(await Promise.all(ends)).toEqual(children.map(() => [0, null]))

  const db = openDatabase(file)
  const names = (await listUnits(db, {})).map(({ name }) => foldedName(name))
  db.$client.close()
  expect(names.length).toBeGreaterThan(6_020)
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted())
})
