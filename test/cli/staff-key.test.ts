import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SQLite } from '../../src/database/sqlite.ts'
import { freePort } from '../support/free-port.ts'
import { answering, newOperator, type Operator, stopped } from './operator.ts'

let operator: Operator
const keyFile = () => join(operator.dataDir, 'keys/staff.key')

/** An installation that was served, and whose administrator has a second factor. */
beforeEach(async () => {
  operator = newOperator()
  await operator.json('init')
  await serve()
  await operator.json('staff', 'invite', 'anna@example.se')
  byHand("update staff set totp_sealed = x'00', totp_step = 7")
})
afterEach(() => operator.leave())

async function serve() {
  const port = String(await freePort())
  const service = operator.start('main.js', { HOST: '127.0.0.1', PORT: port })
  await answering(service, `http://127.0.0.1:${port}`)
  expect(await stopped(service)).toBe(0)
}

function byHand(statement: string) {
  const db = new SQLite(join(operator.dataDir, 'brukarsvar.sqlite'))
  db.exec(statement)
  db.close()
}

test('a staff key that is gone is not made anew in silence', async () => {
  rmSync(keyFile())
  const { exitCode, err } = await operator.run(['init'])
  expect([exitCode, err]).toEqual([4, expect.stringMatching(/has no staff\.key\. Put its copy there.*--new-staff-key/)])
  expect(readdirSync(join(operator.dataDir, 'keys'))).not.toContain('staff.key')
})

test('another one is found by doctor and init; its copy put back, all is as before', async () => {
  const right = readFileSync(keyFile(), 'utf8')
  writeFileSync(keyFile(), 'a'.repeat(64))
  expect((await operator.run(['doctor'])).out).toMatch(/FAULT +keys: staff\.key is another one/)
  expect((await operator.run(['init'])).exitCode).toBe(4)
  writeFileSync(keyFile(), right)
  await serve()
})

test('lost for good it is made anew on purpose: without second factors and mail, and answers are not touched', async () => {
  rmSync(keyFile())
  const { aside } = await operator.json('init', '--new-staff-key')
  expect(aside).toEqual([expect.stringMatching(/mail\.sqlite\.replaced-1$/)])
  const [anna] = await operator.json('staff', 'list')
  expect(anna).toMatchObject({ email: 'anna@example.se', hasSecondFactor: false })
  await serve()
})

test('the key of the cookies can be made anew, by itself and never with the peppers', async () => {
  const visitKey = join(operator.dataDir, 'keys/visit.key')
  const before = readFileSync(visitKey, 'utf8')
  rmSync(visitKey)
  const refused = await operator.run(['doctor'])
  expect(refused.out).toMatch(/has no visit\.key\. .*"brukarsvar init" makes another/)
  await operator.json('init')
  expect(readFileSync(visitKey, 'utf8')).not.toBe(before)
  await serve()

  rmSync(visitKey)
  rmSync(join(operator.dataDir, 'keys/spent-pepper.key'))
  expect((await operator.run(['init'])).exitCode).toBe(4)
  expect(readdirSync(join(operator.dataDir, 'keys')).sort()).toEqual(['code-pepper.key', 'staff.key'])
})
