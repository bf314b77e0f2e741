import { beforeAll, describe, expect, test } from 'vitest'
import { mostByGuessing } from './guessing.ts'
import { type Attempts, ballotsTied, groupOf, type Loot, link, linkBetween, rightAbout } from './linker.ts'
import { type Campaign, stealFromNaive, stealFromService } from './loot.ts'

/** Every way of trying, with each secret, gets this chance of passing for better than a guess; all together stay below one in a million. */
const chancePerAttempt = 1e-6 / 70

let stolen: Campaign
let small: Campaign
let naive: Campaign

beforeAll(async () => {
  stolen = await stealFromService()
  small = await stealFromService({ size: { answering: 5, silent: 2 } })
  naive = stealFromNaive({})
})

const boundOf = ({ loot }: Campaign) =>
  mostByGuessing(
    [...loot.patterns.values()].map(({ length }) => length),
    chancePerAttempt,
  )

/** How many people each attempt is right about. */
function score(campaign: Campaign, secrets: Partial<Loot> = {}): Record<string, number> {
  const attempts: Attempts = link({ ...campaign.loot, ...secrets })
  const scores = Object.fromEntries(
    Object.entries(attempts).map(([name, attempt]) => [name, rightAbout(attempt, campaign.truth)]),
  )
  if (process.env.SHOW_FIGURES) console.table({ ...scores, 'at most by guessing': boundOf(campaign) })
  return scores
}

function expectNoBetterThanGuessing(scores: Record<string, number>) {
  for (const [attempt, right] of Object.entries(scores)) expect(right, attempt).toBeLessThanOrEqual(boundOf(stolen))
}

const onlyTheFile = ({ loot }: Campaign) => ({
  copiesOfIssuing: [],
  issued: [],
  copies: loot.copies.slice(-1),
  journals: [],
  backups: [],
  cookies: [],
})

describe('a guess', () => {
  test('is right once on average in every group, and hardly ever more often than the bound says', () => {
    expect(mostByGuessing([50], 1e-6)).toBe(9)
    expect(mostByGuessing([2], 0.4)).toBe(2)
    expect(mostByGuessing([2], 0.6)).toBe(0)
    expect(boundOf(stolen)).toBeLessThan(30)
  })
})

describe('a thief of every file, log, journal and backup', () => {
  test('and of the key folder ties nobody to an answer', () => {
    expectNoBetterThanGuessing(score(stolen, { keys: stolen.secrets.keys }))
  })

  test('and of the key of the round ties nobody to an answer', () => {
    expectNoBetterThanGuessing(score(stolen, { roundKey: stolen.secrets.roundKey }))
  })

  test('and of neither ties nobody to an answer', () => {
    expectNoBetterThanGuessing(score(stolen))
  })
})

describe('what is not protected, so that nobody believes it is', () => {
  test('with both the key folder and the key of the round, copies after each answer tell everything', () => {
    const scores = score(stolen, stolen.secrets)
    expect(scores['rows that came between two copies']).toBe(200)
    expect(scores['rows that came between two backups']).toBe(200)
    expect(scores['rows of one transaction in a journal']).toBe(200)
  })

  test('with the key folder alone, copies after each answer tell whose ballot is whose, sealed as it is', () => {
    expect(ballotsTied({ ...stolen.loot, keys: stolen.secrets.keys }).size).toBe(200)
    expect(ballotsTied({ ...stolen.loot, roundKey: stolen.secrets.roundKey }).size).toBe(0)
  })

  test('with the key of the round, whoever saw people come and copied after each needs no code', () => {
    const { roundKey } = stolen.secrets
    const scores = score(stolen, { roundKey, watched: stolen.cameInOrder })
    expect(scores['the order of the list and of the copies']).toBe(200)
  })

  test('with the key of the round and one backup, having seen people come tells nothing: it is in the order of random keys', () => {
    const { roundKey } = stolen.secrets
    const onlyOneBackup = { copiesOfIssuing: [], copies: [], journals: [], backups: [stolen.loot.backups.at(-1)!] }
    expectNoBetterThanGuessing(score(stolen, { ...onlyOneBackup, roundKey, watched: stolen.cameInOrder }))
  })
})

describe('somebody who takes a backup again and again, and at last has the key of the round', () => {
  const apart = (answers: number) => stolen.loot.backups.filter((_, nth) => nth % answers === 0)
  const rightWith = (known: Partial<Loot>, answers: number) => {
    const onlyBackups = { ...stolen.loot, copies: [], copiesOfIssuing: [], journals: [], cookies: [] }
    const { roundKey } = stolen.secrets
    return rightAbout(linkBetween({ ...onlyBackups, ...known, roundKey, backups: apart(answers) }), stolen.truth)
  }
  /** Of those of one group who came between two backups, a guess is right about one. */
  const oneOfEach = (answers: number) => {
    const groups = new Map(stolen.loot.known.map((person) => [person.code, groupOf(person)]))
    const came = stolen.cameInOrder.map((code, nth) => `${Math.floor(nth / answers)} ${groups.get(code)}`)
    return new Set(came).size
  }

  test('learns nothing by itself, however often', () => {
    for (const answers of [1, 2, 5, 10, 20, 50]) expect(rightWith({}, answers)).toBeLessThanOrEqual(boundOf(stolen))
  })

  test.each([
    ['the key folder', () => ({ keys: stolen.secrets.keys })],
    ['having seen people come', () => ({ watched: stolen.cameInOrder })],
  ])('and %s is right about one of all who came to one stratum and channel between two of them', (name, known) => {
    const right = Object.fromEntries([1, 2, 5, 10, 20, 50].map((answers) => [answers, rightWith(known(), answers)]))
    if (process.env.SHOW_FIGURES) console.table({ [`answers apart, and ${name}`]: right })
    expect(right[1]).toBe(200)
    for (const answers of [2, 5, 10, 20]) {
      expect(Math.abs(right[answers]! - oneOfEach(answers)), `${answers} apart`).toBeLessThan(50)
      expect(right[answers]).toBeLessThan(right[1]!)
    }
    expect(right[10]).toBeGreaterThan(boundOf(stolen))
    expect(right[50]).toBeLessThan(right[10]!)
  })
})

describe('with both the key folder and the key of the round, but one file only', () => {
  test('a backup ties nobody: neither marks nor ballots lie in the order in which they came', () => {
    const backup = { ...onlyTheFile(stolen), copies: [], backups: stolen.loot.backups.slice(-1) }
    expectNoBetterThanGuessing(score(stolen, { ...backup, ...stolen.secrets }))
  })

  test('a copy of the live file ties everybody of a small urn: marks and ballots lie in the same order', () => {
    const scores = score(small, { ...onlyTheFile(small), ...small.secrets })
    expect(scores['the same place in the pages of two tables']).toBe(20)
  })
})

describe('a cookie caught between a change of language and the sending', () => {
  test('holds the answers chosen so far: with the key folder it tells them, in the hands of anybody who took it', async () => {
    const changing = await stealFromService({ size: { answering: 5, silent: 2 }, changingLanguage: true })
    const cookies = { ...onlyTheFile(changing), cookies: changing.loot.cookies }
    expect(score(changing, { ...cookies, keys: changing.secrets.keys })['values shared within one file']).toBe(20)
    const withRoundKey = score(changing, { ...cookies, roundKey: changing.secrets.roundKey })
    expect(withRoundKey['values shared within one file']).toBeLessThanOrEqual(boundOf(changing))
  })
})

describe('the order in which a small urn was filled', () => {
  test('is told by one copy of the live file: the key of the round and having seen people come are enough', () => {
    const secrets = { roundKey: small.secrets.roundKey, watched: small.cameInOrder }
    expect(score(small, { ...onlyTheFile(small), ...secrets })['the order of the list and of the pages']).toBe(20)
  })

  test('is not told by a backup', () => {
    const secrets = { roundKey: small.secrets.roundKey, watched: small.cameInOrder }
    const backup = { ...onlyTheFile(small), copies: [], backups: small.loot.backups.slice(-1) }
    const scores = score(small, { ...backup, ...secrets })
    expect(scores['the order of the list and of the pages of a backup']).toBeLessThanOrEqual(boundOf(small))
    expect(boundOf(small)).toBeLessThan(20)
  })
})

describe('the same thief at a service that only looks anonymous', () => {
  test('ties nearly everybody to their answer by copies, by backups, and by journals', () => {
    const scores = score(naive)
    expect(scores['rows that came between two copies']).toBeGreaterThanOrEqual(190)
    expect(scores['rows that came between two backups']).toBeGreaterThanOrEqual(190)
    expect(scores['rows of one transaction in a journal']).toBeGreaterThanOrEqual(190)
  })

  test('needs no copies where there is a write-ahead log: one theft is enough', () => {
    const withLog = stealFromNaive({ journal: 'wal' })
    const scores = score(withLog, { keys: withLog.secrets.keys })
    expect(scores['rows of one transaction in a write-ahead log']).toBeGreaterThanOrEqual(190)
  })

  test('needs but one file where two tables have their rows in the same order in a page', () => {
    const twoTables = stealFromNaive({ mark: 'table', size: { answering: 10, silent: 5 } })
    const scores = score(twoTables, { ...onlyTheFile(twoTables), keys: twoTables.secrets.keys })
    expect(scores['the same place in the pages of two tables']).toBe(40)
  })

  test('tells answers by their length where they are sealed without padding', () => {
    const unpadded = stealFromNaive({ answers: 'sealed' })
    const scores = score(unpadded, { keys: unpadded.secrets.keys })
    expect(scores['the length of what is sealed']).toBeGreaterThan(boundOf(unpadded))
  })

  test('reads everything with the key folder where ours would not seal', async () => {
    const open = await stealFromService({ size: { answering: 5, silent: 2 }, sealing: false })
    const scores = score(open, { keys: open.secrets.keys })
    expect(scores['rows that came between two copies']).toBe(20)
    expect(scores['rows of one transaction in a journal']).toBe(20)
  })
})
