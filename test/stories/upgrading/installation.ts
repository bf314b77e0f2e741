import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SQLite } from '../../../src/database/sqlite.ts'
import { type Installation, install } from '../production/installation.ts'

interface VisitBefore {
  visit: string
  cookies: Record<string, string>
}

/** What people had in their hands when the version before was stopped: `npx tsx scripts/older.ts` has made it. */
export interface Before {
  keys: Record<string, string>
  roundKey: string
  codes: { used: string[]; begun: string; begunLong: string; unused: string[] }
  /** One that is over by now, and one that is not. */
  visits: { over: VisitBefore; open: VisitBefore }
  strata: Record<'economic_assistance' | 'guardian' | 'youth', string>
  tablet: { undelivered: { authorization: string; body: string } }
  /** Where a bundle of five paper forms is entered, of which four are. */
  bundle: string
  /** Who is invited by email and has not been written to. */
  addresses: string[]
  password: string
  staff: { admin: { email: string; secret: string; recoveryCodes: string[] }; coordinator: string }
}

const read = (name: string) => readFileSync(new URL(`before/${name}`, import.meta.url), 'utf8')

export const before: Before = JSON.parse(read('installation.json'))

/** A machine on which the version before has run, and which has the program of today. */
export async function installOver(smtpUrl: string): Promise<Installation & { url: string }> {
  const machine = await install(smtpUrl)
  const url = `http://127.0.0.1:${machine.port}`
  const { DATA_DIR, KEY_DIR } = machine.settings as { DATA_DIR: string; KEY_DIR: string }
  Object.assign(machine.settings, { PUBLIC_URL: url, TRUSTED_PROXIES: '' })
  mkdirSync(DATA_DIR)
  mkdirSync(KEY_DIR, { mode: 0o700 })
  for (const [name, text] of Object.entries(before.keys)) writeFileSync(join(KEY_DIR, name), text, { mode: 0o600 })
  writeFileSync(machine.path('usb1/2026.key'), before.roundKey)
  for (const name of ['brukarsvar', 'mail']) {
    const file = new SQLite(join(DATA_DIR, `${name}.sqlite`))
    file.pragma('foreign_keys = off')
    file.exec(`begin; ${read(`${name}.sql`)} commit`)
    file.close()
    chmodSync(join(DATA_DIR, `${name}.sqlite`), 0o644) // as that version made it
  }
  return Object.assign(machine, { url })
}

/** How many ballots are in the urn, which no page and no command tells. */
export function countUrn({ settings }: Installation): number {
  const db = new SQLite(join(settings.DATA_DIR!, 'brukarsvar.sqlite'), { readonly: true })
  try {
    return db.prepare('select count(*) from urn').pluck().get() as number
  } finally {
    db.close()
  }
}
