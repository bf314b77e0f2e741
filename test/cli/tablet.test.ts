import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealTo } from '../../src/round/round-key.ts'
import type { Device } from '../../src/tablet/tablet.ts'
import { encodeBallot } from '../../src/urn/ballot.ts'
import { freePort } from '../support/free-port.ts'
import { answering, newOperator } from './operator.ts'

const operator = newOperator()
const keyFile = operator.path('stick.key')
let service: ChildProcess
let url: string
let stratum: string

beforeAll(async () => {
  const port = await freePort('localhost')
  url = `http://localhost:${port}`
  await operator.run(['init'])
  service = operator.start('main.js', { PORT: String(port) })
  await answering(service, url)
  await operator.json(
    ...['round', 'create', '2026', '--opens', '2026-09-01', '--closes', '2099-10-31', '--key-file', keyFile],
  )
  const unit = await operator.json('unit', 'add', '1489', 'Familj', '--round', '2026', '--groups', 'youth')
  stratum = unit.strata[0].id
  await operator.json('round', 'open', '2026', '--key-file', keyFile)
})
afterAll(() => {
  service.kill('SIGKILL')
  operator.leave()
})

/** A device that only speaks the protocol. */
async function device(link: string) {
  const key = randomBytes(32).toString('base64url')
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
    return (await fetch(`${url}/tablet/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const own: Device = (await post('enrolment', { token: link.split('#')[1], key })).device
  let sequence = 0
  return {
    own,
    deliver: (number: number) => {
      const publicKey = Buffer.from(own.publicKey, 'base64')
      const plain = encodeBallot({ stratumId: stratum, language: 'so', answers: { overall: 'very_satisfied' } })
      const ballots = Array.from({ length: number }, () => ({
        id: randomBytes(16).toString('base64'),
        stratumId: stratum,
        sealed: sealTo(publicKey, plain).toString('base64'),
      }))
      sequence++
      return post('delivery', { sequence, declined: { [stratum]: 2 }, ballots })
    },
  }
}

describe('an operator keeps tablets', { sequential: true }, () => {
  let id: string
  let tablet: Awaited<ReturnType<typeof device>>

  test('invites one by a link and its QR code, names it, and changes its PIN', async () => {
    const said = await operator.run(['tablet', 'enrol', '--stratum', stratum, '--name', 'Reception'])
    expect(said.out).toMatch(/PIN for the staff page: \d{6}\n/)
    expect(said.out).toMatch(/\/tablet\/#[\w-]{22}\n/)
    expect(said.out).toContain('▀')
    const enrolment = await operator.json(
      ...['tablet', 'enrol', '--stratum', stratum, '--name', 'Väntrummet', '--pin', '4711', '--quota', '20'],
    )
    expect(enrolment).toMatchObject({ name: 'Väntrummet', pin: '4711' })
    id = enrolment.id
    tablet = await device(enrolment.url)
    await operator.json('tablet', 'rename', id, 'Väntrummet till vänster')
    const before = tablet.own.pin.hash
    await operator.json('tablet', 'pin', id, '--pin', '0815')
    const { device: told } = await tablet.deliver(0)
    expect(told.name).toBe('Väntrummet till vänster')
    expect(told.pin.hash).not.toBe(before)
  })

  test('sees in the morning what is held beyond its quota, as a step, and says yes to it', async () => {
    await tablet.deliver(27)
    const seen = async () =>
      (await operator.json('tablet', 'list')).find((one: { id: string }) => one.id === id) as Record<string, unknown>
    expect(await seen()).toMatchObject({ held: { low: 0, high: 4 } })
    expect((await operator.json('rates')).total).toMatchObject({ declined: 2, responded: { low: 0, high: 4 } })
    await operator.tellNight('2026')
    expect((await seen()).held).toEqual({ low: 5, high: 9 })
    expect(await operator.answered()).toBe(20)
    expect(await operator.json('tablet', 'held', 'accept', id)).toEqual({ id, held: 'accepted' })
    expect(await operator.answered()).toBe(27)
  })

  test('is asked at the close, where a tablet was not heard of for a day, and can wait for it', async () => {
    await operator.inDatabase("update tablets set last_contact_hour = '2026-09-14T09'")
    const close = ['round', 'close', '2026', '--key-file', keyFile]
    const asked = await operator.run(close)
    expect(asked.exitCode).toBe(2)
    expect(asked.err).toContain('Väntrummet till vänster')
    expect(asked.err).toContain('Nothing was changed.')
    expect((await operator.json('round', 'status', '2026')).state).toBe('collecting')

    const waits = await operator.run([...close, '--wait'])
    expect(waits.out).toContain('The responses have not been unlocked')
    const { tablets } = await operator.json(...close, '--wait')
    expect(tablets).toMatchObject([{ id, lastContactHour: '2026-09-14T09', held: { low: 0, high: 4 } }])
    for (const counter of ['waiting', 'delivered']) expect(tablets[0]).not.toHaveProperty(counter)
    expect((await tablet.deliver(7)).stored).toHaveLength(7) // beyond its quota of twenty a day
    const opened = await operator.run(close)
    expect(opened.out).toContain('27 responses were unlocked')
    expect(opened.out).toContain('Responses that were waiting for approval were destroyed.')
    expect((await tablet.deliver(1)).refused).toHaveLength(1)
    expect((await operator.run(['tablet', 'held', 'accept', id])).exitCode).toBe(4) // it would tell what was added
    expect((await operator.json(...close)).state).toBe('closed') // a recount asks nothing
    expect(await operator.answered()).toBe(27)
  })

  test('ends it, and is told what is not there', async () => {
    await operator.json('tablet', 'revoke', id)
    expect(await tablet.deliver(0)).toMatchObject({ state: 'gone' })
    for (const args of [
      ['rename', 'nothing', 'x'],
      ['revoke', 'nothing'],
      ['pin', 'nothing'],
    ])
      expect((await operator.run(['tablet', ...args])).exitCode).toBe(3)
    expect((await operator.run(['tablet', 'enrol', '--stratum', 'nothing', '--name', 'x'])).exitCode).toBe(3)
    const small = ['tablet', 'enrol', '--stratum', stratum, '--name', 'x', '--quota', '1']
    expect((await operator.run(small)).err).toContain('at least 20')
    expect((await operator.run(['tablet', 'pin', id, '--pin', 'abcd'])).exitCode).toBe(2)
    expect((await operator.run(['tablet', 'enrol', '--stratum', stratum, '--name', 'x'])).exitCode).toBe(4)
  })
})
