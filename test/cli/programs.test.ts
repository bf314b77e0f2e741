import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { builtAs, programsOf } from '../../scripts/programs.ts'
import { archivePackage } from '../../src/actions/archive-package.ts'
import { destroyDue } from '../../src/actions/destroy-round.ts'
import { makeOpenings } from '../../src/actions/opening-thread.ts'
import { tellOnThread } from '../../src/actions/telling-thread.ts'
import { startUrnThread } from '../../src/actions/urn-thread.ts'
import { pngOf } from '../../src/chart/png-thread.ts'
import { lookThroughInUse } from '../../src/database/looking-thread.ts'
import { filesOf } from '../../src/database/mail-connection.ts'
import { mailFileOf } from '../../src/database/mail-file.ts'
import { patiently } from '../../src/database/patience.ts'
import { fileOnThread } from '../../src/files/file-thread.ts'
import { importOnThread } from '../../src/history/import-thread.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { bindMailStores } from '../../src/mail/mail-stores.ts'
import { queueOnThread } from '../../src/mail/queueing-thread.ts'
import { countRecipients } from '../../src/mail/recipient-store.ts'
import { type ImportWork, sealedLength, writeOnThread } from '../../src/paper/import-thread.ts'
import { printPdf } from '../../src/print/print-process.ts'
import { slipSheet } from '../../src/print/slips.ts'
import { findOpening } from '../../src/results/store.ts'
import { roundKeyFile } from '../../src/round/round-key.ts'
import { readTable, writeXlsx } from '../../src/table/table-file.ts'
import { someReport } from '../files/some-report.ts'
import { openedRound } from '../results/published.ts'
import { freePort } from '../support/free-port.ts'
import { runIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { spoilPages } from '../support/spoiled.ts'
import { answering, newOperator, stopped } from './operator.ts'

/** A service on files, for threads have connections of their own. */
async function onFiles(work: (service: Service & { file: string; round: TestRound }) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-programs-'))
  const file = join(folder, 'brukarsvar.sqlite')
  const service = await startService({ file })
  try {
    await work({ ...service, file, round: await openRound(service.db) })
  } finally {
    await service.close()
    rmSync(folder, { recursive: true })
  }
}

async function serves(program: 'main.js' | 'demo.js') {
  const operator = newOperator()
  try {
    if (program === 'main.js') await operator.json('init')
    const port = String(await freePort('localhost'))
    const service = operator.start(program, { PORT: port })
    await answering(service, `http://localhost:${port}`)
    expect(await stopped(service)).toBe(0)
  } finally {
    operator.leave()
  }
}

const someAnswers = [{ municipality: '1489', unit: 'Vuxna', people: 12, positive: 6 }]

const ballot = (round: TestRound) => ({
  ...{ stratumId: round.strata.youth, roundId: round.id, ballotId: Buffer.alloc(16, 7), channel: 'paper' as const },
  sealed: Buffer.alloc(sealedLength, 7),
})

/** A file of one form, on its way to a thread. */
function importOf(round: TestRound): ImportWork {
  const { ballotId, sealed, stratumId, channel } = ballot(round)
  return {
    ...{ ballotIds: ballotId, sealed, spentTags: Buffer.alloc(32), spentPepper: randomBytes(32) },
    places: [{ stratumId, channel, hasCodes: false }],
    placeOf: Uint16Array.of(0),
    file: { tag: Buffer.alloc(32), roundId: round.id, municipalityCode: '1489', forms: 1, isAgain: false },
  }
}

/** A file of one figure of an earlier year, on its way to a thread. */
const historyOf = (now: Date) => ({
  from: { kind: 'sent' as const, name: 'a', bytes: Buffer.from('kpi;municipality;year;value\nU31505;1489;2019;78') },
  ...{ isPreview: false, by: 'operator', source: 'a', now },
})

/** How each program that is built comes to run, and what must come of it. The sources start the built threads, as the service does. */
const starts: Record<string, () => Promise<void>> = {
  'main.ts': () => serves('main.js'),
  'demo.ts': () => serves('demo.js'),
  async 'cli.ts'() {
    const operator = newOperator()
    const { exitCode, out } = await operator.run(['--help'])
    expect([exitCode, out]).toEqual([0, expect.stringContaining('brukarsvar')])
    operator.leave()
  },
  'actions/urn-thread-program.ts': () =>
    onFiles(async ({ file, round }) => {
      const urn = startUrnThread(file)
      expect(await urn.commit([ballot(round)])).toEqual(['recorded'])
      await urn.close()
    }),
  'database/looking-thread-program.ts': () =>
    onFiles(async ({ db, file }) => {
      await expect(lookThroughInUse(db)).resolves.toBeUndefined()
      spoilPages(file, [3, 4, 5])
      await expect(lookThroughInUse(db)).rejects.toMatchObject({ code: 'SQLITE_CORRUPT' })
    }),
  'paper/import-thread-program.ts': () =>
    onFiles(async ({ db, round }) => {
      const work = importOf(round)
      expect(await writeOnThread(db, work)).toBe('imported')
    }),
  'history/import-thread-program.ts': () =>
    onFiles(async ({ db, clock }) => {
      expect((await importOnThread(db, historyOf(clock.now))).counts).toEqual({ added: 1, changed: 0, unchanged: 0 })
    }),
  'mail/queueing-thread-program.ts': () =>
    onFiles(async ({ db, mailDb, keys, clock, round }) => {
      const order = { stratumId: round.strata.youth, language: 'sv', addresses: ['a@example.org'], now: clock.now }
      const office = {
        stores: bindMailStores(db, mailDb, patiently),
        files: () => filesOf(db, mailDb),
        mailFile: mailFileOf(mailDb),
        keys,
      }
      const queued = await queueOnThread(office, order, () => {})
      expect(queued).toEqual({ queued: 1, rejected: [] })
      expect(await countRecipients(mailDb, round.id)).toMatchObject([{ state: 'queued', number: 1 }])
    }),
  'actions/telling-thread-program.ts': () =>
    onFiles(async ({ db, round }) => {
      const told = { roundId: round.id, day: '2026-09-14', today: '2026-09-14' }
      expect(await tellOnThread(db, told, 5_000)).toBe(true)
      expect(await tellOnThread(db, told, 5_000)).toBe(false)
      await runIn(db, 'drop table told_numbers')
      await expect(tellOnThread(db, { ...told, day: '2026-09-15', today: '2026-09-15' }, 5_000)).rejects.toMatchObject({
        code: 'SQLITE_ERROR',
      })
    }),
  'actions/archive-thread-program.ts': () =>
    onFiles(async ({ db, keys, clock }) => {
      await openedRound({ db, clock }, someAnswers, 2025)
      const tools = { staffKey: keys.staffKey, isPractice: false, visitMinutes: 60, owner: 'Myndigheten' }
      const zip = await archivePackage(db, '2025', tools, { owner: 'somebody' })
      expect(zip.subarray(0, 2).toString()).toBe('PK')
    }),
  'actions/destroying-thread-program.ts': () =>
    onFiles(async ({ db, clock, file }) => {
      await openedRound({ db, clock }, someAnswers, 2025)
      const now = new Date('2027-06-01T09:00:00Z')
      expect(await destroyDue(db, { keyDir: dirname(file), keptDays: 90, now })).toContain('2025')
      expect((await findOpening(db, '2025'))!.destroyedOn).toBe('2027-06-01')
    }),
  'actions/opening-thread-program.ts': () =>
    onFiles(async ({ db, file, round }) => {
      await runIn(db, `update rounds set state = 'closed'`)
      const openings = makeOpenings({ onFailure: () => {} })
      openings.start({
        databaseFile: file,
        roundId: round.id,
        keys: { keyFile: roundKeyFile(round.key), spentPepper: randomBytes(32) },
      })
      await vi.waitUntil(() => !openings.isRunning(round.id), { timeout: 60_000 })
      expect(openings.find(round.id)).toMatchObject({ closed: expect.anything() })
    }),
  async 'table/table-thread-program.ts'() {
    for (const bytes of [
      Buffer.from('Enhet;Antal\nVuxen;3\n'),
      await writeXlsx(['Enhet', 'Antal'], [['Vuxen', '3']], { sheet: 'x' }),
    ])
      expect((await readTable(bytes, 'enheter')).rows.map(({ cells }) => cells)).toEqual([['Vuxen', '3']])
  },
  async 'chart/png-thread-program.ts'() {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    expect((await pngOf(svg, 'somebody')).toString('latin1', 1, 4)).toBe('PNG')
  },
  async 'files/file-thread-program.ts'() {
    for (const kind of ['xlsx', 'pptx'] as const)
      expect((await fileOnThread({ kind, report: someReport() })).toString('latin1', 0, 2)).toBe('PK')
  },
  async 'print/print-process-program.ts'() {
    const languages = loadLanguages()
    const where = { batch: 'b', publicUrl: 'https://svar.example.se', language: languages.find('sv')!, languages }
    const sheet = slipSheet({ codes: ['0'.repeat(16)], municipality: { code: '1489', name: 'Alingsås' }, ...where })
    expect((await printPdf(sheet)).subarray(0, 5).toString()).toBe('%PDF-')
  },
}

test('what runs on a thread for somebody is ended when it takes too long, and nothing is half done', async () => {
  await onFiles(async ({ db, mailDb, keys, clock, round }) => {
    const order = { stratumId: round.strata.youth, language: 'sv', addresses: ['a@example.org'], now: clock.now }
    const stores = bindMailStores(db, mailDb, patiently)
    const office = { stores, files: () => filesOf(db, mailDb), mailFile: mailFileOf(mailDb), keys }
    const late = { seconds: 0 }
    await expect(queueOnThread(office, order, () => {}, late)).rejects.toMatchObject({ code: 'unavailable' })
    const work = importOf(round)
    await expect(writeOnThread(db, work, late)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await writeOnThread(db, work)).toBe('imported')
    const history = historyOf(clock.now)
    await expect(importOnThread(db, history, () => {}, late)).rejects.toMatchObject({ code: 'unavailable' })
    expect((await importOnThread(db, history)).counts.added).toBe(1)
  })
})

test('no thread and no process is started in the sources without a limit of time, but the one that writes answers', () => {
  const sources = fileURLToPath(new URL('../../src', import.meta.url))
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const starting = files.filter((file) =>
    /\bstartThread\(|\bnew Worker\(|\bfork\(|\bspawn\(/.test(readFileSync(join(sources, file), 'utf8')),
  )
  const unbounded = starting
    .filter((file) => file !== join('memory', 'start-thread.ts'))
    .filter((file) => !/\bendInTime\(/.test(readFileSync(join(sources, file), 'utf8')))
  expect(unbounded).toEqual(['actions/urn-thread.ts'])
})

test('every program that is built has its entry, and nothing else is one', () => {
  const dist = fileURLToPath(new URL('../../dist', import.meta.url))
  const entries = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^[^/\\]+\.js$|-program\.js$/.test(file))
    .map((file) => join('dist', file))
  expect(entries.sort()).toEqual(programsOf().map(builtAs).sort())
})

test('a new program is on the list, so that a start is asked for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-src-'))
  mkdirSync(join(folder, 'web'))
  writeFileSync(join(folder, 'web/letter-thread-program.ts'), '')
  expect(programsOf(folder)).toContain('web/letter-thread-program.ts')
  rmSync(folder, { recursive: true })
  expect(Object.keys(starts).sort()).toEqual(programsOf().sort())
})

test.each(programsOf().filter((program) => starts[program]))('%s runs as it is built', (program) => starts[program]!())
