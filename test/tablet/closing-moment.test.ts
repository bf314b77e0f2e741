import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ballotsOf } from '../../src/results/store.ts'
import { roundKeyFile } from '../../src/round/round-key.ts'
import { acceptHeld, discardHeld } from '../../src/tablet/held-store.ts'
import { wrongCounts } from '../../src/urn/store.ts'
import { ballotsCounted } from '../support/ballots-counted.ts'
import { type LyingBallot, setUpDevice } from '../support/device.ts'
import { openUrnOf } from '../support/open-urn.ts'
import { rowsIn, runIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

let folder: string
let service: Service
let round: TestRound

async function begin() {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  service = await startService({ file: join(folder, 'survey.sqlite'), settings: { KEY_DIR: folder } })
  round = await openRound(service.db)
}
async function end() {
  expect(await wrongCounts(service.db)).toEqual([])
  await service.close()
  rmSync(folder, { recursive: true, force: true })
}

const closing = () => `/staff/rounds/${round.id}/closing`
/** The ids of all ballots in the urn. */
const storedIds = async () => {
  const rows = await rowsIn<{ id: Buffer }>(service.db, 'select ballot_id as id from urn')
  return rows.map(({ id }) => id.toString('base64')).sort()
}
const turns = async (number: number) => {
  for (let turn = 0; turn < number; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Presses the button of the closing page, and reads the page until the ballots are counted. */
async function close(late: 'now' | 'wait') {
  const admin = await staffBrowser(service, { role: 'national' })
  const { statusCode, body } = await admin.post(closing(), { keyText: roundKeyFile(round.key), late, year: '2026' })
  expect(statusCode, body).toBe(303)
  if (late === 'wait') return
  await expect
    .poll(async () => (await admin.get(closing())).body, { interval: 20 })
    .not.toContain('http-equiv="refresh"')
}

describe('deliveries that arrive in the very moment of the close', () => {
  test('are each stored and acknowledged, or refused and not stored; said again it is the same, and counted once', async () => {
    // Turns of the event loop until each delivery is sent, and until somebody closes.
    const deliveries = fc.array(fc.record({ after: fc.nat(40), ballots: fc.integer({ min: 1, max: 8 }) }), {
      minLength: 1,
      maxLength: 24,
      size: 'max',
    })
    let [someStored, someRefused] = [false, false]
    await fc.assert(
      fc.asyncProperty(deliveries, fc.nat(40), async (deliveries, closesAfter) => {
        await begin()
        const tablets = [await setUpDevice(service, round), await setUpDevice(service, round, { name: 'Upstairs' })]
        const brought = deliveries.map(({ after, ballots }, index) => {
          const tablet = tablets[index % 2]!
          return { after, tablet, ballots: Array.from({ length: ballots }, () => tablet.seal()) }
        })
        const replies = brought.map(async ({ after, tablet, ballots }) => {
          await turns(after)
          return tablet.deliver(ballots)
        })
        await Promise.all([...replies, turns(closesAfter).then(() => close('now'))])

        const told = await Promise.all(replies)
        const stored = told.flatMap((reply) => reply.stored)
        const refused = told.flatMap((reply) => reply.refused)
        const all = brought.flatMap(({ ballots }) => ballots.map(({ id }) => id))
        expect([...stored, ...refused].sort()).toEqual([...all].sort())
        expect(await storedIds()).toEqual(stored.sort())

        // Each reply may have been lost on its way: then the tablet brings the same again.
        for (const [index, { tablet, ballots }] of brought.entries())
          expect(await tablet.deliver(ballots)).toMatchObject({
            stored: told[index]!.stored,
            refused: told[index]!.refused,
          })
        expect(await storedIds()).toEqual([...stored].sort())
        expect(await ballotsCounted(service.db, round)).toBe(stored.length)
        someStored ||= stored.length > 0
        someRefused ||= refused.length > 0
        await end()
      }),
      { numRuns: 6 },
    )
    expect([someStored, someRefused]).toEqual([true, true])
  })
})

describe('a tablet that did not hear that its answers were taken', () => {
  beforeEach(begin)
  afterEach(end)

  test.each(['now', 'wait'] as const)(
    'is told so after the close (%s), and not that they came too late',
    async (late) => {
      const tablet = await setUpDevice(service, round)
      const ballots = [tablet.seal(), tablet.seal()]
      await tablet.deliver(ballots) // the reply is lost
      await runIn(service.db, "update tablets set last_contact_hour = '2026-09-14T08'") // for a day nothing was heard of it
      await close(late)
      const tooLate = tablet.seal()
      const reply = await tablet.deliver([...ballots, tooLate])
      const taken = late === 'wait' ? [...ballots, tooLate] : ballots
      const ids = (of: LyingBallot[]) => of.map(({ id }) => id)
      expect(reply).toMatchObject({ stored: ids(taken), refused: late === 'wait' ? [] : [tooLate.id] })
      expect((await openUrnOf(ballotsOf(service.db, round.id), round.key)).ballots).toBe(taken.length)
    },
  )

  test('is told the same of those that waited for a yes: taken where it came, not counted where it did not', async () => {
    const [yes, no] = [await setUpDevice(service, round, { quota: 1 }), await setUpDevice(service, round, { quota: 1 })]
    const [accepted, destroyed] = [yes, no].map((tablet) => [tablet.seal(), tablet.seal()])
    await yes.deliver(accepted!)
    await no.deliver(destroyed!)
    await acceptHeld(service.db, yes.id)
    await discardHeld(service.db, no.id)
    await close('now')
    expect((await yes.deliver(accepted!)).stored).toHaveLength(2)
    expect(await no.deliver(destroyed!)).toMatchObject({ stored: [destroyed![0]!.id], refused: [destroyed![1]!.id] })
    expect(await storedIds()).toHaveLength(3)
  })
})
