import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { tellRound } from '../../src/fieldwork/tell.ts'
import { codeTag, spentTag } from '../../src/invitation/code-tag.ts'
import { issueCodes, recordLeftover } from '../../src/invitation/store.ts'
import { prepareCommit } from '../../src/response/store.ts'
import { sealTo } from '../../src/round/round-key.ts'
import { type Clerk, seatClerk } from '../paper/clerk.ts'

/**
 * Somebody who holds another person's code, may enter paper and count letters, and reads every page, asks the service whether that code
 * was used. Two worlds that differ in this one person must look alike, whatever is asked on one day, and on the next when nothing was left behind.
 */

let clerks: Clerk[] = []
afterEach(async () => {
  for (const { service } of clerks) await service.close()
  clerks = []
})

const pages = ['', '/fieldwork', '/fieldwork?format=csv', '/leftovers', '/offer', '/paper', '/tablets', '/print']

/** What a page says, and nothing that is drawn by chance. */
const wordsOf = (body: string) =>
  body
    .replace(/<head>.*?<\/head>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\b[0-9a-f]{6,}\b/g, '')
    .replace(/\s+/g, ' ')

/** A world in which so many of thirty people have answered by letter, Anna among them or not. */
async function makeWorld({ others, hasAnswered }: { others: number; hasAnswered: boolean }) {
  const clerk = await seatClerk()
  clerks.push(clerk)
  const { service, round } = clerk
  const { db, keys } = service
  const stratumId = round.strata.economic_assistance
  const order = { stratumId, channel: 'letter' as const, count: 30, drawn: false, issuedOn: '2026-09-01' }
  const { batchId, codes } = await issueCodes(db, keys.codePepper, order)
  await recordLeftover(db, batchId, 0)
  const [anna, ...rest] = codes
  const ballots = [...rest.slice(0, others), ...(hasAnswered ? [anna!] : [])].map((code) => ({
    ...{ ballotId: randomBytes(16), stratumId, channel: 'letter' as const, roundId: round.id },
    sealed: sealTo(round.key.publicKey, Buffer.alloc(64)),
    spentTag: spentTag(keys.spentPepper, codeTag(keys.codePepper, round.id, code)),
  }))
  prepareCommit(db)(ballots)
  await tellRound(db, { roundId: round.id, day: '2026-09-13' })
  const read = async () => {
    const bodies = []
    for (const page of pages) bodies.push(wordsOf((await clerk.staff.get(`/staff${page}`)).body))
    return bodies
  }
  return { clerk, anna: anna!, batchId, read }
}

type World = Awaited<ReturnType<typeof makeWorld>>

/** Asks both worlds the same, and expects the same of all pages after each step, and after the next night. */
async function ask(question: (world: World, look: () => Promise<void>) => Promise<void>, others = 7): Promise<void> {
  const seen: string[][][] = []
  for (const hasAnswered of [true, false]) {
    const world = await makeWorld({ others, hasAnswered })
    const looks: string[][] = []
    await question(world, async () => void looks.push(await world.read()))
    const { service, round } = world.clerk
    await tellRound(service.db, { roundId: round.id, day: '2026-09-14' })
    looks.push(await world.read())
    seen.push(looks)
  }
  expect(seen[0]!.length).toBeGreaterThan(1)
  for (const [index, looks] of seen[0]!.entries())
    for (const [page, words] of looks.entries()) expect(seen[1]![index]![page], pages[page]).toBe(words)
}

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
