import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeDatabase, openDatabase } from '../../src/database/connection.ts'
import { freePort } from '../support/free-port.ts'
import { valuesIn } from '../support/rows.ts'
import { answer, answering, newOperator, stopped } from './operator.ts'

const operator = newOperator()
const keyFile = operator.path('stick.key')
let service: ChildProcess
let url: string
let strata: Record<string, string>

beforeAll(async () => {
  const port = await freePort('localhost')
  url = `http://localhost:${port}`
  expect((await operator.run(['init'])).exitCode).toBe(0)
  service = operator.start('main.js', { PORT: String(port) })
  await answering(service, url)
})
afterAll(async () => {
  service.kill('SIGKILL')
  operator.leave()
})

const stratumOf = ({ strata }: { strata: { id: string; targetGroup: string }[] }) =>
  Object.fromEntries(strata.map(({ id, targetGroup }) => [targetGroup, id]))

describe('an operator takes a round by hand from its first day to its last', { sequential: true }, () => {
  let drawn: string[]
  let slips: string[]
  let letters: string[]

  test('makes the round and its key, adds two units, and opens with the key drill', async () => {
    const groups = 'economic_assistance,guardian,youth'
    await operator.json(
      ...['round', 'create', '2026', '--opens', '2026-09-01', '--closes', '2099-10-31'],
      ...['--groups', groups, '--key-file', keyFile],
    )
    const support = ['unit', 'add', '1489', 'Försörjningsstöd', '--round', '2026', '--groups', 'economic_assistance']
    const families = ['unit', 'add', '1489', 'Barn och unga', '--round', '2026', '--groups', 'guardian,youth']
    strata = { ...stratumOf(await operator.json(...support)), ...stratumOf(await operator.json(...families)) }

    const opened = await operator.run(['round', 'open', '2026', '--key-file', keyFile])

    expect(opened.out).toContain('The key file opened a test ballot. Round 2026 is open for responses.')
    const status = await operator.json('round', 'status', '2026')
    expect(status).toMatchObject({ id: '2026', state: 'collecting', codesIssued: 0, responded: { low: 0, high: 4 } })
    expect(status.strata).toHaveLength(3)
  })

  test('draws twelve codes, prints six slips and four letters, and counts what becomes of them', async () => {
    const codesOf = ({ codes }: { codes: { code: string }[] }) => codes.map(({ code }) => code)
    const adults = ['--stratum', strata.economic_assistance!]
    const guardians = ['--stratum', strata.guardian!, '--channel', 'letter']
    drawn = codesOf(await operator.json('codes', 'draw', ...adults, '--count', '12'))
    const sheet = await operator.json('codes', 'print', ...adults, '--count', '6', '--out', operator.path('slips.pdf'))
    const post = await operator.json(
      'codes',
      'print',
      ...guardians,
      '--count',
      '4',
      '--letters',
      '--out',
      operator.path('letters.pdf'),
      '--contact',
      'Karin Lindqvist, 0322-61 60 00',
    )
    slips = codesOf(sheet)
    letters = codesOf(post)

    await operator.json('offer', 'leftover', '--batch', sheet.batch, '--count', '2')
    await operator.json('offer', 'posted', '--batch', post.batch)
    await operator.json('offer', 'undeliverable', letters[3]!)
    await operator.json('offer', 'undeliverable', letters[3]!.replace(/(.{4})/g, '$1 ')) // twice is once
    await operator.json('offer', 'declined', ...adults)
    await operator.json('offer', 'declined', ...guardians)
    await operator.json('offer', 'paper', '--stratum', strata.youth!, '--count', '4')
    await operator.json('offer', 'paper', '--stratum', strata.youth!, '--count', '1', '--undo')
    const pages = (file: string) => readFileSync(operator.path(file), 'latin1').match(/\/Type \/Page\b(?!s)/g)
    expect([pages('slips.pdf'), pages('letters.pdf')].map((found) => found?.length)).toEqual([1, 4])
  })

  test('finds the response rates as they were told, by every level', async () => {
    for (const code of drawn.slice(0, 9)) await answer(url, code, { overall: 'very_satisfied' })
    for (const code of drawn.slice(9)) await answer(url, code, { overall: 'fairly_dissatisfied' })
    for (const code of slips.slice(0, 2)) await answer(url, code, { overall: 'dont_know' })
    for (const code of letters.slice(0, 2)) await answer(url, code, { contact: 'very_easy' })
    await answer(url, drawn[0]!, { overall: 'very_dissatisfied' }) // a used code: thanked, not counted

    const before = await operator.json('rates')
    expect(before).toMatchObject({ asOf: null, total: { responded: { low: 0 } } })
    await operator.tellNight('2026')
    const rates = await operator.json('rates')

    const line = (offered: number, declined: number, undeliverable: number, [low, high]: [number, number]) => ({
      ...{ offered: { low: offered, high: offered }, declined, undeliverable, responded: { low, high } },
      ...{ responseRate: null, tallyMissing: false },
    })
    const adults = line(12 + (6 - 2) + 1, 1, 0, [10, 14])
    const guardians = line(4 - 1, 1, 1, [0, 4])
    const youth = line(4 - 1, 0, 0, [0, 3]) // of three forms none, one, two or all came back
    const families = line(6, 1, 1, [0, 7])
    const all = line(23, 2, 1, [10, 21])
    const by = (lines: Record<string, unknown>[], name: string) =>
      Object.fromEntries(lines.map((one) => [one[name], one]))
    expect(by(rates.strata, 'targetGroup')).toMatchObject({ economic_assistance: adults, guardian: guardians, youth })
    expect(by(rates.units, 'unit')).toMatchObject({ Försörjningsstöd: adults, 'Barn och unga': families })
    expect(by(rates.municipalities, 'municipality')).toMatchObject({ Alingsås: all })
    expect(by(rates.channels, 'channel')).toMatchObject({
      handout: { offered: { low: 17, high: 17 }, responded: null },
      letter: { undeliverable: 1, responded: null },
      paper: youth,
    })
    expect([rates.nation, rates.total]).toEqual([expect.objectContaining(all), expect.objectContaining(all)])
    expect((await operator.run(['rates'])).out).toMatch(/total +23 +2 +1 +10-21 +\.\./)
  })

  test('is told of printed codes that nobody has settled', async () => {
    const printed = await operator.json(
      ...['codes', 'print', '--stratum', strata.youth!, '--channel', 'letter', '--count', '1'],
    )
    await answer(url, printed.codes[0].code, { overall: 'very_satisfied' })
    expect((await operator.json('rates')).total).toMatchObject({ unsettled: true })
    expect((await operator.run(['rates'])).out).toContain(
      'Printed batches that nobody has settled at Barn och unga / youth: brukarsvar offer leftover, offer posted',
    )
    await operator.json('offer', 'posted', '--batch', printed.batch)
    expect((await operator.json('rates')).total).toMatchObject({ unsettled: false, tallyMissing: false })
  })

  test('makes a backup while the service runs, and may not restore under its feet', async () => {
    const backup = operator.path('backup.sqlite')
    expect(await operator.json('backup', backup)).toMatchObject({ file: backup })
    const refused = await operator.run(['restore', backup, '--yes'])
    expect(refused).toMatchObject({ exitCode: 4, err: 'The service runs on this database. Stop it first.\n' })
    expect(existsSync(`${operator.databaseFile}.restoring`)).toBe(false)
    expect((await operator.json('doctor')).ok).toBe(true)
  })

  test('closes with the key on standard input, and reads the shares of ten persons or more', async () => {
    const key = readFileSync(keyFile, 'utf8')
    const closed = await operator.run(['round', 'close', '2026', '--key-file', '-', '--json'], { input: key })

    const { release, responses, nation } = JSON.parse(closed.out)
    expect({ release, responses }).toEqual({ release: 1 }) // five of a group: the number of all would tell theirs
    const share = (targetGroup: string, question: string) =>
      nation.find(
        (one: Record<string, unknown>) =>
          one.measure === 'positive' &&
          one.gender === 'all' &&
          one.targetGroup === targetGroup &&
          one.question === question,
      )
    const overall = { positive: 9, value: 75, people: 12, status: 'shown' }
    expect(share('economic_assistance', 'overall')).toMatchObject(overall)
    expect(share('guardian', 'contact')).toMatchObject({ status: 'few' })
    expect(Object.keys(share('guardian', 'contact'))).not.toContain('people')
    expect(nation.filter((one: Record<string, unknown>) => one.measure === 'language')).toEqual([])
    await expect(answer(url, drawn[0]!, { overall: 'very_satisfied' })).rejects.toThrow('/sv/closed')
    const db = openDatabase(operator.databaseFile, { mustExist: true })
    const deeds = await valuesIn(db, "select staff_id || ' ' || subject from audit where action = 'rounds.closed'")
    closeDatabase(db)
    expect(deeds).toEqual(['operator 2026'])
  })

  test.skipIf(!existsSync('/usr/bin/script'))('is asked for the key file on a terminal, and sees a bar', async () => {
    const recount = `script -qec "'${process.execPath}' dist/cli.js round close 2026" /dev/null`
    const { out } = await operator.shell(recount, `${keyFile}\n`)
    expect(out).toContain('Key file of round 2026:')
    expect(out).toContain('Unlocking responses [##############################] 100 %')
    expect(out).toContain('Their number is not told')
    expect(out.slice(out.indexOf('100 %'))).not.toContain('17') // before it stands the path of the key, with any number in it
  })

  test('reads the sealed counts with the key, and the service stops gracefully', async () => {
    const { ballots, counts } = await operator.json('round', 'counts', '2026', '--key-file', keyFile)
    expect(ballots).toBe(17)
    const total = (option: string) =>
      counts
        .filter((count: Record<string, unknown>) => count.question === 'overall' && count.option === option)
        .reduce((sum: number, { number }: { number: number }) => sum + number, 0)
    expect([total('very_satisfied'), total('fairly_dissatisfied'), total('dont_know')]).toEqual([10, 3, 2])
    expect(await stopped(service)).toBe(0)
  })
})
