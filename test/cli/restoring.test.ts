import { chmodSync, copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { prepareRestore } from '../../src/database/backup.ts'
import { loadKeys } from '../../src/database/key-folder.ts'
import { SQLite } from '../../src/database/sqlite.ts'
import { newOperator, type Operator } from './operator.ts'

let operator: Operator
let backup: string
const keys = () => join(operator.dataDir, 'keys')

beforeEach(async () => {
  operator = newOperator()
  backup = operator.path('monday.sqlite')
  await operator.json('init')
  await operator.json('backup', backup)
})
afterEach(() => operator.leave())

/** What is said to a restore that is refused; nothing of it is left. */
async function refused(file = backup, env: Record<string, string> = {}) {
  const { exitCode, err } = await operator.run(['restore', file, '--yes'], { env })
  expect(readdirSync(operator.dataDir).filter((name) => /restoring|replaced/.test(name))).toEqual([])
  return `${exitCode} ${err}`
}

test('a backup of a newer version is named, and not the copy that is gone', async () => {
  const newer = operator.path('newer.sqlite')
  copyFileSync(backup, newer)
  const db = new SQLite(newer)
  db.exec("insert into __drizzle_migrations (hash, created_at) values ('x', 9000000000000000)")
  db.close()
  expect(await refused(newer)).toMatch(new RegExp(`^2 ${newer} was made by a newer version of this program\\.`))
})

describe('without the keys of the codes', () => {
  beforeEach(() => renameSync(keys(), operator.path('away')))

  test('each command says the same way out, and each step of it works', async () => {
    const sentence =
      /^4 .*has no code-pepper\.key\. Put its copy there, or set KEY_DIR; .* set DATA_DIR and KEY_DIR to new folders/
    for (const args of [['init'], ['init', '--new-staff-key'], ['backup', operator.path('tuesday.sqlite')]]) {
      const { exitCode, err } = await operator.run(args)
      expect(`${exitCode} ${err}`).toMatch(sentence)
    }
    expect(await refused()).toMatch(sentence)
    expect(readdirSync(operator.dataDir)).toContain('mail.sqlite') // nothing was moved aside

    const env = { KEY_DIR: operator.path('away') }
    expect((await operator.run(['restore', backup, '--yes'], { env })).exitCode).toBe(0)
    renameSync(operator.path('away'), keys())
    expect((await operator.run(['restore', backup, '--yes'])).exitCode).toBe(0)
    rmSync(keys(), { recursive: true })
    const anew = { DATA_DIR: operator.path('new'), KEY_DIR: operator.path('new/keys') }
    expect((await operator.run(['init'], { env: anew })).exitCode).toBe(0)
  })

  test('an empty database file has no keys of its own, and gets some', async () => {
    writeFileSync(operator.databaseFile, '')
    expect((await operator.run(['backup', operator.path('tuesday.sqlite')])).err).toMatch(/is empty\. .*init\n$/)
    await operator.json('init')
    expect((await operator.json('backup', operator.path('tuesday.sqlite'))).bytes).toBeGreaterThan(0)
    expect(await refused()).toMatch(/^2 The key folder does not belong to this database/)
  })
})

test('a second restore at the same time is refused, and the first goes on', async () => {
  const restoring = await prepareRestore(backup, operator.databaseFile, loadKeys(keys()))
  const { exitCode, err } = await operator.run(['restore', backup, '--yes'])
  expect([exitCode, err]).toEqual([
    4,
    expect.stringMatching(
      /^Another restore of .*brukarsvar\.sqlite is under way\. Wait until it has ended, or stop it\.\n$/,
    ),
  ])
  expect(restoring.putInPlace()).toMatch(/replaced-1$/)
  restoring.discard()
  expect((await operator.run(['restore', backup, '--yes'])).exitCode).toBe(0)
})

test('what a restore that was killed has left is told by doctor, and gone after the next', async () => {
  for (const file of ['restoring', 'restoring-journal']) writeFileSync(`${operator.databaseFile}.${file}`, 'half of it')
  const doctor = async () => (await operator.run(['doctor'])).out
  expect(await doctor()).toMatch(/warning +restore: .*brukarsvar\.sqlite\.restoring is a copy of a backup/)
  expect((await operator.run(['restore', backup, '--yes'])).exitCode).toBe(0)
  expect(await doctor()).not.toContain('restoring')
  expect(readdirSync(operator.dataDir).filter((name) => name.includes('restoring'))).toEqual([])
})

test.skipIf(process.getuid?.() !== 0)(
  'a user who may not read the backup or write the folder is told which',
  async () => {
    for (const folder of [operator.folder, operator.dataDir, keys()]) chmodSync(folder, 0o755)
    for (const file of readdirSync(keys())) chmodSync(join(keys(), file), 0o644)
    const before = readFileSync(operator.databaseFile)
    const restore = () => operator.runAs(65_534, ['restore', backup, '--yes'])
    expect((await restore()).err).toBe(
      `This user does not have permission to use ${backup}. Let it belong to the user who runs this.\n`,
    )
    chmodSync(backup, 0o644)
    expect((await restore()).err).toBe(
      `This user does not have permission to use ${operator.dataDir}. Let it belong to the user who runs this.\n`,
    )
    expect(readFileSync(operator.databaseFile).equals(before)).toBe(true)
  },
)
