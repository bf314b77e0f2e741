import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/connection.ts'
import { openMailDatabase } from '../../src/database/mail-connection.ts'
import { findAccountByEmail, setPassword } from '../../src/people/account-store.ts'
import { valueIn } from '../support/rows.ts'
import { spoilPages } from '../support/spoiled.ts'
import { newOperator, type Operator } from './operator.ts'

let operator: Operator
beforeEach(async () => {
  operator = newOperator()
  await operator.json('init')
})
afterEach(() => operator.leave())

async function rootOfOutbox(file: string): Promise<number> {
  const db = openMailDatabase(file)
  const page = await valueIn<number>(db, "select rootpage from sqlite_schema where name = 'outbox'")
  db.$client.close()
  return page
}

const email = 'asa@example.se'
const withMail = { env: { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'svar@kommun.example' } }

test('an account that has a password is not changed from the command line while its owner cannot be told', async () => {
  await operator.json('staff', 'invite', email)
  const db = openDatabase(operator.databaseFile)
  await setPassword(db, (await findAccountByEmail(db, email))!.id, 'hash')
  db.$client.close()
  const mailFile = join(operator.dataDir, 'mail.sqlite')
  const good = readFileSync(mailFile)
  const outboxPage = await rootOfOutbox(mailFile)
  const account = readFileSync(operator.databaseFile)
  const rubbish = () => writeFileSync(mailFile, randomBytes(8192))
  const withoutOutbox = () => {
    writeFileSync(mailFile, good)
    spoilPages(mailFile, [outboxPage])
  }
  for (const [command, spoil] of [
    ['invite', rubbish],
    ['remove-second-factor', rubbish],
    ['remove-second-factor', withoutOutbox],
  ] as const) {
    spoil()
    const { exitCode, out, err } = await operator.run(['staff', command, email], withMail)
    expect([exitCode, out, err]).toEqual([
      5,
      '',
      expect.stringMatching(
        /^Nothing was changed: asa@example\.se could not be told by email\. .*mail\.sqlite is damaged/,
      ),
    ])
  }
  expect(readFileSync(operator.databaseFile)).toEqual(account)

  expect((await operator.run(['staff', 'invite', 'ny@example.se'], withMail)).exitCode).toBe(0)
  writeFileSync(mailFile, good)
  const { exitCode, out } = await operator.run(['staff', 'invite', email], withMail)
  expect([exitCode, out]).toEqual([0, expect.stringContaining('/staff/invitations/')])
})
