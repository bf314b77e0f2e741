import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openRoundUrn } from '../../src/actions/open-urn.ts'
import { protocolSeed, verifyProtocol } from '../../src/actions/release-protocol.ts'
import { atOnce } from '../../src/database/patience.ts'
import type { ChannelRecord } from '../../src/fieldwork/ledger.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { roles } from '../../src/people/roles.ts'
import type { Answers } from '../../src/questionnaire/answers.ts'
import { listIndicators, listReleasedAreas } from '../../src/results/indicators-store.ts'
import { offersHash } from '../../src/results/offers-hash.ts'
import { phaseOf } from '../../src/results/phase.ts'
import { keyMark } from '../../src/results/protocol.ts'
import { approveStep, proposeStep } from '../../src/results/release-steps-store.ts'
import { listReleases } from '../../src/results/release-store.ts'
import { findOpening } from '../../src/results/store.ts'
import { sealTo } from '../../src/round/round-key.ts'
import { getRound } from '../../src/round/store.ts'
import { bindStores } from '../../src/stores.ts'
import { swedishInstant } from '../../src/time/swedish-instant.ts'
import { encodeBallot } from '../../src/urn/ballot.ts'
import { wrongCounts } from '../../src/urn/store.ts'
import { newOperator } from '../cli/operator.ts'
import { ballotsCounted } from '../support/ballots-counted.ts'
import { beforeNextTransaction } from '../support/in-between.ts'
import { rowsIn, runIn, valueIn, valuesIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { canMount, mountSmallDisk } from '../support/small-disk.ts'
import { staffBrowser } from '../support/staff.ts'

type Browser = Awaited<ReturnType<typeof staffBrowser>>

const address = '/staff/rounds/2026/results'
const pleased: Answers = { overall: 'very_satisfied', contact: 'fairly_easy' }

let folder: string
let service: Service
let round: TestRound
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  service = await startService({ file: join(folder, 'survey.db'), now: '2026-12-01T09:00:00Z' })
  round = await openRound(service.db)
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

/** So many ballots in the urn, of people who answer alike. */
async function put(number: number, stratumId: string, answers: Answers = pleased, { db } = service): Promise<void> {
  const publicKey = (await getRound(db, round.id)).publicKey
  for (let nth = 0; nth < number; nth++) {
    const sealed = sealTo(publicKey, encodeBallot({ stratumId, language: 'sv', answers }))
    await runIn(db, "insert into urn values (?, ?, 'tablet', ?)", randomBytes(16), stratumId, sealed)
  }
  await runIn(
    db,
    "insert into urn_counts values (?, 'tablet', ?) on conflict do update set number = number + excluded.number",
    ...[stratumId, number],
  )
}

const count = async (reason?: string) =>
  openRoundUrn(service.db, await getRound(service.db, round.id), {
    ...{ key: round.key, spentPepper: service.keys.spentPepper, reason },
  })

/** Somebody who administrates the survey, and has signed in once. */
async function administrator(name: string): Promise<Browser> {
  const browser = await staffBrowser(service, { role: 'national', name, language: 'en' })
  await runIn(service.db, "update staff set password_hash = 'set' where id = ?", browser.id)
  return browser
}

const phase = async (number = 1) => {
  const releases = await listReleases(service.db, round.id)
  return phaseOf(releases.find((release) => release.number === number)!.steps, service.clock.now)
}
/** What stands in the audit trail of this; in one minute it has no order. */
const deeds = async () =>
  (await valuesIn<string>(service.db, "select action from audit where action like 'releases.%'"))
    .map((action) => action.replace('releases.', ''))
    .sort()

describe('the results of an opened round', () => {
  let one: Browser
  let other: Browser
  beforeEach(async () => {
    await put(12, round.strata.youth)
    await count()
    one = await administrator('Ada Ek')
    other = await administrator('Bo Dal')
  })

  test('are seen by national administrators alone', async () => {
    expect((await one.get(address)).body).toContain('Only administrators see the results.')
    for (const role of roles.filter((role) => role !== 'national')) {
      const browser = await staffBrowser(service, { role })
      for (const path of ['', '/protocol', '/protocol.pdf', '/withdrawal'])
        expect((await browser.get(address + path)).statusCode).toBe(403)
      for (const path of ['/proposal', '/approval', '/taking-back', '/withdrawal'])
        expect((await browser.post(address + path, { when: 'now', reason: 'x' })).statusCode).toBe(403)
    }
    expect(await phase()).toBe('opened')
  })

  test('are proposed by one and approved by another, first for participants, then for everyone', async () => {
    await one.post(`${address}/proposal`, { when: 'now' })
    expect([await phase(), (await one.get(address)).body]).toEqual([
      'opened',
      expect.stringContaining('Another administrator has to approve the proposal.'),
    ])
    const own = await one.post(`${address}/approval`)
    expect(own.statusCode).toBe(409)
    expect(await phase()).toBe('opened')
    expect((await one.post(`${address}/proposal`, { when: 'now' })).statusCode).toBe(409) // one waits already
    await other.post(`${address}/approval`)
    expect(await phase()).toBe('released')
    expect((await other.get(address)).body).toContain('Proposed by Ada Ek, approved by Bo Dal')

    await other.post(`${address}/proposal`, { when: 'now' })
    await one.post(`${address}/approval`)
    expect(await phase()).toBe('published')
    expect((await one.post(`${address}/proposal`, { when: 'now' })).statusCode).toBe(409)
    expect(await deeds()).toEqual(['proposed', 'approved', 'proposed', 'approved'].sort())
  })

  test('need somebody who participants see them before everybody does', async () => {
    const saying = { roundId: round.id, number: 1, by: one.id, now: service.clock.now }
    await expect(proposeStep(service.db, saying, { kind: 'publish', takesEffect: service.clock.now })).rejects.toThrow(
      'is opened',
    )
  })

  test.each([
    ['2026-12-15', '2026-12-15T08:00:00.000Z'],
    ['2027-03-28', '2027-03-28T07:00:00.000Z'], // summer time begins that night
    ['2027-10-31', '2027-10-31T08:00:00.000Z'], // and ends
  ])('come by themselves on %s at nine in Sweden, also after a restart', async (day, instant) => {
    await one.post(`${address}/proposal`, { when: 'day', day })
    service.clock.now = new Date('2026-12-01T09:20:00Z')
    await other.post(`${address}/approval`)
    expect((await one.get(address)).body).toContain('It happens by itself.')
    await service.close()
    service = await startService({ file: join(folder, 'survey.db'), keys: service.keys })
    service.clock.now = new Date(Date.parse(instant) - 1)
    expect(await phase()).toBe('opened')
    service.clock.now = new Date(instant)
    expect([await phase(), swedishInstant(day, 9).toISOString()]).toEqual(['released', instant])
  })

  test('come on no day that has passed, and on none that is none', async () => {
    for (const day of ['2026-12-01', '2025-01-01', '', '2026-02-30'])
      expect((await one.post(`${address}/proposal`, { when: 'day', day })).statusCode).toBe(400)
    expect((await one.post(`${address}/proposal`, {})).statusCode).toBe(400)
    expect(await deeds()).toEqual([])
  })

  test('a proposal is taken back by either, and nothing is left of it', async () => {
    await one.post(`${address}/proposal`, { when: 'now' })
    await other.post(`${address}/taking-back`)
    expect((await other.post(`${address}/approval`)).statusCode).toBe(409)
    expect((await other.post(`${address}/taking-back`)).statusCode).toBe(409)
    expect([await phase(), await valueIn(service.db, 'select count(*) from release_steps')]).toEqual(['opened', 0])
    expect(await deeds()).toEqual(['proposed', 'takenBack'].sort())
  })

  test('are withdrawn at once by one, who says why, and shown anew by two', async () => {
    expect((await one.post(`${address}/withdrawal`, { reason: 'Too early' })).statusCode).toBe(409)
    await one.post(`${address}/proposal`, { when: 'now' })
    await other.post(`${address}/approval`)
    await one.post(`${address}/proposal`, { when: 'now' }) // everyone, which goes with the withdrawal
    expect((await one.post(`${address}/withdrawal`, { reason: ' ' })).statusCode).toBe(400)
    await one.post(`${address}/withdrawal`, { reason: 'Two units were mixed up' })
    expect(await phase()).toBe('withdrawn')
    expect((await one.get(address)).body).toContain('Two units were mixed up')
    expect((await other.post(`${address}/approval`)).statusCode).toBe(409)

    await one.post(`${address}/proposal`, { when: 'now' })
    expect(await phase()).toBe('withdrawn')
    await other.post(`${address}/approval`)
    expect(await phase()).toBe('released')
    expect(await deeds()).toEqual(['proposed', 'approved', 'proposed', 'withdrawn', 'proposed', 'approved'].sort())
  })

  test('what was to come does not, once it is called off', async () => {
    await one.post(`${address}/proposal`, { when: 'day', day: '2026-12-15' })
    await other.post(`${address}/approval`)
    await one.post(`${address}/withdrawal`, { reason: 'Not yet' })
    service.clock.now = new Date('2026-12-20T09:00:00Z')
    expect(await phase()).toBe('withdrawn')
  })

  test('what nobody had seen is not withdrawn for them: the public and participants hear that it is not there yet', async () => {
    await one.post(`${address}/proposal`, { when: 'day', day: '2026-12-15' })
    await other.post(`${address}/approval`)
    await one.post(`${address}/withdrawal`, { reason: 'Två enheter hade blandats ihop' })
    const viewer = await staffBrowser(service, { role: 'viewer' })
    for (const page of [await service.app.inject('/sv/results/2026'), await viewer.get('/staff/results/2026')]) {
      expect(page.statusCode).toBe(404)
      expect(page.body).not.toContain('blandats ihop')
    }
  })

  test('two who approve in one moment approve once', async () => {
    await one.post(`${address}/proposal`, { when: 'now' })
    const third = await administrator('Cleo Falk')
    beforeNextTransaction(service.db, () =>
      approveStep(service.db, { roundId: round.id, number: 1, by: third.id, now: service.clock.now }),
    )
    expect((await other.post(`${address}/approval`)).statusCode).toBe(409)
    const [release] = await listReleases(service.db, round.id)
    expect(release!.steps.map(({ approvedBy }) => approvedBy)).toEqual([third.id])
  })

  test.each([
    ['nobody else for two months', '2026-10-01', true],
    ['a colleague whose account ended five days ago', '2026-11-26', false],
    ['a colleague whose account ended fifteen days ago', '2026-11-16', true],
  ])('one alone decides where there is %s, and the protocol says so', async (_who, endedOn, isAlone) => {
    await runIn(service.db, 'update staff set ended_on = ? where id = ?', endedOn, other.id)
    await one.post(`${address}/proposal`, { when: 'now' })
    const [release] = await listReleases(service.db, round.id)
    expect([await phase(), release!.steps[0]!.isAlone]).toEqual([isAlone ? 'released' : 'opened', isAlone])
    if (isAlone) expect((await one.get(address)).body).toContain('Decided by Ada Ek alone')
  })
})

describe('a round that is counted again', () => {
  const contentOf = async (number: number) => {
    const key = { roundId: round.id, number }
    return JSON.stringify([await listIndicators(service.db, key), await listReleasedAreas(service.db, key)])
  }
  const release = async () => {
    const [one, other] = [await administrator('Ada Ek'), await administrator('Bo Dal')]
    await one.post(`${address}/proposal`, { when: 'now' })
    await other.post(`${address}/approval`)
  }
  const printed = (wentOut: number, stratumId = round.strata.youth) =>
    runIn(
      service.db,
      "insert into batches (id, stratum_id, channel, drawn, issued, leftover) values (?, ?, 'letter', 1, ?, 0)",
      ...[randomBytes(8).toString('hex'), stratumId, wentOut],
    )

  test('keeps back what would follow beside what was told of the fieldwork, and the same each time', async () => {
    const numbers = { guardian: 40, youth: 9, addiction: 5 } as const
    for (const [group, number] of Object.entries(numbers)) {
      const stratumId = round.strata[group as keyof typeof numbers]
      await printed(200, stratumId)
      await put(number, stratumId)
    }
    await count()
    // "5 to 9" and "under 5" were told: with fourteen of them together it would be nine and five.
    const responses = async (targetGroup: string) =>
      (await listIndicators(service.db, { roundId: round.id, number: 1 })).find(
        (one) => one.measure === 'responses' && one.level === 'municipality' && one.targetGroup === targetGroup,
      )
    expect([(await responses('guardian'))?.people, (await responses('total'))?.status]).toEqual([40, 'protected'])
    const content = await contentOf(1)
    await count()
    expect(await contentOf(1)).toBe(content)
  })

  test('comes to the same to the byte, and tells nobody how many came in where', async () => {
    await put(40, round.strata.youth)
    await put(9, round.strata.guardian)
    await count()
    const content = await contentOf(1)
    const { hash } = (await listReleases(service.db, '2026'))[0]!
    expect(await valueIn(service.db, 'select count(*) from urn_counts')).toBe(0)
    const told = await rowsIn(service.db, 'select * from told_numbers')
    await runIn(service.db, "update fieldwork_days set day = '2026-10-31'") // the second count is on a later day
    await count()
    expect(await contentOf(1)).toBe(content)
    expect((await listReleases(service.db, '2026')).map((one) => [one.number, one.hash])).toEqual([[1, hash]])
    expect(await wrongCounts(service.db)).toEqual([])
    expect(await rowsIn(service.db, 'select * from told_numbers')).toEqual(told)
    await release()
    expect((await count()).release).toBe(1)
    expect(await contentOf(1)).toBe(content)
  })

  test('after its offers were changed is another release, which says why; the old one can still be read', async () => {
    await put(40, round.strata.youth)
    await count()
    await release()
    const before = await contentOf(1)
    await printed(40)
    await expect(count()).rejects.toThrow('its indicators are others')
    expect([await contentOf(1), (await listReleases(service.db, '2026')).length]).toEqual([before, 1])

    expect((await count('Forty letters were missing')).release).toBe(2)
    expect([await contentOf(1), await phase(1), await phase(2)]).toEqual([before, 'released', 'opened'])
    const [latest] = await listReleases(service.db, '2026')
    expect(latest!.reason).toBe('Forty letters were missing')
    await expect(count()).rejects.toThrow('its indicators are others') // nobody has seen the correction: it needs its reason still

    await runIn(service.db, 'delete from batches')
    expect((await count()).release).toBe(1) // it was none after all, and nobody has seen it
    expect((await listReleases(service.db, '2026')).map(({ number }) => number)).toEqual([1])
  })

  test('never tells of other people than before, whatever is given as the reason', async () => {
    await put(40, round.strata.youth)
    await count()
    await release()
    await put(3, round.strata.youth)
    const before = await contentOf(1)
    await expect(count('Three came late')).rejects.toThrow('other numbers of people')
    expect([await contentOf(1), await ballotsCounted(service.db, round)]).toEqual([before, 40])
  })

  test('is as it was when one ballot is damaged', async () => {
    await put(12, round.strata.youth)
    const first = '(select min(ballot_id) from urn)'
    await runIn(service.db, `update urn set sealed = zeroblob(112), channel = 'letter' where ballot_id = ${first}`)
    await expect(count()).rejects.toThrow('1 ballots cannot be opened')
    expect([await findOpening(service.db, '2026'), await listReleases(service.db, '2026')]).toEqual([undefined, []])
    expect(await valueIn(service.db, 'select sum(number) from urn_counts')).toBe(12)
  })
})

test('no table and no page has a number that was withheld', async () => {
  const { id: beside } = await addUnit(service.db, { municipalityCode: '1489', name: 'Enheten bredvid' })
  await addStrata(service.db, round.id, beside, ['youth'])
  const small = (await listStrata(service.db, round.id)).find(({ unitId }) => unitId === beside)!
  await put(137, round.strata.youth)
  await put(7, small.id)
  await count()
  const indicators = await listIndicators(service.db, { roundId: round.id, number: 1 })
  const numbers = indicators.filter(({ measure }) => measure === 'responses')
  expect(
    numbers
      .filter(({ level }) => level === 'unit')
      .map(({ status }) => status)
      .sort(),
  ).toContain('protected')
  expect(numbers.some(({ people }) => people === 144)).toBe(true)

  const withheld = /(?<![\w-])137(?![\w-])/
  const names = await rowsIn(service.db, "select name from sqlite_schema where type = 'table'")
  for (const { name } of names)
    for (const row of await rowsIn(service.db, `select * from "${name}"`))
      for (const [column, value] of Object.entries(row as Record<string, unknown>))
        if (!Buffer.isBuffer(value)) expect(String(value), `${name}.${column}`).not.toMatch(withheld)
  const admin = await administrator('Ada Ek')
  for (const path of ['', '/protocol']) expect((await admin.get(address + path)).body).not.toMatch(withheld)
})

test('a protocol fits its release until either is changed', async () => {
  await put(40, round.strata.youth)
  await count()
  const admin = await administrator('Ada Ek')
  const { body } = await admin.get(`${address}/protocol`)
  const stores = bindStores(service.db, atOnce)
  await expect(verifyProtocol(stores, service.keys, body)).resolves.toMatchObject({ round: '2026', release: 1 })
  expect((await admin.get(address)).body).toContain(keyMark(protocolSeed(service.keys)))
  await expect(verifyProtocol(stores, service.keys, body.replace('"release\\": 1', '"release\\": 2'))).rejects.toThrow(
    'not as it was signed',
  )
  await expect(verifyProtocol(stores, { staffKey: randomBytes(32) }, body)).rejects.toThrow('another key')
  await runIn(
    service.db,
    "update released_indicators set people = people + 1 where measure = 'positive' and people > 0",
  )
  await expect(verifyProtocol(stores, service.keys, body)).rejects.toThrow('the database was changed')
})

test('a protocol says whether the offers are those that were counted, and none of their numbers', async () => {
  await put(40, round.strata.youth)
  const tallied = (number: number) =>
    runIn(
      service.db,
      "insert into tallies (stratum_id, channel, disposition, number) values (?, 'handout', 'declined', ?) on conflict do update set number = excluded.number",
      ...[round.strata.youth, number],
    )
  await tallied(7)
  await count()
  const admin = await administrator('Ada Ek')
  const { body } = await admin.get(`${address}/protocol`)
  const stores = bindStores(service.db, atOnce)
  const check = async (json = body) => (await verifyProtocol(stores, service.keys, json)).offers
  const said = JSON.parse(JSON.parse(body).signed).facts
  expect(said.offers).toMatch(/^[0-9a-f]{64}$/)
  expect(JSON.stringify(said)).not.toMatch(/declined|handout/)
  expect(await check()).toBe('as they were counted')
  await tallied(8)
  expect(await check()).toBe('corrected since')
  await count()
  const again = (await admin.get(`${address}/protocol`)).body
  expect(await check(again)).toBe('as they were counted')
  await tallied(7)
  expect(await check(again)).toBe('corrected since')

  await runIn(service.db, "update releases set facts = json_remove(facts, '$.offers')") // by an earlier version
  const old = (await admin.get(`${address}/protocol`)).body
  expect(await check(old)).toBeUndefined()
})

describe('the hash of offers', () => {
  const record: ChannelRecord = {
    ...{ stratumId: 'a', channel: 'letter', wentOut: 40, undeliverable: 3, unsettledBatches: 0, stock: 0 },
    tallied: { declined: 2, declined_with_code: 1 },
  }
  const other: ChannelRecord = { ...record, stratumId: 'b' }
  const nothing: ChannelRecord = {
    ...record,
    channel: 'tablet',
    wentOut: 0,
    undeliverable: 0,
    tallied: { declined: 0 },
  }

  test('is the same in whatever order, and where nobody was offered something', () => {
    const turned = { ...record, tallied: { declined_with_code: 1, declined: 2 }, stock: 5, unsettledBatches: 1 }
    expect(offersHash([other, nothing, turned])).toBe(offersHash([record, other]))
  })

  test.each([
    { wentOut: 41 },
    { undeliverable: 2 },
    { tallied: { declined: 2 } },
    { tallied: { declined: 1, declined_with_code: 2 } },
    { channel: 'email' },
    { stratumId: 'c' },
  ] as Partial<ChannelRecord>[])('is another with %o', (change) => {
    expect(offersHash([{ ...record, ...change }, other])).not.toBe(offersHash([record, other]))
  })
})

test.skipIf(!canMount())(
  'a full disk leaves the round unopened, and it opens once there is room',
  { timeout: 300_000 },
  async () => {
    const disk = mountSmallDisk(join(folder, 'disk'), 12)
    await service.close()
    service = await startService({ file: join(folder, 'disk', 'survey.db'), now: '2026-12-01T09:00:00Z' })
    round = await openRound(service.db)
    try {
      await put(20, round.strata.youth)
      disk.leaveFree(0)
      await expect(count()).rejects.toThrow(/full/)
      expect([await findOpening(service.db, '2026'), await listReleases(service.db, '2026')]).toEqual([undefined, []])
      disk.makeRoom()
      expect((await count()).release).toBe(1)
    } finally {
      disk.unmount()
    }
  },
)

test('an operator shows, publishes, withdraws and verifies by command', { timeout: 120_000 }, async () => {
  const operator = newOperator()
  const [keyFile, protocol] = [operator.path('stick.key'), operator.path('protocol.json')]
  const results = (...args: string[]) => operator.run(['results', ...args])
  try {
    await operator.run(['init'])
    await operator.json(
      ...['round', 'create', '2026', '--opens', '2026-09-01', '--closes', '2099-10-31'],
      '--key-file',
      keyFile,
    )
    await operator.json('unit', 'add', '1489', 'Familj', '--round', '2026', '--groups', 'youth')
    await operator.json('round', 'open', '2026', '--key-file', keyFile)
    expect((await results('show', '2026')).out).toContain('has no release')
    expect((await results('protocol', '2026')).exitCode).not.toBe(0)
    await operator.json('round', 'close', '2026', '--key-file', keyFile)

    expect((await results('propose', '2026', 'publish')).exitCode).not.toBe(0)
    expect((await results('propose', '2026', 'release')).out).toContain('There is no administrator to approve it')
    expect((await results('show', '2026')).out).toContain('released')
    await results('propose', '2026', 'publish', '--on', '2099-12-15')
    expect((await results('show', '2026')).out).toContain('publish: 2099-12-15T08:00:00.000Z')
    expect((await results('approve', '2026')).exitCode).not.toBe(0)
    expect((await results('take-back', '2026')).exitCode).not.toBe(0)
    expect((await results('withdraw', '2026', '--reason', 'Too early')).out).toContain('have been withdrawn')
    expect(await operator.json('results', 'show', '2026')).toMatchObject([{ number: 1 }])
    expect((await results('show', '2026', '--release', '1')).out).toContain('withdrawn')

    await results('protocol', '2026', '--file', protocol)
    expect((await results('verify', protocol)).out).toMatch(
      /release 1 of round 2026.*The offers are as they were counted\./,
    )
    const pdf = operator.path('protocol.pdf')
    await results('protocol', '2026', '--file', pdf)
    expect(readFileSync(pdf, 'latin1')).toMatch(/^%PDF.*\/Lang ?\(sv\)/s)
    const zip = operator.path('package.zip')
    expect((await results('archive', '2026', '--file', zip)).out).toContain('sha256sum -c SHA256SUMS')
    expect(readFileSync(zip, 'latin1')).toContain('brukarsvar-2026/protokoll/protokoll-2026-1.json')
    expect((await results('archive', '2026', '--file', zip)).exitCode).not.toBe(0) // it is there already
    expect((await results('verify', operator.path('none.json'))).err).toContain('cannot be read')
    expect((await operator.run(['doctor', '--json'])).out).not.toContain('counts: the number')
    await operator.inDatabase("update released_indicators set status = 'few' where measure = 'responses'")
    expect((await results('verify', protocol)).err).toContain('the database was changed')
  } finally {
    operator.leave()
  }
})
