import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { answering, newOperator, type Operator } from './operator.ts'

let operator: Operator
beforeAll(async () => {
  operator = newOperator()
  mkdirSync(operator.dataDir)
  chmodSync(operator.dataDir, 0o755) // made before, for everybody to look into
  await operator.json('init')
})
afterAll(() => operator.leave())

const owner = { OWNER_NAME: 'A', OWNER_CONTACT: 'B', DPO_CONTACT: 'C' }
const secure = { PUBLIC_URL: 'https://svar.example.se', PORT: '0', ...owner }
const faults = async (env = {}) => {
  const { out } = await operator.run(['doctor', '--json'], { env })
  const { findings } = JSON.parse(out) as { findings: { level: string; message: string }[] }
  return findings.filter(({ level }) => level === 'fault').map(({ message }) => message)
}

test('what is made is its owner’s alone, and a database that others can read is a fault', async () => {
  expect(statSync(operator.databaseFile).mode & 0o077).toBe(0)
  expect(await faults()).toEqual([])
  chmodSync(operator.databaseFile, 0o644)
  expect(await faults()).toEqual([expect.stringContaining(`chmod go= ${operator.databaseFile}`)])
  chmodSync(operator.databaseFile, 0o600)
})

test('what the service makes while it runs is its owner’s alone too', async () => {
  rmSync(join(operator.dataDir, 'mail.sqlite'), { force: true })
  const port = await freePort('localhost')
  const service = operator.start('main.js', { PORT: String(port) })
  await answering(service, `http://localhost:${port}`)
  const made = readdirSync(operator.dataDir).filter((name) => !statSync(join(operator.dataDir, name)).isDirectory())
  expect(made).toContain('mail.sqlite')
  expect(made.filter((name) => statSync(join(operator.dataDir, name)).mode & 0o077)).toEqual([])
  service.kill()
  await once(service, 'exit')
})

test('a demo is not served behind an https address: its passwords stand in a file', async () => {
  writeFileSync(join(operator.dataDir, 'demo.json'), '{}')
  const service = operator.start('main.js', secure)
  let said = ''
  service.stderr!.on('data', (text) => (said += text))
  const exitCode = await new Promise((resolve) => service.once('close', resolve))
  expect(exitCode).toBe(4)
  expect(said).toContain('demo.json holds the passwords of a demo')
  expect(await faults(secure)).toEqual([expect.stringContaining('demo.json')])
  expect(await faults()).toEqual([])
})
