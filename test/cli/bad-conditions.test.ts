import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { canMount, mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'
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
    expect.stringMatching(/^This user does not have permission to use .*sqlite\.\n$/),
  ])
})

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
  test.each<[string, () => void]>([
    ['of rubbish', () => writeFileSync(mailFile(), Buffer.alloc(8192, 'rubbish'))],
    [
      'that is a folder',
      () => {
        rmSync(mailFile())
        mkdirSync(mailFile())
      },
    ],
  ])('%s: people answer without it, and nobody is told to throw answers away', async (_, spoil) => {
    await operator.json('init')
    spoil()
    const { service, url } = await start({ LOG_LEVEL: 'error' })
    let said = ''
    service.stdout!.on('data', (chunk) => (said += chunk))
    await answering(service, url)
    expect((await fetch(`${url}/sv`)).status).toBe(200)
    expect(await stopped(service)).toBe(0)
    expect(said).toMatch(/Email is turned off until the next start\. [^"]*mail\.sqlite/)
    expect(said).not.toContain('restore')
    expect((await operator.run(['doctor'])).out).toMatch(/FAULT +mail file: .*mail\.sqlite/)
  })
})
