import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../src/errors.ts'
import { type Channel, type InvitationChannel, invitationChannels } from '../../src/invitation/disposition.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { prepareFindInvitation, recordLeftover, recordUndeliverable } from '../../src/invitation/store.ts'
import { addToTally } from '../../src/invitation/tally-store.ts'
import { type Answers, isEmpty } from '../../src/questionnaire/answers.ts'
import { ballotsOf } from '../../src/results/store.ts'
import { makeTally } from '../../src/results/tally.ts'
import { moveRound } from '../../src/round/store.ts'
import { wrongCounts } from '../../src/urn/store.ts'
import { someAnswers } from '../questionnaire/some-answers.ts'
import {
  type Dispositions,
  dispositionsOf,
  listChannelRecords,
  rateLine,
  responseRate,
} from '../support/exact-ledger.ts'
import { openUrnOf } from '../support/open-urn.ts'
import { rowsIn } from '../support/rows.ts'
import { browse, openRound, type Service, startService, type TestRound } from '../support/service.ts'

/** One printed or drawn lot of codes, as somebody with paper and pencil would keep it. */
interface Lot {
  group: Group
  channel: InvitationChannel
  drawn: boolean
  id: string
  codes: Code[]
  leftover?: number
}

interface Code {
  digits: string
  lot: Lot
  /** The first answers that were sent with it; they are the ones that count. */
  answered?: Answers
  cameBack: boolean
}

/** What a person in front of a browser is doing, and the code in their hand. */
interface Person {
  browser: ReturnType<typeof browse>
  at: 'door' | 'questions' | 'thanks'
  code?: Code
  enteredAt: number
  draft?: Answers
  lastCookies?: Map<string, string>
}

const groups = ['youth', 'guardian'] as const
type Group = (typeof groups)[number]

interface World {
  service: Service
  round: TestRound
  lots: Lot[]
  tallies: Map<string, number>
  people: Person[]
  phase: 'collecting' | 'closed'
}

const visitMinutes = 120
const minutes = (world: World) => world.service.clock.now.getTime() / 60_000
const codesOf = ({ lots }: World) => lots.flatMap(({ codes }) => codes)
const pick = <T>(items: T[], number: number): T | undefined => items[number % items.length]

/** Whether it was refused as something a person can do something about; any other failure is one of the test. */
async function isRefused(promise: Promise<unknown>): Promise<boolean> {
  try {
    await promise
    return false
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError)
    return true
  }
}

type Step = (world: World) => Promise<void>

/** A step that a failed run names by what it did. */
interface Named {
  step: Step
  [fc.toStringMethod](): string
}

const named = <T extends unknown[]>(
  name: string,
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  step: (world: World, ...values: T) => Promise<void>,
) =>
  fc.tuple(...arbitraries).map(
    (values): Named => ({
      [fc.toStringMethod]: () => `${name} ${JSON.stringify(values)}`,
      step: (world) => step(world, ...(values as unknown as T)),
    }),
  )

const someGroup = fc.constantFrom(...groups)
const someChannel = fc.constantFrom(...invitationChannels)
const any = fc.nat(1000)

const issuing = named(
  'issue',
  [someGroup, someChannel, fc.boolean(), fc.integer({ min: 1, max: 4 })],
  async (world, group, channel, drawn, count) => {
    const { db, keys } = world.service
    const options = { stratumId: world.round.strata[group], channel, drawn, count }
    if (world.phase === 'closed') {
      expect(await isRefused(issueCodes(db, keys.codePepper, options))).toBe(true)
      return
    }
    const { batchId, codes } = await issueCodes(db, keys.codePepper, options)
    const known = world.lots.find(({ id }) => id === batchId)
    const lot: Lot = known ?? { group, channel, drawn, id: batchId, codes: [], leftover: drawn ? 0 : undefined }
    if (!known) world.lots.push(lot)
    for (const digits of codes) lot.codes.push({ digits, lot, cameBack: false })
  },
)

const countingLeftovers = named('leftover', [any, fc.nat(5)], async (world, which, number) => {
  const lot = pick(world.lots, which)
  if (!lot) return
  const cameBack = lot.codes.filter((code) => code.cameBack).length
  const wrong = lot.drawn || number > lot.codes.length - cameBack
  expect(await isRefused(recordLeftover(world.service.db, lot.id, number))).toBe(wrong)
  if (!wrong) lot.leftover = number
})

const comingBack = named('undeliverable', [any], async (world, which) => {
  const code = pick(codesOf(world), which)
  if (!code) return
  const { lot } = code
  const { db, keys } = world.service
  const invitation = await prepareFindInvitation(db, keys.codePepper)(code.digits)
  const allBack = lot.codes.filter(({ cameBack }) => cameBack).length >= lot.codes.length - (lot.leftover ?? 0)
  const wrong = !code.cameBack && allBack
  expect(await isRefused(recordUndeliverable(db, invitation!))).toBe(wrong)
  if (!wrong) code.cameBack = true
})

const tallyKinds = [
  ['paper', 'handed_out'],
  ['paper', 'declined'],
  ['tablet', 'declined'],
  ['handout', 'declined'],
  ['handout', 'declined_with_code'],
  ['letter', 'declined_with_code'],
] as const

const tallying = named(
  'tally',
  [someGroup, fc.constantFrom(...tallyKinds), fc.integer({ min: -2, max: 4 })],
  async (world, group, [channel, disposition], number) => {
    const key = `${group} ${channel} ${disposition}`
    const sum = (world.tallies.get(key) ?? 0) + number
    const tally = { stratumId: world.round.strata[group], channel, disposition, number }
    const was = await isRefused(addToTally(world.service.db, tally))
    if (world.phase === 'closed' && was) return // whether a tally may still be corrected then is not this test's matter
    expect(was).toBe(sum < 0)
    if (!was) world.tallies.set(key, sum)
  },
)

const entering = named('enter', [any, any], async (world, who, which) => {
  const person = pick(world.people, who)!
  const code = pick(codesOf(world), which)
  if (!code) return
  const entry = await person.browser.post('/entry', { code: code.digits, language: 'sv' })
  expect(entry.statusCode).toBe(303)
  expect(entry.headers.location).toBe(world.phase === 'closed' ? '/sv/closed' : '/questions')
  if (world.phase === 'closed') return // what the browser held before, it holds still
  Object.assign(person, { at: 'questions', code, enteredAt: minutes(world) })
})

const changingLanguage = named(
  'language',
  [any, fc.constantFrom('ar', 'sv', 'ti'), someAnswers],
  async (world, who, language, answers) => {
    const person = pick(world.people, who)!
    const late = minutes(world) - person.enteredAt >= visitMinutes
    if (person.at !== 'questions' || late) return
    await person.browser.post('/language', { language, ...answers })
    person.enteredAt = minutes(world)
    const page = await person.browser.get('/questions')
    expect(page.body).toContain(`<html lang="${language}"`)
    expect(page.body.match(/ checked/g)?.length ?? 0).toBe(Object.keys(answers).length)
  },
)

/** Sends the answers as often as somebody impatient does; all at once, or again later with the cookie from before. */
async function send(world: World, person: Person, answers: Answers, times: number) {
  const late = minutes(world) - person.enteredAt >= visitMinutes
  const before = new Map(person.browser.jar)
  const sent = await Promise.all(
    Array.from({ length: times }, () => person.browser.post('/response', answers as Record<string, string>)),
  )
  const wanted = { questions: 'thanks', door: 'door', thanks: 'thanks' }[person.at]
  for (const { statusCode, headers } of sent) {
    const isOver = person.at === 'door' || (person.at === 'questions' && late)
    expect(statusCode).toBe(isOver ? 400 : 303)
    if (wanted === 'thanks' && person.at === 'questions') {
      if (late) expect(headers.location).toBeUndefined()
      else if (isEmpty(answers)) expect(headers.location).toBe('/questions')
      else if (world.phase === 'closed') expect(headers.location).toMatch(/^\/[a-z]{2}\/closed$/)
      else expect(headers.location).toBe('/thanks')
    }
  }
  if (person.at !== 'questions') return
  if (late) person.at = 'door'
  else if (isEmpty(answers)) person.enteredAt = minutes(world)
  else if (world.phase === 'closed') person.at = 'door'
  else {
    person.code!.answered ??= answers
    person.lastCookies = before
    person.at = 'thanks'
  }
}

const answering = named(
  'answer',
  [any, someAnswers, fc.integer({ min: 1, max: 3 })],
  async (world, who, answers, times) => {
    await send(world, pick(world.people, who)!, answers, times)
  },
)

/** A POST that arrives once more, because the answer to the first was lost on the way. */
const sendingAgain = named('again', [any, someAnswers], async (world, who, answers) => {
  const person = pick(world.people, who)!
  if (!person.lastCookies) return
  person.browser.jar.clear()
  for (const [name, value] of person.lastCookies) person.browser.jar.set(name, value)
  const again = await person.browser.post('/response', answers as Record<string, string>)
  expect([303, 400]).toContain(again.statusCode) // 400 where the visit is over, or another code was opened since
  Object.assign(person, { browser: browse(world.service.app), at: 'door', lastCookies: undefined })
})

const waiting = named('wait', [fc.integer({ min: 1, max: 90 })], async ({ service }, time) => {
  service.clock.now = new Date(service.clock.now.getTime() + time * 60_000)
})

const closing = named('close or open again', [], async (world) => {
  const next = world.phase === 'closed' ? 'collecting' : 'closed'
  await moveRound(world.service.db, world.round.id, [world.phase], next)
  world.phase = next
})

/** What paper and pencil say was offered, declined, undeliverable and responded, for one stratum and channel. */
function counted(world: World, group: Group, channel: Channel): Dispositions {
  const tally = (disposition: string) => world.tallies.get(`${group} ${channel} ${disposition}`) ?? 0
  const lots = world.lots.filter((lot) => lot.group === group && lot.channel === channel)
  const settled = lots.filter(({ leftover }) => leftover !== undefined)
  const undeliverable = settled.flatMap(({ codes }) => codes.filter(({ cameBack }) => cameBack)).length
  const wentOut = settled.reduce((sum, { codes, leftover }) => sum + codes.length - leftover!, 0)
  return {
    offered: wentOut - undeliverable + tally('handed_out') + tally('declined'),
    declined: tally('declined') + tally('declined_with_code'),
    undeliverable,
    responded: lots.flatMap(({ codes }) => codes.filter(({ answered }) => answered)).length,
  }
}

async function expectSame(world: World) {
  const { service, round } = world
  const records = await listChannelRecords(service.db, round.id)
  for (const group of groups) {
    for (const channel of ['letter', 'handout', 'email', 'tablet', 'paper'] as const) {
      const record = records.find((one) => one.stratumId === round.strata[group] && one.channel === channel)
      const nothing = { offered: 0, declined: 0, undeliverable: 0, responded: 0 }
      const dispositions = record ? dispositionsOf(record) : nothing
      const expected = counted(world, group, channel)
      expect(dispositions, `${group} ${channel}`).toEqual(expected)
      const { offered, responded } = expected
      expect(responseRate(dispositions)).toBe(responded > offered || offered === 0 ? undefined : responded / offered)
    }
  }
  const rate = responseRate(rateLine(records))
  if (rate !== undefined) expect(rate).toBeLessThanOrEqual(1)

  const tally = makeTally()
  for (const { answered, lot } of codesOf(world)) if (answered) tally.add(round.strata[lot.group], answered, 'letter')
  const opened = await openUrnOf(ballotsOf(service.db, round.id), round.key)
  expect(opened.counts).toEqual(tally.counts())
  expect(opened.ballots).toBe(codesOf(world).filter(({ answered }) => answered).length)
  const spentAndCoded = `select (select count(*) from spent where stratum_id = id) as spent,
    (select count(*) from urn where stratum_id = id and channel in ('letter', 'handout', 'email')) as coded from strata`
  for (const { spent, coded } of await rowsIn<{ spent: number; coded: number }>(service.db, spentAndCoded))
    expect(spent, 'each used code has its ballot').toBe(coded)
  expect(await wrongCounts(service.db), 'the counts are those of the urn').toEqual([])
}

const someStep = fc.oneof(
  { weight: 4, arbitrary: issuing },
  { weight: 2, arbitrary: countingLeftovers },
  { weight: 2, arbitrary: comingBack },
  { weight: 2, arbitrary: tallying },
  { weight: 8, arbitrary: entering },
  { weight: 3, arbitrary: changingLanguage },
  { weight: 8, arbitrary: answering },
  { weight: 3, arbitrary: sendingAgain },
  { weight: 1, arbitrary: waiting },
  { weight: 1, arbitrary: closing },
)

async function newWorld(): Promise<World> {
  const service = await startService()
  const round = await openRound(service.db)
  const person = (): Person => ({ browser: browse(service.app), at: 'door', enteredAt: 0 })
  return { service, round, lots: [], tallies: new Map(), people: [person(), person(), person()], phase: 'collecting' }
}

describe('whatever people and caseworkers do, in any order', () => {
  test('the ledger and the urn hold what paper and pencil say', async () => {
    let [steps, ballots] = [0, 0]
    await fc.assert(
      fc.asyncProperty(fc.array(someStep, { minLength: 1, maxLength: 60, size: 'max' }), async (sequence) => {
        const world = await newWorld()
        try {
          for (const { step } of sequence) {
            await step(world)
            await expectSame(world)
          }
        } finally {
          steps += sequence.length
          ballots += codesOf(world).filter(({ answered }) => answered).length
          await world.service.close()
        }
      }),
      { numRuns: 60 },
    )
    expect(steps, 'the sequences were long').toBeGreaterThan(500)
    expect(ballots, 'and people did answer').toBeGreaterThan(10)
  })
})
