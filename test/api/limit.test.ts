import { expect, test } from 'vitest'
import { limitWeight } from '../../src/pages/api/limit.ts'

function start() {
  const clock = { now: new Date('2026-12-15T08:00:00Z') }
  const limit = limitWeight(() => clock.now)
  const pass = (seconds: number) => {
    clock.now = new Date(clock.now.getTime() + seconds * 1000)
  }
  return { limit, pass }
}

test('All figures of ten years go in a minute, many times over; then one waits for whole seconds, and others do not', () => {
  const { limit, pass } = start()
  const all = 45 * 291 * 10
  for (let times = 0; times < 4; times++)
    for (let page = 0; page * 5_000 < all; page++) {
      expect(limit.secondsToWait('192.0.2.1')).toBe(0)
      limit.countRequest('192.0.2.1')
      limit.countRows('192.0.2.1', 5_000)
    }
  for (let times = 0; times < 150; times++) limit.countRows('192.0.2.1', 5_000)
  pass(20.5)
  expect(limit.secondsToWait('192.0.2.1')).toBe(40)
  expect(limit.secondsToWait('198.51.100.1')).toBe(0)
  pass(40)
  expect(limit.secondsToWait('192.0.2.1')).toBe(0)
})

test('An IPv6 customer has no more of it for having many addresses', () => {
  const { limit } = start()
  for (let times = 0; times < 150; times++) limit.countRows(`2001:db8:0:1::${times}`, 5_000)
  expect(limit.secondsToWait('2001:db8:0:1::ffff')).toBeGreaterThan(0)
  expect(limit.secondsToWait('2001:db8:1:1::1')).toBe(0)
})
