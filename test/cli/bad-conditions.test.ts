import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SQLite } from '../../src/database/sqlite.ts'
import { freePort } from '../support/free-port.ts'
import { canMount, mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { spoilPages } from '../support/spoiled.ts'
import { answering, ended, newOperator, type Operator, stopped } from './operator.ts'

let operator: Operator
beforeEach(() => {
  operator = newOperator()
})
afterEach(() => operator.leave())

async function start(settings: Record<string, string> = {}) {
  const port = String(await freePort())
  const service = operator.start('main.js', { HOST: '127.0.0.1', PORT: port, ...settings })
  return { service, url: `http://127.0.0.1:${port}` }
}

const refused = async () => ended((await start()).service)

test('a second service on the same folder is refused, also by another name of it', async () => {
  await operator.json('init')
  const first = await start()
  await answering(first.service, first.url)
  for (const DATA_DIR of [operator.dataDir, join(operator.folder, 'data/../data')]) {
    const { exitCode, err } = await ended((await start({ DATA_DIR })).service)
    expect([exitCode, err]).toEqual([
      4,
      expect.stringMatching(/^Another service runs on .*sqlite already\. Stop .*\n$/),
    ])
  }
  expect(await stopped(first.service)).toBe(0)
})

test.skipIf(process.getuid?.() !== 0)('a user who may not look is told so, and not that there is nothing', async () => {
  await operator.json('init')
  chmodSync(operator.folder, 0o755)
  const { exitCode, err } = await ended(operator.startAs(65_534))
  expect([exitCode, err]).toEqual([
    4,
    expect.stringMatching(
      /^This user does not have permission to use .*sqlite\. Let it belong to the user who runs this\.\n$/,
    ),
  ])
})

test.skipIf(process.getuid?.() !== 0)(
  'a journal that may not be written is said to be that, and no error of the disk',
  async () => {
    await operator.json('init')
    chmodSync(operator.folder, 0o755)
    const all = ['.', ...readdirSync(operator.dataDir, { recursive: true, encoding: 'utf8' })]
    for (const file of all) chownSync(join(operator.dataDir, file), 65_534, 65_534)
    const port = String(await freePort())
    const service = operator.startAs(65_534, { HOST: '127.0.0.1', PORT: port })
    await answering(service, `http://127.0.0.1:${port}`)

    chownSync(`${operator.databaseFile}-journal`, 0, 0) // of its own, SQLite mends the mode
    chmodSync(`${operator.databaseFile}-journal`, 0o444)
    const ready = await fetch(`http://127.0.0.1:${port}/ready`)
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'not-ready', reason: 'read-only' }])
    expect(await stopped(service)).toBe(0)
    const { exitCode, err } = await ended(operator.startAs(65_534, { HOST: '127.0.0.1', PORT: port }))
    expect([exitCode, err]).toEqual([4, expect.stringMatching(/^Cannot write to .*sqlite or its folder\. .*\n$/)])
  },
)

test('keys that others may read are served with, and named in the log', async () => {
  await operator.json('init')
  chmodSync(join(operator.dataDir, 'keys/staff.key'), 0o644)
  const { service, url } = await start()
  let said = ''
  service.stdout!.on('data', (chunk) => (said += chunk))
  await answering(service, url)
  expect(await stopped(service)).toBe(0)
  expect(said).toMatch(/Other users have access to [^"]*staff\.key: chmod go= /)
})

test('SIGUSR1 opens no inspector, through which all that is in memory could be read', async () => {
  await operator.json('init')
  const { service, url } = await start()
  let said = ''
  service.stderr!.on('data', (chunk) => (said += chunk))
  await answering(service, url)
  for (let times = 0; times < 5; times++) {
    service.kill('SIGUSR1')
    await answering(service, url)
  }
  expect(await stopped(service)).toBe(0)
  expect(said).not.toMatch(/inspector|Debugger/i)
})

/** Holds a file as another program would, until it is let go. */
function held(file: string) {
  const other = new SQLite(file)
  other.exec('begin exclusive')
  return () => other.close()
}

test('a database that another program holds is named, and nothing starts', async () => {
  await operator.json('init')
  const letGo = held(operator.databaseFile)
  const { exitCode, err } = await refused()
  expect([exitCode, err]).toEqual([5, expect.stringMatching(/^Another program is using .*brukarsvar\.sqlite\. .*\n$/)])
  letGo()
})

test('a mail file that another program holds is named, and email is not turned off', async () => {
  await operator.json('init')
  const letGo = held(join(operator.dataDir, 'mail.sqlite'))
  const { service, url } = await start({ SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'svar@kommun.example' })
  let said = ''
  service.stdout!.on('data', (chunk) => (said += chunk))
  await answering(service, url)
  expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ready' })
  letGo()
  expect(await stopped(service)).toBe(0)
  expect(said).toMatch(/Another program is using [^"]*mail\.sqlite\. Emails wait/)
})

test('rubbish where the lock of a service should be is made anew', async () => {
  await operator.json('init')
  const lock = `${operator.databaseFile}.in-use`
  writeFileSync(lock, Buffer.alloc(8192, 'rubbish'))
  const first = await start()
  await answering(first.service, first.url)
  expect((await refused()).err).toMatch(/^Another service runs on/)
  expect(await stopped(first.service)).toBe(0)
})

describe.skipIf(!canMount())('on a disk of its own', () => {
  let disk: SmallDisk
  beforeEach(async () => {
    mkdirSync(operator.dataDir)
    disk = mountSmallDisk(operator.dataDir, 8)
    await operator.json('init')
  })
  afterEach(() => disk.unmount())

  test('that is read-only nothing starts, however often, until it can be written', async () => {
    disk.mayWrite(false)
    for (const said of [await refused(), await refused()])
      expect(said).toEqual({
        exitCode: 4,
        out: '',
        err: expect.stringMatching(/^Cannot write to .*sqlite or its folder\./),
      })
    expect((await operator.run(['doctor'])).out).toMatch(/FAULT +writing: Cannot write to .*brukarsvar\.sqlite/)

    disk.mayWrite(true)
    const { service, url } = await start()
    await answering(service, url)
    expect(await stopped(service)).toBe(0)
  })

  test('that is full nothing starts, and nobody is sent to look for another service', async () => {
    disk.leaveFree(0)
    for (const said of [await refused(), await refused()])
      expect(said).toEqual({
        exitCode: 5,
        out: '',
        err: expect.stringMatching(/^The disk of .*sqlite is full\. Free up/),
      })
    expect((await operator.run(['doctor'])).out).toMatch(/FAULT +writing: The disk of .*sqlite is full/)

    disk.makeRoom()
    const { service, url } = await start()
    await answering(service, url)
    expect(await stopped(service)).toBe(0)
  })
})

describe('a mail file', () => {
  const mailFile = () => join(operator.dataDir, 'mail.sqlite')
  test.each<[string, () => void, RegExp?]>([
    ['of rubbish', () => writeFileSync(mailFile(), Buffer.alloc(8192, 'rubbish'))],
    ['that is damaged behind its head', () => spoilPages(mailFile(), [3, 4, 5])],
    [
      'of a newer version',
      () => {
        const db = new SQLite(mailFile())
        db.exec("insert into __drizzle_migrations (hash, created_at) values ('x', 9000000000000000)")
        db.close()
      },
    ],
    [
      'that is a folder',
      () => {
        rmSync(mailFile())
        mkdirSync(mailFile())
      },
      /mail\.sqlite is a folder where a file is expected\. Move it away, then start again\./,
    ],
  ])(
    '%s: people answer without it, and nobody is told to throw answers away',
    async (_, spoil, mend = /mail\.sqlite/) => {
      await operator.json('init')
      spoil()
      const { service, url } = await start({ LOG_LEVEL: 'error' })
      let said = ''
      service.stdout!.on('data', (chunk) => (said += chunk))
      await answering(service, url)
      expect((await fetch(`${url}/sv`)).status).toBe(200)
      expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ready', off: ['mail'] })
      expect(await stopped(service)).toBe(0)
      expect(said).toMatch(/Email is turned off until the next start\. [^"]*mail\.sqlite/)
      expect(said).toMatch(mend)
      expect(said).not.toContain('restore')
      expect(said.match(/^\{.*$/gm)).toHaveLength(1)
      const { out } = await operator.run(['doctor'])
      expect(out).toMatch(/FAULT +mail file: .*mail\.sqlite/)
      expect(out).toMatch(mend)
    },
  )
})
