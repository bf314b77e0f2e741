import { afterAll, expect, test } from 'vitest'
import { newOperator } from './operator.ts'

const operator = newOperator()
afterAll(() => operator.leave())

test('a round that is told to wait at its close does, also where no tablet is known to hold anything', async () => {
  const keyFile = operator.path('stick.key')
  const close = ['round', 'close', '2026', '--key-file', keyFile]
  await operator.run(['init'])
  await operator.json(
    ...['round', 'create', '2026', '--opens', '2026-09-01', '--closes', '2099-10-31', '--key-file', keyFile],
  )
  await operator.json('unit', 'add', '1489', 'Familj', '--round', '2026', '--groups', 'youth')
  await operator.json('round', 'open', '2026', '--key-file', keyFile)
  expect((await operator.run([...close, '--wait'])).out).toContain('The responses have not been unlocked')
  expect((await operator.run(close)).out).toContain('0 responses were unlocked')
})
