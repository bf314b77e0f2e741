import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formToken } from '../src/crypto/secrets.ts'
import { atOnce } from '../src/database/patience.ts'
import { mostRows } from '../src/paper/pending-import.ts'
import { bindStores } from '../src/stores.ts'
import { seatClerk } from '../test/paper/clerk.ts'
import { newKeys } from '../test/support/service.ts'

/** How long anything else has to wait at most while work is done in slices, in milliseconds. */
export async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let isDone = false
  let last = performance.now()
  const look = () => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
    if (!isDone) setImmediate(look)
  }
  setImmediate(look)
  await work()
  isDone = true
  look()
  return longest
}

/** What a page's form would send as it is shown. */
function chosenIn(body: string): Record<string, string> {
  const selects = body.matchAll(/<select id="[^"]*" name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)
  return Object.fromEntries(
    [...selects].map(([, name, options]) => {
      const chosen = /<option value="([^"]*)"[^>]* selected/.exec(options!) ?? /<option value="([^"]*)"/.exec(options!)
      return [name!, chosen?.[1] ?? '']
    }),
  )
}

/**
 * The longest turn of the service's loop in each step of an import of the largest file of answers, half of them with a code, in milliseconds.
 * The service is in this process, on a database on the disk; the file is sent to it as a browser would, without a network.
 */
export async function timeImport(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-import-'))
  const clerk = await seatClerk({ file: join(folder, 'brukarsvar.sqlite'), keys: newKeys() })
  const { service, staff, round } = clerk
  const stratum = round.strata.addiction!
  const { codes } = await bindStores(service.db, atOnce).invitation.issueCodes(service.keys.codePepper, {
    ...{ stratumId: stratum, channel: 'handout', count: mostRows / 2, drawn: true },
  })
  const rows = Array.from({ length: mostRows }, (_, at) => `${(at % 4) + 1};2;3;1;2;3;4;1;${codes[at / 2] ?? ''}`)
  const file = `Kontakt;Information;Förståelse;Synpunkter;Påverkan;Situation;Helhet;Kön;Kod\n${rows.join('\n')}\n`

  const turns: Record<string, number> = {}
  const timed = async <Found>(what: string, work: () => Promise<Found>): Promise<Found> => {
    let found: Found | undefined
    turns[what] = await longestTurn(async () => {
      found = await work()
    })
    return found!
  }
  const edge = 'a-boundary'
  const part = (head: string) => `--${edge}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`
  const token = formToken(staff.jar.get('staff')!)
  const payload = `${part('name="form"')}${token}\r\n${part('name="file"; filename="a.csv"')}${file}\r\n--${edge}--\r\n`
  const headers = {
    cookie: `staff=${staff.jar.get('staff')}`,
    'content-type': `multipart/form-data; boundary=${edge}`,
  }
  const { headers: sent } = await timed('its file is read', () =>
    service.app.inject({ method: 'POST', url: '/staff/paper/import', headers, payload }),
  )
  const at = String(sent.location).replace(/\/columns$/, '')
  const { body: columns } = await timed('its columns are shown', () => staff.get(`${at}/columns`))
  await timed('its columns are chosen', () => staff.post(`${at}/columns`, { ...chosenIn(columns), stratum }))
  const { body: values } = await timed('its values are shown', () => staff.get(`${at}/values`))
  await timed('its values are chosen', () => staff.post(`${at}/values`, chosenIn(values)))
  await timed('it is tried', () => staff.get(`${at}/check`))
  const done = await timed('it is written', () => staff.post(`${at}/confirmation`))
  if (done.headers.location !== `${at}/done`) throw new Error('nothing was imported')
  await service.close()
  rmSync(folder, { recursive: true, force: true })
  return turns
}
