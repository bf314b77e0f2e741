import { beforeAll, describe, expect, test } from 'vitest'
import { mostByGuessing } from './guessing.ts'
import { type Loot, link, rightAbout } from './linker.ts'
import { stealFromNaiveTablet, stealFromTablet, type TabletCampaign } from './tablet-loot.ts'

/** Every way of trying gets this chance of passing for better than a guess; the fifteen ways of all tests stay below one in a million. */
const chancePerAttempt = 1e-6 / 150

let quiet: TabletCampaign
let offline: TabletCampaign
let inOrder: TabletCampaign
let naive: TabletCampaign

beforeAll(async () => {
  quiet = await stealFromTablet({ day: 'quiet', quota: 120 }) // the last eighty are held
  offline = await stealFromTablet({ day: 'offline' })
  inOrder = await stealFromTablet({ day: 'offline', isInOrder: true })
  naive = stealFromNaiveTablet()
})

const boundOf = ({ loot }: TabletCampaign) =>
  mostByGuessing(
    [...loot.patterns.values()].map(({ length }) => length),
    chancePerAttempt,
  )

/** How many people each attempt is right about. The order in which they came is always known: somebody watched. */
function score(campaign: TabletCampaign, taken: Partial<Loot> = {}): Record<string, number> {
  const attempts = link({ ...campaign.loot, ...taken })
  const scores = Object.fromEntries(
    Object.entries(attempts).map(([name, attempt]) => [name, rightAbout(attempt, campaign.truth)]),
  )
  if (process.env.SHOW_FIGURES) console.table({ ...scores, 'at most by guessing': boundOf(campaign) })
  return scores
}

function expectNoBetterThanGuessing(campaign: TabletCampaign, scores: Record<string, number>) {
  expect(Object.keys(scores)).toHaveLength(15)
  for (const [attempt, right] of Object.entries(scores)) expect(right, attempt).toBeLessThanOrEqual(boundOf(campaign))
}

const nothing = { copies: [], journals: [], backups: [], output: '', sightings: [] }

/** What went over the wire, and the database as it is at last: nobody looked into the tablet, or at the database before. */
const wireAndLastFile = ({ loot, onTheWire }: TabletCampaign) => ({
  ...nothing,
  sightings: onTheWire,
  copies: loot.copies.slice(-1),
  backups: loot.backups.slice(-1),
})

describe('whoever watched the waiting room, read the wire, and holds the tablet’s storage at every step, all files, and the key folder', () => {
  test('has everything there is to have', () => {
    for (const { loot, onTheWire, inTheTablet } of [quiet, offline]) {
      const answers = inTheTablet.filter(({ of }) => of).map(({ of }) => of)
      expect(answers).toEqual(loot.watched)
      const ballots = onTheWire.flatMap(({ rows }) => rows.filter(({ values }) => Buffer.isBuffer(values[2])))
      expect(ballots).toHaveLength(200)
    }
    expect(quiet.loot.copies).toHaveLength(201)
    expect(quiet.loot.journals).toHaveLength(200)
    const batches = offline.onTheWire.map(({ rows }) => rows.length - 2).filter((ballots) => ballots > 0)
    expect(batches).toEqual([100, 100])
    expect(boundOf(quiet)).toBeLessThan(20)
  })

  test('ties nobody to an answer on a quiet day, when every answer travels alone', () => {
    expectNoBetterThanGuessing(quiet, score(quiet, { keys: quiet.secrets.keys }))
  })

  test('ties nobody to an answer after days without a network', () => {
    expectNoBetterThanGuessing(offline, score(offline, { keys: offline.secrets.keys }))
  })
})

describe('with the key of the round as well', () => {
  test('a mixed delivery tells nothing of the order in which people came: neither the wire nor the database has it', () => {
    const scores = score(offline, { ...wireAndLastFile(offline), ...offline.secrets })
    expectNoBetterThanGuessing(offline, scores)
  })

  test('a delivery that was not mixed would tell everything', () => {
    const scores = score(inOrder, { ...wireAndLastFile(inOrder), ...inOrder.secrets })
    expect(scores['the order of the list and of the looks']).toBe(200)
  })
})

describe('what is not protected, so that nobody believes it is: with the key of the round and the order in which people came', () => {
  test('the wire tells everything on a quiet day', () => {
    const { roundKey } = quiet.secrets
    const scores = score(quiet, { ...nothing, sightings: quiet.onTheWire, roundKey })
    expect(scores['the order of the list and of the looks']).toBe(200)
    expect(scores['what was seen at one look']).toBe(200)
  })

  test('copies, backups or journals taken after each delivery tell everything on a quiet day, held ballots included', () => {
    const { roundKey } = quiet.secrets
    const { copies, backups, journals } = quiet.loot
    const right = (taken: Partial<Loot>) => score(quiet, { ...nothing, sightings: undefined, ...taken, roundKey })
    expect(right({ copies })['rows that came between two copies']).toBe(200)
    expect(right({ copies })['the order of the list and of the copies']).toBe(200)
    expect(right({ backups })['rows that came between two backups']).toBe(200)
    expect(right({ journals })['rows of one transaction in a journal']).toBe(200)
  })

  test('a tablet that is looked into after each person tells everything, however it delivers', () => {
    const { roundKey } = offline.secrets
    const scores = score(offline, { ...nothing, sightings: offline.inTheTablet, roundKey })
    expect(scores['what was seen at one look']).toBe(200)
  })
})

describe('the same thief at a tablet that only looks anonymous', () => {
  test('needs no key where answers lie open: the wire of one mixed delivery is put in order by the running number', () => {
    const scores = score(naive, { ...nothing, sightings: naive.onTheWire })
    expect(scores['the order of the list and of numbers that came along']).toBe(200)
    expect(scores['the order of the list and of the looks']).toBeLessThanOrEqual(boundOf(naive))
  })

  test('nor where it looks into the storage, once at the end or after each person', () => {
    const atTheEnd = [{ rows: naive.inTheTablet.flatMap(({ rows }) => rows) }]
    const once = score(naive, { ...nothing, sightings: atTheEnd })
    expect(once['the order of the list and of numbers that came along']).toBe(200)
    const afterEach = score(naive, { ...nothing, sightings: naive.inTheTablet })
    expect(afterEach['what was seen at one look']).toBe(200)
  })
})
