import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newOperator } from './operator.ts'

const findings = (out: string) =>
  (JSON.parse(out).findings as { check: string; level: string; message: string }[])
    .filter(({ check }) => check === 'addresses')
    .map(({ level, message }) => `${level}: ${message}`)

test('a round closes while the mail file is damaged, and the operator is told that addresses may be in it', async () => {
  const operator = newOperator()
  await operator.json('init')
  const key = ['--key-file', operator.path('stick.key')]
  await operator.json('round', 'create', '2026', '--opens', '2026-09-01', '--closes', '2099-10-31', ...key)
  await operator.json('round', 'open', '2026', ...key)
  const mailFile = join(operator.dataDir, 'mail.sqlite')
  const bytes = readFileSync(mailFile)
  writeFileSync(mailFile, bytes.fill(7, 0, 200), { mode: 0o600 })
  expect(findings((await operator.run(['doctor', '--json'])).out)).toEqual([])

  const closed = await operator.run(['round', 'close', '2026', ...key, '--json'])
  const sentence = `${mailFile} cannot be used, so that the addresses of people who were invited by email may still be in it.`
  expect(closed).toMatchObject({ exitCode: 0, err: expect.stringContaining(sentence) })
  expect(JSON.parse(closed.out)).toMatchObject({ id: '2026', state: 'closed', responses: 0 })
  const examined = await operator.run(['doctor', '--json'])
  expect(findings(examined.out)).toEqual([expect.stringMatching(/^warning: .*destroy it, .* over: 2026$/)])

  const again = await operator.run(['round', 'close', '2026', ...key, '--json'])
  expect(again).toMatchObject({ exitCode: 0, err: expect.stringContaining('destroy it') })
  operator.leave()
})
