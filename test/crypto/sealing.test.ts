import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openFor, sealFor } from '../../src/crypto/sealing.ts'

const key = randomBytes(32)
const message = Buffer.from('anna@example.se')

describe('what is sealed for somebody', () => {
  const sealed = sealFor(key, 'Anna', message)

  test('is opened for them, and is nothing for anybody else or with another key', () => {
    expect(openFor(key, 'Anna', sealed)).toEqual(message)
    expect(openFor(key, 'Bo', sealed)).toBeUndefined()
    expect(openFor(randomBytes(32), 'Anna', sealed)).toBeUndefined()
  })

  test('is never the same twice, and 40 bytes longer', () => {
    expect(sealFor(key, 'Anna', message)).not.toEqual(sealed)
    expect(sealed).toHaveLength(message.length + 40)
    expect(sealed.includes(message)).toBe(false)
  })

  test('is nothing where a byte was changed or it was cut short', () => {
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      expect(openFor(key, 'Anna', changed)).toBeUndefined()
      expect(openFor(key, 'Anna', sealed.subarray(0, at))).toBeUndefined()
    }
  })
})
