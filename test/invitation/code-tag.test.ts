import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { codeTag, spentTag } from '../../src/invitation/code-tag.ts'
import { drawCode } from '../../src/invitation/draw-code.ts'

const pepper = randomBytes(32)

test('a tag is HMAC-SHA-256 of round and digits: the value that any other program computes', () => {
  const tag = codeTag(Buffer.from('key'), 'round', 'digits')
  // printf 'round|digits' | openssl dgst -sha256 -hmac key
  expect(tag.toString('hex')).toBe('fddc12b222f47b9966c0dc8c9608b249dffc896acd168afad129b14a6f3ed2c4')
  // the same again over those 32 bytes, with the key "spent"
  expect(spentTag(Buffer.from('spent'), tag).toString('hex')).toBe(
    '37da0d30484cef554fed77434549a56315c8e5b9989c93864cbfb97facaaa664',
  )
})

test('a code has another tag in every round and under every pepper, and always the same in one', () => {
  const code = drawCode()
  const tag = codeTag(pepper, '2026', code)
  expect(codeTag(pepper, '2026', code).equals(tag)).toBe(true)
  expect(codeTag(pepper, '2027', code).equals(tag)).toBe(false)
  expect(codeTag(randomBytes(32), '2026', code).equals(tag)).toBe(false)
})

test('the mark of a used code is another than its tag', () => {
  const tag = codeTag(pepper, '2026', drawCode())
  expect(spentTag(randomBytes(32), tag).equals(tag)).toBe(false)
  expect(spentTag(pepper, tag).equals(tag)).toBe(false)
})

test('neither the code nor its round can be read in a tag', () => {
  const code = drawCode()
  const tag = codeTag(pepper, '2026', code)
  expect(tag).toHaveLength(32)
  for (const known of [code, '2026', code.slice(0, 4)]) expect(tag.includes(known)).toBe(false)
})
