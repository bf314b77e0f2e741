import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fingerprint, formToken, isDevice, keyFor, knownDevice, newToken } from '../../src/crypto/secrets.ts'

const staffKey = randomBytes(32)

test('a token is new each time, and what stands in the database for it is not the token', () => {
  const [one, other] = [newToken(), newToken()]
  expect(one).not.toBe(other)
  expect(one).toMatch(/^[\w-]{43}$/)
  expect(fingerprint(one)).toEqual(fingerprint(one))
  expect(fingerprint(one)).not.toEqual(fingerprint(other))
  expect(fingerprint(one).includes(Buffer.from(one))).toBe(false)
})

test('a form belongs to one session, and its token does not tell the cookie', () => {
  expect(formToken('one')).toBe(formToken('one'))
  expect(formToken('one')).not.toBe(formToken('other'))
})

test('each purpose has a key of its own', () => {
  const keys = ['one', 'other'].flatMap((purpose) => [keyFor(staffKey, purpose), keyFor(randomBytes(32), purpose)])
  expect(new Set([staffKey, ...keys].map((key) => key.toString('hex'))).size).toBe(5)
})

describe('a browser in which somebody has signed in', () => {
  const device = knownDevice(staffKey, 'anna@example.se')

  test('is known, and whose it is only to whoever asks for that address', () => {
    expect(isDevice(staffKey, device)).toBe(true)
    expect(knownDevice(staffKey, 'anna@example.se')).toBe(device)
    expect(knownDevice(staffKey, 'bo@example.se')).not.toBe(device)
    expect(device).not.toContain('anna')
  })

  test('is not one that made its own cookie, nor one of another service', () => {
    const [whose, signed] = device.split('.') as [string, string]
    const forged = signed.startsWith('A') ? `B${signed.slice(1)}` : `A${signed.slice(1)}`
    for (const cookie of ['', 'x', `${whose}.`, `${whose}.${forged}`, `x${whose}.${signed}`])
      expect(isDevice(staffKey, cookie), cookie).toBe(false)
    expect(isDevice(randomBytes(32), device)).toBe(false)
  })
})
