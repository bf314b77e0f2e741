import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formToken } from '../../src/crypto/secrets.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { printJobs } from '../../src/print/print-jobs.ts'
import { printPdf } from '../../src/print/print-process.ts'
import { slipSheet } from '../../src/print/slips.ts'
import { writeXlsx } from '../../src/table/table-file.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { newStaff } from '../support/staff.ts'

const settings = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'svar@kommun.example' }
let service: Service
let round: TestRound
let origin: string
let token: string
/** Leaves at the end of a test, and so ends what holds the queue. */
let other: AbortController
beforeEach(async () => {
  service = await startService({ settings })
  round = await openRound(service.db)
  origin = await service.app.listen({ host: '127.0.0.1', port: 0 })
  token = (await newStaff(service, { role: 'coordinator' })).token
  other = new AbortController()
})
afterEach(async () => {
  other.abort()
  await service.close()
})

/** Asks as a browser does, until it leaves or has its answer. */
function ask(path: string, fields?: Record<string, string | File>) {
  const leaving = new AbortController()
  const body = fields && new FormData()
  for (const [name, value] of Object.entries({ form: formToken(token), ...fields })) body?.append(name, value)
  const answer = fetch(`${origin}${path}`, {
    ...{ method: body ? 'POST' : 'GET', body, redirect: 'manual', signal: leaving.signal },
    headers: { cookie: `staff=${token}`, 'sec-fetch-site': 'same-origin' },
  }).then(
    ({ status }) => status,
    () => 'left',
  )
  return { answer, leave: () => leaving.abort() }
}

/** Something long of somebody else's that holds the queue. */
function holding(work: (asked: { owner: string; signal: AbortSignal }) => Promise<unknown>) {
  const held = { isOver: false, ended: Promise.resolve<unknown>(undefined) }
  held.ended = work({ owner: 'another', signal: other.signal }).then(
    () => (held.isOver = true),
    (error) => {
      held.isOver = true
      return error
    },
  )
  return held
}

const languages = loadLanguages()
const manyRows = Array.from({ length: 90_000 }, (_, row) => [`${row}`, 'Kvarnberg', 'Storgatan 1', '441 30 Alingsås'])
const table = (asked: { owner: string; signal: AbortSignal }) =>
  writeXlsx(['Nr', 'Namn', 'Gata', 'Ort'], manyRows, { sheet: 'x', ...asked })
const slips = (asked: { owner: string; signal: AbortSignal }) => {
  const codes = Array.from({ length: 1_000 }, (_, code) => String(code).padStart(16, '0'))
  const where = { batch: 'b', publicUrl: 'https://svar.example.se', language: languages.find('sv')!, languages }
  return printPdf(slipSheet({ codes, municipality: { code: '1489', name: 'Alingsås' }, ...where }), asked)
}
const addresses = new File(['Adress\nkim@example.se\n'], 'lista.csv')
const letters = () => ({
  ...{ once: `order-number-${Math.random()}`.replace('.', ''), stratum: round.strata.youth, kind: 'letters' },
  ...{ language: 'sv', contact: 'Telefon', addresses: new File(['Namn;Gata\nKim;Gatan 1\n'], 'adresser.csv') },
})

describe('what somebody asked for who has left', () => {
  test.each<[string, typeof table, number, () => ReturnType<typeof ask>]>([
    [
      'a list of email addresses',
      table,
      2,
      () => {
        const form = { addresses: '', language: 'sv', file: addresses }
        return ask(`/staff/email/${round.strata.youth}/new`, form)
      },
    ],
    ['addresses for letters', table, 2, () => ask('/staff/print', letters())],
    ['paper forms', slips, 1, () => ask('/staff/paper/forms.pdf?group=youth&language=sv&copies=1')],
  ])(
    '%s: leaves the queue, and its owner has a turn again',
    async (_, work, most, send) => {
      const held = holding(work)
      const waiting = Array.from({ length: most }, send)
      let asked = send()
      while ((await asked.answer) !== 429) asked = send() // as many wait as may
      for (const { leave } of waiting) leave()
      let came: number | string = 429
      for (; came === 429 && !held.isOver; asked.leave()) {
        asked = send()
        came = await Promise.race([asked.answer, pause(1_000, 'waits')])
      }
      expect([came, held.isOver]).toEqual(['waits', false])
      other.abort('they have left too')
      expect(await held.ended).toBe('they have left too')
    },
    60_000,
  )

  test('a print whose page is open no more is ended, and one that is looked at goes on', async () => {
    const jobs = printJobs(() => service.clock.now, { unseenMs: 300 })
    const start = (session: string) =>
      jobs.start({ owner: session, session }, { total: 1, expectedBytes: 1 }, async ({ signal }) => {
        await slips({ owner: session, signal })
        return { name: 'x', bytes: Buffer.alloc(1) }
      })
    const [left, seen] = [start('left'), start('seen')]
    while (left.state === 'working') {
      expect(jobs.find('seen', seen.id).state).toBe('working')
      await pause(20)
    }
    expect([left.state, left.signal.aborted, seen.signal.aborted]).toEqual(['failed', true, false])
  }, 300_000)
})
