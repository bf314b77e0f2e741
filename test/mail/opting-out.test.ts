import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { forgetAddresses } from '../../src/mail/store.ts'
import { rowsIn, valueIn } from '../support/rows.ts'
import { browse } from '../support/service.ts'
import { openPostOffice, type PostOffice, people, wayOutIn } from './post-office.ts'

const codes = loadLanguages().all.map(({ code }) => code)

let post: PostOffice
beforeEach(async () => {
  post = await openPostOffice()
})
afterEach(() => post.close())

const rows = () => rowsIn(post.office.mailDb, 'select state, sealed is null as forgotten from recipients')
const print = () => post.office.mailDb.$client.serialize().toString('hex')

async function invited(language = 'sv') {
  await post.invite(['anna@example.org'], { language })
  await post.deliver()
  return wayOutIn(post.server.received.at(-1)!.text)
}

describe('the way out', () => {
  test.each(codes)('is a page with a button in %s, and forgets the address when it is pressed', async (language) => {
    const address = await invited(language)
    const { get, post: press } = browse(post.service.app)
    const page = await get(address)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain(`<html lang="${language}"`)
    expect(page.body).toContain('<form method="post">')
    expect(page.headers['cache-control']).toBe('no-store')
    expect(await rows()).toEqual([{ state: 'accepted', forgotten: 0 }])

    const done = await press(address)
    expect(done.statusCode).toBe(200)
    expect(done.body).not.toContain('<form')
    expect(await rows()).toEqual([{ state: 'opted_out', forgotten: 1 }])
    expect((await press(address)).body).toBe(done.body)
  })

  test('changes nothing when it is looked at, as mail scanners do', async () => {
    const address = await invited()
    const before = print()
    for (const method of ['GET', 'HEAD', 'OPTIONS'] as const) await post.service.app.inject({ method, url: address })
    expect(print()).toBe(before)
  })

  test.each(['x', 'a'.repeat(43), randomBytes(32).toString('base64url')])(
    'says that the link is not whole, where we did not write it, and changes nothing: %s',
    async (token) => {
      await invited()
      const before = print()
      const { get, post: press } = browse(post.service.app)
      for (const page of [
        await get(`/sv/stop/${token}`),
        await press(`/sv/stop/${token}`),
        await press(`/SV/Stop/${token}`),
      ]) {
        expect([page.statusCode, page.body]).toEqual([400, expect.stringContaining('Länken är inte hel')])
        expect(page.body).not.toContain('<form')
      }
      expect(print()).toBe(before)
    },
  )

  test('says so for a link that a mail program has cut or changed, and the reminder is still wanted', async () => {
    const address = await invited()
    const { post: press } = browse(post.service.app)
    for (const broken of [address.slice(0, -5), address.toLowerCase(), `${address.slice(0, -6)}=`])
      expect((await press(broken)).statusCode, broken).toBe(400)
    expect(await rows()).toEqual([{ state: 'accepted', forgotten: 0 }])
  })

  test.each(['>', '.', '%3E', '%20', '=%20', '%E2%80%AC'])('is open with %s behind it', async (after) => {
    const address = await invited()
    const { get, post: press } = browse(post.service.app)
    expect((await get(address + after)).statusCode).toBe(200)
    expect((await press(address.slice(0, -5) + after + address.slice(-5))).statusCode).toBe(200)
    expect(await rows()).toEqual([{ state: 'opted_out', forgotten: 1 }])
  })

  test.each([
    '=20',
    '=3D',
    '=%0A',
    '=%0D%0A',
    '=',
    '%3D%0A',
    '%3D%0D%0A',
    '%3D20',
    '%3D',
    '%253D%250A',
    '%20',
    '%0A',
    '%E2%80%8B',
  ])('is open with %s of quoted-printable text anywhere in it', async (inside) => {
    const address = await invited()
    const start = address.lastIndexOf('/') + 1
    const { get, post: press } = browse(post.service.app)
    for (let at = start; at <= address.length; at++)
      expect((await get(address.slice(0, at) + inside + address.slice(at))).statusCode, `at ${at}`).toBe(200)
    for (let at = start; at <= address.length; at++)
      expect((await press(address.slice(0, at) + inside + address.slice(at))).statusCode, `press at ${at}`).toBe(200)
    expect(await rows()).toEqual([{ state: 'opted_out', forgotten: 1 }])
  })

  test('is no way out for somebody else', async () => {
    const address = await invited()
    const bytes = Buffer.from(address.split('/').at(-1)!, 'base64url')
    bytes[0]! ^= 1
    await browse(post.service.app).post(`/sv/stop/${bytes.toString('base64url')}`)
    expect(await rows()).toEqual([{ state: 'accepted', forgotten: 0 }])
  })

  test('can be taken by a mail program, which sends a form of its own and takes no redirect', async () => {
    const address = await invited()
    const boundary = 'x'
    const payload = `--${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
    const { statusCode } = await post.service.app.inject({ method: 'POST', url: address, payload, headers })
    expect(statusCode).toBe(200)
    expect(await rows()).toEqual([{ state: 'opted_out', forgotten: 1 }])
  })

  test('is a way out of the whole round, and nobody can be invited again', async () => {
    await post.invite(['anna@example.org'], { group: 'youth' })
    const address = await invited()
    await browse(post.service.app).post(address)
    expect((await rows()).every(({ forgotten }) => forgotten)).toBe(true)
    for (const group of ['youth', 'economic_assistance', 'guardian'] as const)
      expect(await post.invite(['ANNA@example.org'], { group })).toEqual({
        queued: 0,
        rejected: [{ address: 'ANNA@example.org', reason: 'optedOut' }],
      })
  })
})

describe('the close of a round', () => {
  test('leaves nothing of anybody, and no mail that still waits', async () => {
    await post.invite(people(20))
    await post.deliver({ limit: 10 })
    await forgetAddresses(post.office.mailDb, 'another')
    expect(await rows()).toHaveLength(20)
    await forgetAddresses(post.office.mailDb, post.round.id)
    for (const table of ['recipients', 'outbox', 'reminders'])
      expect(await valueIn(post.office.mailDb, `select count(*) from ${table}`), table).toBe(0)
    expect(await post.deliver()).toMatchObject({ tried: 0 })
    expect(await post.ledger()).toMatchObject({ offered: 10 })
  })
})
