import { mkdirSync, renameSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { answering, ended, newOperator, type Operator, stopped } from './operator.ts'

let operator: Operator
beforeEach(async () => {
  operator = newOperator()
  await operator.json('init')
})
afterEach(() => operator.leave())

async function start() {
  const port = String(await freePort())
  return { service: operator.start('main.js', { HOST: '127.0.0.1', PORT: port }), url: `http://127.0.0.1:${port}` }
}

describe('a database that is gone', () => {
  const away = () => `${operator.databaseFile}.away`

  test('under a running service: nothing tells to make a new one, or makes it, and put back it goes on', async () => {
    const { service, url } = await start()
    await answering(service, url)
    renameSync(operator.databaseFile, away())
    const said =
      /brukarsvar\.sqlite was moved or removed while it was in use\. Stop the service, put the file back, or a backup/
    const { out } = await operator.run(['doctor'])
    expect(out).toMatch(new RegExp(`FAULT +database: .*${said.source}`))
    expect(out).not.toContain('init')
    for (const command of [['rates'], ['backup', operator.path('b.sqlite')]])
      expect(await operator.run(command)).toMatchObject({ exitCode: 4, err: expect.stringMatching(said) })
    expect(await operator.run(['init'])).toMatchObject({ exitCode: 4, err: expect.stringContaining('Stop it first') })
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'not-ready', reason: 'moved' })
    renameSync(away(), operator.databaseFile)
    expect(await stopped(service)).toBe(0)
  })

  test('is missed at a start too, and a backup is spoken of before a new one', async () => {
    renameSync(operator.databaseFile, away())
    const said =
      /no database at .*, and there was one\. Put it back, or a backup: brukarsvar restore <file>\. If .* new one: /
    expect(await ended((await start()).service)).toMatchObject({ exitCode: 3, err: expect.stringMatching(said) })
    expect((await operator.run(['doctor'])).out).toMatch(said)
  })

  test('because a folder has its name: the folder is named', async () => {
    renameSync(operator.databaseFile, away())
    mkdirSync(operator.databaseFile)
    const said = /brukarsvar\.sqlite is a folder where a file is expected\. Move it away/
    expect(await ended((await start()).service)).toMatchObject({ exitCode: 4, err: expect.stringMatching(said) })
    expect((await operator.run(['doctor'])).out).toMatch(said)
  })
})
