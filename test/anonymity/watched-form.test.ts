import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { loadKeys } from '../../src/database/key-folder.ts'
import { tellRound } from '../../src/fieldwork/tell.ts'
import { seatClerk } from '../paper/clerk.ts'
import { valuesIn } from '../support/rows.ts'
import { staffBrowser } from '../support/staff.ts'
import { wordsOf } from './asked.ts'

/**
 * Somebody of staff has handed a form without a code to a person, and watches everything that they are shown until the second morning
 * after. Two worlds, in one of which the form came back, must look alike to everybody but those who enter forms, on their own page;
 * also where the note of what was handed out is lowered below what is in.
 */

let leave: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const each of leave) await each()
  leave = []
})

const handedOut = 8
const run = promisify(execFile)

async function makeWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-watched-'))
  const settings = { DATA_DIR: folder, KEY_DIR: join(folder, 'keys') }
  const keys = loadKeys(settings.KEY_DIR, { create: true })
  const clerk = await seatClerk({ file: join(folder, 'brukarsvar.sqlite'), keys })
  const { service, round } = clerk
  leave.push(async () => {
    await service.close()
    rmSync(folder, { recursive: true })
  })
  const stratumId = round.strata.economic_assistance
  const unitIds = await valuesIn<string>(service.db, 'select id from units')
  const [unit] = unitIds
  const atUnit = [
    '/offer',
    '/fieldwork',
    `/fieldwork/units/${unit}`,
    '/fieldwork?format=csv',
    '/paper/tally',
    `/offer/${stratumId}`,
  ]
  const whole = ['', '/fieldwork', '/fieldwork/municipalities/1489', '/fieldwork/municipalities/1489?format=csv']
  const watchers = {
    host: { pages: atUnit, ...(await staffBrowser(service, { role: 'host', unitIds })) },
    caseworker: { pages: atUnit, ...(await staffBrowser(service, { role: 'caseworker', unitIds })) },
    viewer: { pages: [''], ...(await staffBrowser(service, { role: 'viewer' })) },
    national: { pages: [...whole, '/fieldwork?format=csv'], ...(await staffBrowser(service, { role: 'national' })) },
    coordinator: { pages: [...whole, `/offer/${stratumId}`], ...clerk.staff },
  }

  async function comeBack(forms: number) {
    const bundle = await clerk.startBundle(forms)
    for (let form = 0; form < forms; form++) await clerk.type(bundle.url, { digits: '11111111' })
    expect((await clerk.staff.post(`/staff/paper/bundles/${bundle.id}/finish`)).statusCode).toBe(303)
  }

  /** Everything that is shown, by who and where. */
  async function look() {
    const seen: Record<string, string> = {}
    for (const [who, { pages, get }] of Object.entries(watchers))
      for (const address of pages) {
        const { statusCode, body } = await get(`/staff${address}`)
        expect(statusCode, `${who} ${address}`).toBe(200)
        seen[`${who} ${address.replace(/[0-9a-f]{8,}/, '…')}`] = wordsOf(body)
      }
    return seen
  }

  /** What an operator reads at the command line. */
  async function rates() {
    const rates = ['--import', 'tsx', 'src/cli.ts', 'rates', '--json']
    const { stdout } = await run(process.execPath, rates, { env: { ...process.env, ...settings } })
    return stdout.replace(/"id": "\w+"/g, '')
  }

  const night = (day: number) => tellRound(service.db, { roundId: round.id, day: `2026-09-${day}` })
  const note = async (number: number) => {
    const tally = (await watchers.host.get('/staff/paper/tally')).body
    const once = /name="once" value="([\w-]+)"/.exec(tally)![1]!
    const noted = await watchers.host.post('/staff/paper/tally', {
      once,
      [`handedOut.${unit}.economic_assistance`]: String(number),
    })
    expect(noted.statusCode).toBe(303)
  }
  await note(handedOut)
  return { comeBack, look, rates, night, lower: (to: number) => note(to - handedOut) }
}

test.each([
  { others: 0, noted: 8 },
  { others: 5, noted: 8 },
  { others: 7, noted: 7 },
  { others: 9, noted: 0 },
])('by watching the form come back after $others others, with $noted noted', async (tried) => {
  const { others, noted } = tried
  const seen: Record<string, string>[] = []
  for (const comes of [true, false]) {
    const { comeBack, look, rates, night, lower } = await makeWorld()
    if (others > 0) await comeBack(others)
    await night(13)
    if (comes) await comeBack(1)
    if (noted < handedOut) await lower(noted)
    const today = await look()
    await night(14)
    const tomorrow = { ...(await look()), rates: await rates() }
    await night(15)
    const days = { today, tomorrow, later: await look() }
    seen.push(Object.assign({}, ...Object.entries(days).map(([day, looks]) => withDay(day, looks))))
  }
  const [one, other] = seen
  for (const [where, words] of Object.entries(one!)) expect(words, where).toBe(other![where])
})

const withDay = (day: string, looks: Record<string, string>) =>
  Object.fromEntries(Object.entries(looks).map(([where, words]) => [`${day} ${where}`, words]))
