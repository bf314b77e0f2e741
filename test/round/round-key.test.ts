import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../src/errors.ts'
import {
  createRoundKey,
  drillRoundKey,
  openSealed,
  parseRoundKeyFile,
  roundKeyFile,
  sealTo,
} from '../../src/round/round-key.ts'

const key = createRoundKey('2026')
const file = roundKeyFile(key)

describe('the key file', () => {
  test('gives the same key back', () => {
    expect(parseRoundKeyFile(file)).toEqual(key)
  })

  test('gives it back however it was copied: other line ends, capitals, spaces', () => {
    const [, secret] = /^key: (.+)$/m.exec(file)!
    for (const copy of [
      file.replaceAll('\n', '\r\n'),
      file.replace(secret!, secret!.toUpperCase()),
      file.replace(secret!, secret!.replaceAll(' ', '')),
      file.replace(secret!, `${secret!.replaceAll(' ', '   ')}  `),
      file.replace(/^#.*\n/gm, ''),
      file.replace(/^round|^key|^check/gm, (name) => name[0]!.toUpperCase() + name.slice(1)), // a phone begins lines so
      file.replaceAll(':', '\u00a0:').replaceAll('\n', ' '), // typed into one line
      `\ufeff${file.replace(secret!, secret!.replaceAll(' ', '\u2013'))}`,
      file.replace(secret!, secret!.replaceAll(' ', '\u00a0')).replace(/^check: (.{4})/m, 'check: $1 '),
      file.replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ]) {
      expect(parseRoundKeyFile(copy)).toEqual(key)
    }
  })

  test('gives it back where the dash of its name was bent', () => {
    const trial = createRoundKey('2026-prov')
    expect(parseRoundKeyFile(roundKeyFile(trial).replaceAll('-', '\u2013'))).toEqual(trial)
  })

  test('is refused with any one digit of the key mistyped', () => {
    const start = file.indexOf('key: ') + 'key: '.length
    const end = file.indexOf('\n', start)
    for (let place = start; place < end; place++) {
      if (file[place] === ' ') continue
      for (const digit of '0123456789abcdefxO'.replace(file[place]!, '')) {
        const mistyped = file.slice(0, place) + digit + file.slice(place + 1)
        expect(() => parseRoundKeyFile(mistyped), mistyped).toThrow(DomainError)
      }
    }
  })

  test('is refused when it names another round, or lacks a line', () => {
    expect(() => parseRoundKeyFile(file.replace('round: 2026', 'round: 2027'))).toThrow(/damaged/)
    for (const line of ['round', 'key', 'check'])
      expect(() => parseRoundKeyFile(file.replace(new RegExp(`^${line}:.*\n`, 'm'), '')), line).toThrow(DomainError)
  })

  test('is refused when it is any other file', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        expect(() => parseRoundKeyFile(text)).toThrow(DomainError)
      }),
    )
  })
})

describe('the key drill', () => {
  const round = { id: '2026', publicKey: key.publicKey }

  test('passes with the key of the round, also when it comes from its file', () => {
    expect(() => drillRoundKey(round, key)).not.toThrow()
    expect(() => drillRoundKey(round, parseRoundKeyFile(file))).not.toThrow()
  })

  test.each([
    ['the key of another round', createRoundKey('2027')],
    ['another key of the same round', createRoundKey('2026')],
    ['the right key under the name of another round', { ...key, roundId: '2027' }],
    ['the right public key with a foreign secret', { ...key, secretKey: createRoundKey('2026').secretKey }],
  ])('refuses %s', (_what, wrong) => {
    expect(() => drillRoundKey(round, wrong)).toThrow(/does not open/)
  })
})

describe('what is sealed to a round', () => {
  test('is opened by its key alone', () => {
    const message = randomBytes(64)
    const sealed = sealTo(key.publicKey, message)
    expect(openSealed(key, sealed)).toEqual(message)
    expect(openSealed(createRoundKey('2026'), sealed)).toBeUndefined()
  })

  test('is 48 bytes longer, and different each time', () => {
    const message = Buffer.from('the same answers')
    const first = sealTo(key.publicKey, message)
    expect(first).toHaveLength(message.length + 48)
    expect(first.includes(message)).toBe(false)
    expect(sealTo(key.publicKey, message).equals(first)).toBe(false)
  })

  test('does not open with any byte changed, or cut short', () => {
    const sealed = sealTo(key.publicKey, randomBytes(64))
    for (let place = 0; place < sealed.length; place++) {
      const changed = Buffer.from(sealed)
      changed[place]! ^= 1
      expect(openSealed(key, changed), `byte ${place}`).toBeUndefined()
      expect(openSealed(key, sealed.subarray(0, place)), `${place} bytes`).toBeUndefined()
    }
  })
})
