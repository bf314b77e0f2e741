import { afterEach, expect, test } from 'vitest'
import { valueIn } from '../support/rows.ts'
import { ask, leaveWorlds, makeWorld } from './asked.ts'

/**
 * Somebody who holds another person's code, may enter paper and count letters, and reads every page, asks the service whether that code
 * was used. Two worlds that differ in this one person must look alike, whatever is asked on one day, and on the next when nothing was left behind.
 */

afterEach(leaveWorlds)

test('by a form of paper with the code, undone', () =>
  ask(async ({ clerk, anna }, look) => {
    const { url } = await clerk.startBundle(12, { codes: '1' })
    for (let times = 0; times < 3; times++) {
      expect((await clerk.type(url, { digits: '11111111', code: anna })).statusCode).toBe(303)
      await look()
      expect((await clerk.undo(url)).statusCode).toBe(303)
      await look()
    }
  }))

test.each([4, 9, 19])('the same where %d others have answered and one more is a border', (others) =>
  ask(async ({ clerk, anna }, look) => {
    const { url } = await clerk.startBundle(12, { codes: '1' })
    await clerk.type(url, { digits: '11111111', code: anna })
    await look()
    await clerk.type(url, { digits: '11111111', code: '' })
    await look()
    await clerk.undo(url)
    await clerk.undo(url)
    await look()
  }, others),
)

test('by a bundle with the code that is removed again, or left open over the night', () =>
  ask(async ({ clerk, anna }, look) => {
    const removed = await clerk.startBundle(1, { codes: '1' })
    await clerk.type(removed.url, { digits: '11111111', code: anna })
    await look()
    expect((await clerk.staff.post(`/staff/paper/bundles/${removed.id}/removal`)).statusCode).toBe(303)
    const open = await clerk.startBundle(2, { codes: '1' })
    await clerk.type(open.url, { digits: '11111111', code: anna })
    await look()
  }))

test('by a bundle of one that is finished: it waits until the close', () =>
  ask(async ({ clerk, anna }, look) => {
    const { id, url } = await clerk.startBundle(1, { codes: '1' })
    await clerk.type(url, { digits: '11111111', code: anna })
    expect((await clerk.staff.post(`/staff/paper/bundles/${id}/finish`)).statusCode).toBe(303)
    await look()
  }))

test('by a bundle of ten forms with the one code: it waits like one of one', () =>
  ask(async ({ clerk, anna }, look) => {
    const { id, url } = await clerk.startBundle(10, { codes: '1' })
    for (let times = 0; times < 10; times++) await clerk.type(url, { digits: '11111111', code: anna })
    expect((await clerk.staff.post(`/staff/paper/bundles/${id}/finish`)).statusCode).toBe(303)
    const waiting = await valueIn(clerk.service.db, 'select count(*) from waiting_forms')
    expect(waiting).toBe(10)
    await look()
  }))

test('by counting all letters as left over, and then none', () =>
  ask(async ({ clerk, batchId }, look) => {
    for (const number of [30, 29, 22, 8, 7, 0]) {
      expect((await clerk.staff.post(`/staff/leftovers/${batchId}`, { number: String(number) })).statusCode).toBe(303)
      await look()
    }
  }))

test('by saying that the letter came back', () =>
  ask(async ({ clerk, anna }, look) => {
    await clerk.staff.post('/staff/leftovers/undeliverable', { undeliverable: anna })
    await look()
  }))

test.each([3, 4, 8, 9, 13, 19, 24])(
  'by reading the pages of every day, where %d others have answered and a border is near',
  (others) =>
    ask(async (_, look) => {
      await look()
      await look()
    }, others),
)

test('a night tells one thing: that a number has just come to the next step, whoever it was', async () => {
  const [answered, not] = [
    await makeWorld({ others: 5, hasAnswered: true }),
    await makeWorld({ others: 5, hasAnswered: false }),
  ]
  expect(await answered.read()).not.toEqual(await not.read()) // 6 and 5: what docs/anonymity.md says of patience
})
