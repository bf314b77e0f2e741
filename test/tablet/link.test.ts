import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readLink } from '../../assets/tablet/link.ts'
import { newEnrolmentToken } from '../../src/tablet/secrets.ts'

const token = newEnrolmentToken()

describe('the fragment of a one-time link', () => {
  test.each([
    ['as it was made', `#${token}`],
    ['with a space that a message put there', `#${token}%20`],
    ['with its full stop', `#${token}.`],
    ['with what a network added', `#${token}&fbclid=IwAR0x5s3kq7Zb1a`],
    ['with its sign encoded twice', `#%23${token}`],
    ['with the end of a line in it', `#${token.slice(0, 9)}=%0D%0A${token.slice(9)}`],
    ['with the end of a line encoded twice', `#${token.slice(0, 9)}%253D%250A${token.slice(9)}`],
    ['with a bracket', `#${token}%3E`],
    ['with an invisible sign before it', `#%E2%80%8B${token}`],
    ['with something that cannot be decoded', `#${token}%E2%8`],
  ])('is read %s', (_, fragment) => expect(readLink(fragment)).toEqual({ token, isBroken: false }))

  test.each(['', '#'])('may be absent: "%s"', (fragment) => expect(readLink(fragment)).toEqual({ isBroken: false }))

  test('that is cut off is broken, at every length', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 21 }), (length) => {
        expect(readLink(`#${token.slice(0, length)}`)).toEqual({ isBroken: true })
      }),
    ))

  test('that holds too much is broken', () => expect(readLink(`#${token}x`)).toEqual({ isBroken: true }))

  test('never throws, whatever stands there', () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 200, size: 'max', unit: 'binary' }), (text) => void readLink(`#${text}`)),
    ))
})
