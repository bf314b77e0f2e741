import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SQLite } from '../../src/database/sqlite.ts'
import { freePort } from '../support/free-port.ts'
import { answering, ended, newOperator, type Operator, stopped } from './operator.ts'

let operator: Operator
beforeEach(async () => {
  operator = newOperator()
  await operator.json('init')
})
afterEach(() => operator.leave())

const staffKey = () => join(operator.dataDir, 'keys/staff.key')

function change(file: string, statement: string): void {
  const db = new SQLite(file)
  db.exec(statement)
  db.close()
}
const makeNewer = (file: string) =>
  change(file, "insert into __drizzle_migrations (hash, created_at) values ('x', 99999999999999)")
const makeOlder = (file: string) =>
  change(file, 'update __drizzle_migrations set created_at = 1; delete from __drizzle_migrations where rowid > 1')

/** A start of the built service that must not come about: it ends by itself. */
async function refused(settings: Record<string, string> = {}) {
  return ended(operator.start('main.js', { HOST: '127.0.0.1', PORT: String(await freePort()), ...settings }))
}

describe('a start that fails ends by itself, with one sentence', () => {
  test.each<[what: string, spoil: () => unknown, exitCode: number, says: RegExp]>([
    ['a database of a newer version', () => makeNewer(operator.databaseFile), 4, /newer version.* restore a backup/],
    [
      'an empty database',
      () => writeFileSync(operator.databaseFile, ''),
      4,
      /sqlite is empty\. .*restore <file>.*init/,
    ],
    ['a database of an older version', () => makeOlder(operator.databaseFile), 4, /older version.*brukarsvar init/],
    [
      'a database that is none',
      () => writeFileSync(operator.databaseFile, 'x'.repeat(8192)),
      4,
      /brukarsvar\.sqlite is damaged\..*restore <file>/,
    ],
    [
      'another staff key',
      () => writeFileSync(staffKey(), 'a'.repeat(64)),
      4,
      /staff\.key .* not the one.*--new-staff-key/,
    ],
    [
      'a folder where its lock should be',
      () => {
        rmSync(`${operator.databaseFile}.in-use`)
        mkdirSync(`${operator.databaseFile}.in-use`)
      },
      4,
      /in-use is a folder where a file is expected\. Move it away/,
    ],
    ['keys that are gone', () => rmSync(join(operator.dataDir, 'keys'), { recursive: true }), 4, /key/],
    ['a setting that cannot be', () => ({ PORT: 'three' }), 2, /PORT/],
    ['a port there is not', () => ({ PORT: '99999' }), 2, /must be a number from 0 to 65535[\s\S]*PORT/],
    [
      'an address of another machine',
      () => ({ HOST: '203.0.113.9' }),
      4,
      /203\.0\.113\.9 is no address of this machine/,
    ],
  ])('%s', async (_, spoil, exitCode, says) => {
    const said = await refused((spoil() ?? {}) as Record<string, string>)
    expect(said.err).toMatch(says)
    expect([said.exitCode, said.err.trim().split('\n').length <= 3]).toEqual([exitCode, true])
    expect(said.err).not.toMatch(/^\s+at /m)
  })

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    expect(await refused({ PORT: String(port) })).toMatchObject({ exitCode: 4, err: expect.stringContaining('in use') })
    other.close()
  })

  test.each([
    ['assets that were not built', 'dist/assets', 3, /npm run build/],
    ['code that is shared', 'dist/shared', 3, /dist\/shared\/.* belongs to the program: .*npm run build/],
    [
      'the threads of actions',
      'dist/actions',
      3,
      /[a-z]+-thread-program\.js.* belongs to the program: .*npm run build/,
    ],
    ['programs that are started later', 'dist/print', 3, /print-process-program\.js.* belongs to the program/],
    ['a page of staff', 'views/staff/layout.eta', 3, /layout\.eta.* belongs to the program/],
    ['the list of all that is built', 'dist/files.json', 3, /npm run build/],
    ['templates that are not there', 'views', 3, /views.* belongs to the program: install it again/],
    ['texts that are not there', 'locales', 3, /locales.* belongs to the program: install it again/],
    ['migrations that are not there', 'migrations', 3, /migrations.* belongs to the program: install it again/],
  ])('%s', async (_, gone, exitCode, says) => {
    const project = fileURLToPath(new URL('../../', import.meta.url))
    const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-unbuilt-'))
    for (const name of ['locales', 'migrations', 'catalogue', 'package.json', 'node_modules'])
      symlinkSync(join(project, name), join(folder, name))
    for (const name of ['dist', 'views']) cpSync(join(project, name), join(folder, name), { recursive: true })
    rmSync(join(folder, gone), { recursive: true })
    const said = await ended(
      spawn(process.execPath, [join(folder, 'dist/main.js')], { env: { ...process.env, DATA_DIR: operator.dataDir } }),
    )
    expect([said.exitCode, said.err]).toEqual([exitCode, expect.stringMatching(says)])
    expect(said.err.trim().split('\n')).toHaveLength(1)
    rmSync(folder, { recursive: true })
  })
})

describe('another version', () => {
  test('that only looks changes nothing, and neither does one beside a running service', async () => {
    makeOlder(operator.databaseFile)
    const before = readFileSync(operator.databaseFile)
    for (const command of [['doctor'], ['rates'], ['round', 'status'], ['backup', operator.path('b.sqlite')]]) {
      const said = await operator.run(command)
      expect([said.exitCode, `${said.out}${said.err}`]).toEqual([4, expect.stringContaining('older version')])
    }
    expect(readFileSync(operator.databaseFile)).toEqual(before)
  })

  test('is not let in by init while the service runs, and the service notices when it was', async () => {
    const port = String(await freePort())
    const service = operator.start('main.js', { HOST: '127.0.0.1', PORT: port })
    await answering(service, `http://127.0.0.1:${port}`)
    const said = await operator.run(['init'])
    expect([said.exitCode, said.err]).toEqual([4, expect.stringContaining('Stop it first')])
    makeNewer(operator.databaseFile)
    expect(await (await fetch(`http://127.0.0.1:${port}/ready`)).json()).toEqual({
      status: 'not-ready',
      reason: 'other-version',
    })
    await stopped(service)
  })

  test('of a backup is refused when it is newer', async () => {
    await operator.json('backup', operator.path('b.sqlite'))
    makeNewer(operator.path('b.sqlite'))
    const said = await operator.run(['restore', operator.path('b.sqlite'), '--yes'])
    expect([said.exitCode, said.err]).toEqual([2, expect.stringContaining('newer version')])
  })
})

test('a service that is given no port chooses one, and every link says which', async () => {
  const service = operator.start('main.js', { HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info' })
  let said = ''
  const [url] = await new Promise<RegExpExecArray>((resolve) =>
    service.stdout!.on('data', (chunk) => {
      said += chunk
      const link = /http:\/\/localhost:\d+(?=\/staff\/set-up)/.exec(said)
      if (link) resolve(link)
    }),
  )
  await answering(service, url)
  expect(said).toContain(`serves ${url}`)
  await stopped(service)
})
