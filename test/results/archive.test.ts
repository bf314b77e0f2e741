import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { archivePackage } from '../../src/actions/archive-package.ts'
import { verifyProtocol } from '../../src/actions/release-protocol.ts'
import { atOnce } from '../../src/database/patience.ts'
import { publishDraft, saveDraft } from '../../src/own-texts/store.ts'
import { roles } from '../../src/people/roles.ts'
import { proposeStep } from '../../src/results/release-steps-store.ts'
import { bindStores } from '../../src/stores.ts'
import { plainCsvBytes } from '../../src/table/written.ts'
import { rowsIn, runIn, valueIn, valuesIn } from '../support/rows.ts'
import { type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { letSee, openedRound } from './published.ts'

let folder: string
let service: Service
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  service = await startService({ file: join(folder, 'survey.db'), now: '2026-12-01T09:00:00Z' })
  await openedRound(service, [
    { municipality: '1489', unit: 'Enheten, "Norra"', people: 41, positive: 20 },
    { municipality: '1489', unit: '=Södra', people: 7, positive: 5 },
    { municipality: '1490', unit: 'Enheten i Borås', people: 9, positive: 2 },
  ])
  await letSee(service, 'release')
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

const tools = (isPractice = false) => ({
  ...{ staffKey: service.keys.staffKey, isPractice, visitMinutes: 120, owner: 'Länsförbundet' },
})
const make = (isPractice = false) => archivePackage(service.db, '2026', tools(isPractice), { owner: 'test' })
const unpacked = (zip: Uint8Array) => {
  const files = Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, Buffer.from(bytes)] as const)
  return new Map(files)
}
const rowsOf = (csv: Buffer) => parse(csv, { columns: true }) as Record<string, string>[]

describe('the archive package of a round', () => {
  test('holds what was released, and nothing that was kept back', async () => {
    const files = unpacked(await make())
    expect([...files.keys()].filter((path) => !/\/(fragor|personuppgifter)\//.test(path)).sort()).toEqual(
      [
        ...['LASMIG.txt', 'SHA256SUMS', 'protokoll/protokoll-2026-1.json', 'protokoll/protokoll-2026-1.pdf'],
        ...['resultat/indikatorer-2026-1.csv', 'resultat/omraden-2026-1.csv', 'slapp.csv'],
      ].map((path) => `brukarsvar-2026/${path}`),
    )
    const indicators = rowsOf(files.get('brukarsvar-2026/resultat/indikatorer-2026-1.csv')!)
    const kept = await rowsIn<{ status: string }>(service.db, "select * from released_indicators where level <> 'unit'")
    expect(indicators).toHaveLength(kept.length)
    const withheld = indicators.filter(({ status }) => ['few', 'protected', 'nobody'].includes(status!))
    expect(withheld.length).toBeGreaterThan(10)
    for (const row of withheld) expect([row.value, row.people, row.positive]).toEqual(['', '', ''])
    // Nine in Borås are told by no row. Of units there is none: those who lead the survey see none of them.
    const shownOf = (name: string) => indicators.filter((row) => row.name === name && row.people + row.value! !== '')
    expect(shownOf('Borås')).toEqual([])
    for (const { level } of [...indicators, ...rowsOf(files.get('brukarsvar-2026/resultat/omraden-2026-1.csv')!)])
      expect(level).not.toBe('unit')
    expect(indicators.some(({ level, status }) => level === 'municipality' && status === 'shown')).toBe(true)
  })

  test('has its protocol, which fits, and the steps with the names of those who took them', async () => {
    const files = unpacked(await make())
    const json = files.get('brukarsvar-2026/protokoll/protokoll-2026-1.json')!.toString()
    const stores = bindStores(service.db, atOnce)
    await expect(verifyProtocol(stores, service.keys, json)).resolves.toMatchObject({ release: 1 })
    expect(files.get('brukarsvar-2026/protokoll/protokoll-2026-1.pdf')!.toString('latin1')).toMatch(/^%PDF-/)
    expect(rowsOf(files.get('brukarsvar-2026/slapp.csv')!)).toMatchObject([
      { release: '1', step: 'release', alone: 'yes' },
    ])
  })

  test.skipIf(spawnSync('pdfinfo', ['-v']).error)(
    'has its protocol as PDF/A-2a, tagged, of the day of its count',
    async () => {
      const pdf = unpacked(await make()).get('brukarsvar-2026/protokoll/protokoll-2026-1.pdf')!
      writeFileSync(join(folder, 'a.pdf'), pdf)
      const { stdout } = spawnSync('pdfinfo', ['-isodates', join(folder, 'a.pdf')], { encoding: 'utf8' })
      expect(stdout).toMatch(/^Tagged: +yes$/m)
      const metadata = spawnSync('pdfinfo', ['-meta', join(folder, 'a.pdf')], { encoding: 'utf8' }).stdout
      expect(metadata).toMatch(/pdfaid:part>2<[\s\S]*pdfaid:conformance>A</)
      expect(stdout).toMatch(/^CreationDate: +2026-12-01/m)
      expect(pdf.toString('latin1')).toContain('/GTS_PDFA1')
    },
  )

  test('has the questions and the notices in each language, and says what each file and column is', async () => {
    const files = unpacked(await make())
    const textOf = (path: string) => files.get(`brukarsvar-2026/${path}`)!.toString()
    for (const code of ['sv', 'en', 'ar', 'ti']) {
      expect(textOf(`fragor/${code}.txt`)).toMatch(/SHA-256: [0-9a-f]{64}/)
      expect(textOf(`personuppgifter/${code}.txt`)).not.toMatch(/\{\{|<sv>/)
    }
    expect(textOf('personuppgifter/sv.txt')).toContain('Länsförbundet')
    expect(textOf('LASMIG.txt')).toContain('sha256sum -c SHA256SUMS')
    for (const word of ['positive', 'protected', 'at-least-90', 'economic_assistance', 'unit'])
      expect(textOf('LASMIG.txt')).toContain(`  ${word}: `)
  })

  test('has the notices and the board of the round, whatever was said later', async () => {
    const kept = { language: 'sv', text: 'Som det löd då' }
    await runIn(service.db, "insert into round_notices values ('2026', ?, ?)", kept.language, kept.text)
    await openedRound(service, [{ municipality: '1489', unit: 'En annan', people: 20, positive: 10 }], 2027)
    const name = (round: string, board: string) =>
      runIn(
        service.db,
        "insert into enrolments (round_id, municipality_code, state, board_name, board_contact, dpo_contact) values (?, '1489', 'approved', ?, 'x', 'y')",
        ...[round, board],
      )
    await name('2026', 'Nämnden då')
    await name('2027', 'Nämnden sedan')
    const files = unpacked(await make())
    const textOf = (path: string) => files.get(`brukarsvar-2026/${path}`)!.toString()
    expect(textOf('personuppgifter/sv.txt')).toBe(kept.text)
    expect([...files.keys()].filter((path) => path.includes('/personuppgifter/'))).toHaveLength(2)
    expect(rowsOf(files.get('brukarsvar-2026/personuppgifter/ansvariga.csv')!).map(({ board }) => board)).toEqual([
      'Nämnden då',
    ])
    expect(textOf('LASMIG.txt')).toContain('som den löd när insamlingen öppnades')
  })

  test('is checked with sha256sum, which finds one changed byte', async () => {
    for (const [path, bytes] of unpacked(await make())) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    const cwd = join(folder, 'brukarsvar-2026')
    const check = () => spawnSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd, encoding: 'utf8' })
    expect(check()).toMatchObject({ status: 0, stdout: expect.stringContaining('LASMIG.txt: OK') })
    writeFileSync(join(cwd, 'slapp.csv'), 'changed')
    expect(check()).toMatchObject({ status: 1, stdout: expect.stringContaining('slapp.csv: FAILED') })
  })

  test('comes out the same twice, on whatever day and machine, and otherwise once something was added', async () => {
    const hash = async () =>
      createHash('sha256')
        .update(await make())
        .digest('hex')
    const [first, zone] = [await hash(), process.env.TZ]
    service.clock.now = new Date('2027-01-15T09:00:00Z')
    process.env.TZ = 'Pacific/Auckland'
    expect(await hash()).toBe(first)
    process.env.TZ = zone ?? ''
    await letSee(service, 'publish')
    expect(await hash()).not.toBe(first)
  })

  test('says in every name that it is practice, where it is', async () => {
    const files = unpacked(await make(true))
    for (const path of files.keys()) expect(path).toMatch(/^ovningssiffror-2026\//)
    expect([...files.keys()]).toContain('ovningssiffror-2026/resultat/indikatorer-2026-1-ovning.csv')
    expect(files.get('ovningssiffror-2026/LASMIG.txt')!.toString()).toContain('Övningssiffror')
  })

  test('is fetched by an administrator, which stands in the audit trail, and by nobody else', async () => {
    const address = '/staff/rounds/2026/results/archive'
    const admin = await staffBrowser(service, { role: 'national' })
    const { statusCode, headers } = await admin.get(address)
    expect([statusCode, headers['content-type'], headers['content-disposition']]).toEqual([
      ...[200, 'application/zip', 'attachment; filename="brukarsvar-2026.zip"'],
    ])
    expect(await valuesIn(service.db, 'select action from audit')).toEqual(['releases.archived'])
    expect((await (await staffBrowser(service, { role: 'coordinator' })).get(address)).statusCode).toBe(403)
    for (const table of ['release_steps', 'released_indicators', 'released_areas', 'releases'])
      await runIn(service.db, `delete from ${table}`)
    expect((await admin.get(address)).statusCode).toBe(404)
  })
})

test('what was published in people’s own words is in the package, for a municipality its own; drafts are not', async () => {
  const now = service.clock.now
  for (const [area, text] of [
    ['0000', 'Landet'],
    ['1489', 'Ett stycke.\n\n- Ett till'],
    ['1490', 'Borås'],
  ] as const) {
    const key = { roundId: '2026', area, kind: 'quotation', language: 'sv' } as const
    await saveDraft(service.db, key, { text, saidBy: 'en ung person', version: 0, now })
    await saveDraft(service.db, { ...key, kind: 'next' }, { text: 'Utkast', version: 0, now })
    await publishDraft(service.db, key, { version: 1, release: 1, now })
  }
  const textsIn = (files: Map<string, Buffer>) => [...files].filter(([path]) => path.includes('/texter/'))
  const names = textsIn(unpacked(await make())).map(([path]) => path.split('/').at(-1))
  expect(names).toEqual(['0000-quotation-sv.txt', '1489-quotation-sv.txt', '1490-quotation-sv.txt'])
  const part = { municipality: '1489', now }
  const own = unpacked(await archivePackage(service.db, '2026', tools(), { owner: 'test', part }))
  expect(textsIn(own).map(([, bytes]) => bytes.toString())).toEqual([
    '2026-12-01T09:00:00.000Z, 1\n\nEtt stycke.\n\n- Ett till\n\n– en ung person\n',
  ])
})

describe('the archive package of a municipality', () => {
  const address = '/staff/results/2026/1489/archive'
  const part = () => ({ municipality: '1489', now: service.clock.now })
  const makePart = (isPractice = false) =>
    archivePackage(service.db, '2026', tools(isPractice), { owner: 'test', part: part() })

  test('holds its own figures and units, and of the others nothing', async () => {
    await runIn(
      service.db,
      "insert into enrolments (round_id, municipality_code, state, board_name, board_contact, dpo_contact) values ('2026', '1489', 'approved', 'Socialnämnden', 'x', 'y'), ('2026', '1490', 'approved', 'Nämnden i Borås', 'x', 'y')",
    )
    const files = unpacked(await makePart())
    const textOf = (path: string) => files.get(`brukarsvar-2026-1489/${path}`)!.toString()
    const indicators = rowsOf(files.get('brukarsvar-2026-1489/resultat/indikatorer-2026-1-1489.csv')!)
    expect(new Set(indicators.map(({ name }) => name))).toEqual(new Set(['Alingsås', 'Enheten, "Norra"', "'=Södra"]))
    const all = rowsOf(unpacked(await make()).get('brukarsvar-2026/resultat/indikatorer-2026-1.csv')!)
    expect(indicators.filter(({ level }) => level !== 'unit')).toEqual(all.filter(({ name }) => name === 'Alingsås'))
    const ofUnits = "level = 'unit' and area in (select area from released_areas where within = '1489')"
    expect(indicators.filter(({ level }) => level === 'unit')).toHaveLength(
      await valueIn<number>(service.db, `select count(*) from released_indicators where ${ofUnits}`),
    )
    expect(textOf('resultat/omraden-2026-1-1489.csv').trim().split('\r\n')).toHaveLength(4)
    expect(textOf('personuppgifter/ansvariga.csv')).toContain('Socialnämnden')
    expect(textOf('LASMIG.txt')).toContain('Paketet gäller Alingsås')
    for (const [path, bytes] of files) expect(bytes.includes('Borås'), path).toBe(false)
    expect((await makePart()).equals(await makePart())).toBe(true)
    for (const path of unpacked(await makePart(true)).keys()) expect(path).toMatch(/^ovningssiffror-2026-1489\//)
  })

  test('has its part of the protocol, which is signed and fits until one of its figures is changed', async () => {
    const json = unpacked(await makePart())
      .get('brukarsvar-2026-1489/protokoll/protokoll-2026-1-1489.json')!
      .toString()
    const { facts, part } = JSON.parse(JSON.parse(json).signed)
    expect([part.name, facts.strata.map(({ unit }: { unit: string }) => unit).sort(), facts.unreadable]).toEqual([
      ...['Alingsås', ['=Södra', 'Enheten, "Norra"'], undefined],
    ])
    const verify = () => verifyProtocol(bindStores(service.db, atOnce), service.keys, json)
    await expect(verify()).resolves.toMatchObject({ release: 1 })
    await runIn(service.db, "update released_indicators set value = 1 where area = '1490' and status = 'shown'")
    await expect(verify()).resolves.toMatchObject({ release: 1 })
    await runIn(service.db, "update released_indicators set value = 1 where area = '1489' and status = 'shown'")
    await expect(verify()).rejects.toThrow('the database was changed')
  })

  test.each(roles.flatMap((role) => ['1489', '1490'].map((municipalityCode) => ({ role, municipalityCode }))))(
    'is fetched by $role of $municipalityCode only where its units are theirs to read',
    async ({ role, municipalityCode }) => {
      const { get } = await staffBrowser(service, { role, municipalityCode })
      const { statusCode, headers } = await get(address)
      const isTheirs = (role === 'coordinator' || role === 'viewer') && municipalityCode === '1489'
      expect(statusCode).toBe(isTheirs ? 200 : 403)
      if (isTheirs) expect(headers['content-disposition']).toBe('attachment; filename="brukarsvar-2026-1489.zip"')
      expect(await valuesIn(service.db, 'select action from audit')).toEqual(isTheirs ? ['releases.archived'] : [])
    },
  )

  test('is there from the release on, until that is withdrawn, and has no step that has not come', async () => {
    const { get } = await staffBrowser(service, { role: 'viewer' })
    expect((await get('/staff/results/2026/1489/units')).body).toContain(`href="${address}"`)
    expect((await get('/staff/results/2025/1489/archive')).statusCode).toBe(404)
    const coming = { kind: 'publish' as const, takesEffect: new Date('2027-01-10T08:00:00Z') }
    await proposeStep(service.db, { roundId: '2026', number: 1, by: 'one', now: service.clock.now }, coming)
    const steps = rowsOf(unpacked(await makePart()).get('brukarsvar-2026-1489/slapp.csv')!)
    expect(steps.map(({ step }) => step)).toEqual(['release'])
    await runIn(service.db, 'delete from release_steps')
    expect((await get(address)).statusCode).toBe(404)
    await expect(makePart()).rejects.toThrow('no release that participants there may see')
  })
})

test('a CSV of the archive is as RFC 4180 has it, and begins no formula', async () => {
  const csv = (
    await plainCsvBytes([
      ['a,b', 'c"d', '=1', -1.5, null],
      ['å', 'two"lines', "'", '', 0],
    ])
  ).toString()
  expect(csv).toBe('"a,b","c""d",\'=1,-1.5,\r\nå,"two""lines",\',,0\r\n')
})
