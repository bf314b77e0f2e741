import { expect, test, vi } from 'vitest'
import { freePort } from '../src/free-port.ts'

test('a port that every browser refuses to open is never chosen', async () => {
  const random = vi.spyOn(Math, 'random').mockReturnValueOnce(80.5 / 22_000) // 10 080
  expect(await freePort()).not.toBe(10_080)
  expect(random.mock.calls.length).toBeGreaterThan(1)
  random.mockRestore()
})
