import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { prepareCommit } from '../../src/actions/record-response.ts'
import { tellRound } from '../../src/fieldwork/tell.ts'
import { codeTag, spentTag } from '../../src/invitation/code-tag.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { recordLeftover } from '../../src/invitation/store.ts'
import { sealTo } from '../../src/round/round-key.ts'
import { type Clerk, seatClerk } from '../paper/clerk.ts'

let clerks: Clerk[] = []

/** Ends the services of all worlds. */
export async function leaveWorlds(): Promise<void> {
  for (const { service } of clerks) await service.close()
  clerks = []
}

export const pages = ['', '/fieldwork', '/fieldwork?format=csv', '/leftovers', '/offer', '/paper', '/tablets', '/print']

/** What a page says, and nothing that is drawn by chance. */
export const wordsOf = (body: string) =>
  body
    .replace(/<head>.*?<\/head>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\b[0-9a-f]{6,}\b/g, '')
    .replace(/\s+/g, ' ')

/** A world in which so many of thirty people have answered by letter, Anna among them or not. */
export async function makeWorld({ others, hasAnswered }: { others: number; hasAnswered: boolean }) {
  const clerk = await seatClerk()
  clerks.push(clerk)
  const { service, round } = clerk
  const { db, keys } = service
  const stratumId = round.strata.economic_assistance
  const order = { stratumId, channel: 'letter' as const, count: 30, drawn: false, issuedOn: '2026-09-01' }
  const { batchId, codes } = await issueCodes(db, keys.codePepper, order)
  await recordLeftover(db, batchId, 0)
  const [anna, ...rest] = codes
  const sealed = sealTo(round.key.publicKey, Buffer.alloc(64))
  const ballot = { stratumId, roundId: round.id, sealed }
  const answer = (own: string[]) =>
    prepareCommit(db)(
      own.map((code) => ({
        ...{ ...ballot, ballotId: randomBytes(16), channel: 'letter' as const },
        spentTag: spentTag(keys.spentPepper, codeTag(keys.codePepper, round.id, code)),
      })),
    )
  answer([...rest.slice(0, others), ...(hasAnswered ? [anna!] : [])])
  await tellRound(db, { roundId: round.id, day: '2026-09-13' })
  const read = async () => {
    const bodies = []
    for (const page of pages) bodies.push(wordsOf((await clerk.staff.get(`/staff${page}`)).body))
    return bodies
  }
  return { clerk, anna: anna!, answer, ballot, batchId, read }
}

export type AskedWorld = Awaited<ReturnType<typeof makeWorld>>

/** Asks both worlds the same, and expects the same of all pages after each step, and after the next night. */
export async function ask(
  question: (world: AskedWorld, look: () => Promise<void>) => Promise<void>,
  others = 7,
): Promise<void> {
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
