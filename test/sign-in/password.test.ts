import { hash } from '@node-rs/argon2'
import { describe, expect, test } from 'vitest'
import { hashPassword, isPassword } from '../../src/people/password.ts'

const asker = { account: 'a test' }

describe('a password', () => {
  test.each([
    ["it's a long sentence - mine", 'it’s a long sentence – mine'],
    ['"fyra" gröna hästar', '“fyra” gröna hästar'],
    ['fyra gröna hästar', 'fyra\u00a0gröna\u202fha\u0308star'],
  ])('set on a computer as %s is right on a phone that types %s, and the other way round', async (computer, phone) => {
    expect(await isPassword(await hashPassword(computer, 'a test'), phone, asker)).toBe(true)
    expect(await isPassword(await hashPassword(phone, 'a test'), computer, asker)).toBe(true)
  })

  test('that was hashed before it was folded is still right', async () => {
    const before = await hash('it’s a long sentence – mine', { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
    expect(await isPassword(before, 'it’s a long sentence – mine', asker)).toBe(true)
    expect(await isPassword(before, "it's a long sentence - mine", asker)).toBe(false)
  })
})
