import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ended, newOperator } from './operator.ts'

const operator = newOperator()
const keyFile = operator.path('stick.key')
let stratum: string

const creating = (id: string, file: string) => [
  ...['round', 'create', id, '--opens', '2026-09-01', '--closes', '2099-10-31', '--key-file', file],
]

beforeAll(async () => {
  await operator.json('init')
  await operator.json(...creating('2026', keyFile))
  stratum = (await operator.json('unit', 'add', '1489', 'Enheten', '--round', '2026')).strata[0].id
})
afterAll(() => operator.leave())

const stackTrace = /^\s+at .+[:(]/m

describe('what cannot be done is said in a sentence', () => {
  const nowhere = operator.path('no-such-folder/file')
  test.each<[what: string, args: () => string[], exitCode: number, says: RegExp]>([
    ['a command that does not exist', () => ['rouns'], 2, /unknown command 'rouns'/],
    ['a day that does not exist', () => ['round', 'create', '27', '--opens', '2026-02-30'], 2, /A date such as/],
    [
      'a round that closes first',
      () => [...creating('27', nowhere), '--opens', '2099-12-01'],
      2,
      /Last day of data collection: The last day must not be before the first day\./,
    ],
    [
      'a round whose last day has passed',
      () => [...creating('27', nowhere), '--closes', '2026-09-02'],
      2,
      /Last day of data collection: Choose today or a later day\./,
    ],
    ['a round whose name is the address of a page', () => creating('new', nowhere), 2, /^Name: /m],
    ['a round without a place for its key', () => creating('27', nowhere).slice(0, -2), 2, /--key-file <file>/],
    ['a key file into no folder', () => creating('27', nowhere), 3, /no file or folder .*no-such-folder/],
    ['a key file over another', () => creating('27', keyFile), 4, /already exists and will not be overwritten/],
    ['a second round of that name', () => creating('2026', operator.path('2.key')), 4, /already a round 2026/],
    ['a municipality that does not exist', () => ['unit', 'add', '9999', 'X', '--round', '2026'], 3, /code 9999/],
    ['a unit without a name', () => ['unit', 'add', '1489', ' ', '--round', '2026'], 2, /1 to 100 characters/],
    ['opening without the key', () => ['round', 'open', '2026'], 2, /The key file is needed/],
    [
      'opening with what is no key',
      () => ['round', 'open', '2026', '--key-file', 'package.json'],
      2,
      /not the key file/,
    ],
    ['opening with no file', () => ['round', 'open', '2026', '--key-file', nowhere], 3, /cannot be read/],
    [
      'closing what is not open',
      () => ['round', 'close', '2026', '--key-file', keyFile],
      4,
      /is draft, not collecting/,
    ],
    ['drawing before collection begins', () => ['codes', 'draw', '--stratum', stratum], 4, /not open yet/],
    ['a stratum that does not exist', () => ['codes', 'draw', '--stratum', 'x'], 3, /no stratum x/],
    [
      'a channel without codes',
      () => ['codes', 'draw', '--stratum', 'x', '--channel', 'paper'],
      2,
      /letter, handout, email/,
    ],
    ['no codes at all', () => ['codes', 'draw', '--stratum', 'x', '--count', '0'], 2, /at least 1/],
    [
      'a language that does not exist',
      () => ['codes', 'print', '--stratum', stratum, '--count', '1', '--json', '--language', 'xx'],
      2,
      /Languages are: sv/,
    ],
    [
      'more slips than can be set at once',
      () => ['codes', 'print', '--stratum', stratum, '--count', '1001', '--out', operator.path('many.pdf')],
      2,
      /From 1 to 1000/,
    ],
    ['a mistyped code', () => ['offer', 'undeliverable', '1234'], 2, /Check the numbers: 1234/],
    ['a code never issued', () => ['offer', 'undeliverable', '0000000000000000'], 3, /Never issued/],
    ['a batch that does not exist', () => ['offer', 'posted', '--batch', 'x'], 3, /no batch x/],
    ['a backup into no folder', () => ['backup', nowhere], 3, /no file or folder/],
    ['a backup that does not exist', () => ['restore', nowhere], 3, /no backup/],
    ['a backup that is none', () => ['restore', 'package.json', '--yes'], 2, /not a whole database/],
  ])('%s', async (_, args, exitCode, says) => {
    const said = await operator.run(args())
    expect(said.err).toMatch(says)
    expect(said.err).not.toMatch(stackTrace)
    expect({ exitCode: said.exitCode, out: said.out }).toEqual({ exitCode, out: '' })
  })

  test('every wrong setting at once', async () => {
    const said = await operator.run(['rates'], { env: { PORT: 'three', PUBLIC_URL: 'here', KEEP_ROUND_KEY: 'maybe' } })
    expect(said.exitCode).toBe(2)
    for (const name of ['PORT', 'PUBLIC_URL', 'KEEP_ROUND_KEY']) expect(said.err).toContain(name)
    expect(said.err).not.toMatch(stackTrace)
  })

  test('a machine on which nothing was made yet', async () => {
    const said = await operator.run(['rates'], { env: { DATA_DIR: operator.path('empty') } })
    expect(said).toMatchObject({ exitCode: 3, out: '' })
    expect(said.err).toContain('Create one with: brukarsvar init')
    const service = await ended(operator.start('main.js', { DATA_DIR: operator.path('empty') }))
    expect(service.exitCode).not.toBe(0)
    expect(service.err).toContain('brukarsvar init')
    expect(service.err).not.toMatch(stackTrace)
  })

  test('a round or a sheet that failed leaves nothing behind', async () => {
    await operator.run(creating('2026', operator.path('left.key')))
    await operator.run(['codes', 'print', '--stratum', 'x', '--count', '1', '--out', operator.path('left.pdf')])
    expect(readdirSync(operator.folder).filter((file) => file.startsWith('left'))).toEqual([])
  })

  test('a sheet that is there already is not overwritten, and no code is issued for it', async () => {
    writeFileSync(operator.path('sheet.pdf'), 'not printed yet')
    const said = await operator.run([
      'codes',
      'print',
      '--stratum',
      stratum,
      '--count',
      '3',
      '--out',
      operator.path('sheet.pdf'),
    ])
    expect(said).toMatchObject({ exitCode: 4, out: '' })
    expect((await operator.json('round', 'status', '2026')).codesIssued).toBe(0)
  })
})

describe('what is printed can be read by programs', () => {
  test('a reader that has seen enough closes the pipe, and nobody complains', async () => {
    const said = await operator.shell('brukarsvar round status --json | true; brukarsvar rates | head -1')
    expect(said).toEqual({ exitCode: 0, out: 'Round 2026: nothing is told before the first night\n', err: '' })
  })

  test.skipIf(!existsSync('/dev/full'))('a full disk behind standard output is said', async () => {
    const said = await operator.shell('brukarsvar rates >/dev/full')
    expect(said).toEqual({ exitCode: 5, out: '', err: 'The disk is full. Free up some space, then try again.\n' })
  })

  test('every command says what it takes, and all of them print JSON when asked', async () => {
    const commands = {
      '': ['init', 'round', 'unit', 'codes', 'offer', 'rates', 'backup', 'restore', 'doctor'],
      round: ['create', 'open', 'close', 'counts', 'status'],
      unit: ['add'],
      codes: ['draw', 'print'],
      offer: ['declined', 'undeliverable', 'leftover', 'posted', 'paper'],
    }
    for (const [group, names] of Object.entries(commands)) {
      const { out } = await operator.run([...(group ? [group] : []), '--help'])
      for (const name of names) expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
    }
    for (const [group, name] of [
      ['', 'rates'],
      ['offer', 'paper'],
    ] as const) {
      const { exitCode, out } = await operator.run([...(group ? [group] : []), name, '--help'])
      expect(exitCode).toBe(0)
      expect(out).toContain('--json')
    }
  })
})
