import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backupDatabase } from '../../src/database/backup.ts'
import { openMailDatabase } from '../../src/database/mail-connection.ts'
import { SQLite } from '../../src/database/sqlite.ts'
import { makeLog } from '../../src/log/log.ts'
import { planReminder, queueStaffMail } from '../../src/mail/queueing.ts'
import { forgetAddresses } from '../../src/mail/store.ts'
import { codeIn, openPostOffice, type PostOffice, people } from '../mail/post-office.ts'
import { rowsIn, valuesIn } from '../support/rows.ts'
import { tracesOf } from './traces.ts'

let folder: string
let post: PostOffice
let lines: string
const open = async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-mail-'))
  lines = ''
  const stream = new Writable({
    write(line, _encoding, done) {
      lines += line
      done()
    },
  })
  const log = makeLog('trace', stream)
  post = await openPostOffice({ file: join(folder, 'brukarsvar.sqlite'), log })
}
beforeEach(open)
afterEach(async () => {
  await post.close()
  rmSync(folder, { recursive: true })
})

const word = () => randomBytes(8).toString('hex')
const mailFile = () => join(folder, 'mail.sqlite')

/** Every row of the second file as a thief reads it, by the id of the row. */
function rowsOf(copy: Buffer) {
  const db = new SQLite(copy)
  const all = ['recipients', 'outbox', 'reminders'].flatMap((table) =>
    (db.prepare(`select * from ${table}`).all() as Record<string, unknown>[]).map((row) => ({ table, ...row })),
  )
  db.close()
  return all as ({ table: string; id: string; sealed: Buffer | null } & Record<string, unknown>)[]
}

const plan = () =>
  planReminder(post.office, { stratumId: post.round.strata.economic_assistance, now: post.service.clock.now })

/** What SQLite counts up at each transaction that changes the file. */
const changesOf = (copy: Buffer) => copy.readUInt32BE(24)

/**
 * Reminds 24 people of whom some have answered, with a copy of the second file after every mail. Of every four addresses one is
 * refused for good and one deferred, in each world the same.
 */
async function remindWhere(answering: number) {
  await post.close()
  rmSync(folder, { recursive: true })
  await open()
  await post.invite(people(24))
  await post.deliver()
  const mails = post.server.received.splice(0).sort((one, other) => one.to.localeCompare(other.to))
  const before = readFileSync(mailFile())
  for (const { text } of mails.slice(0, answering)) await post.answer(text)
  expect(readFileSync(mailFile()).equals(before)).toBe(true) // answering leaves nothing there

  await plan()
  const copies = [readFileSync(mailFile())]
  let isBusy = true
  const kindOf = (address: string) => Number(/\d+/.exec(address)![0]) % 4
  post.server.says.toRecipient = (address) => {
    if (kindOf(address) === 0) return [550, '5.1.1 unknown']
    return isBusy && kindOf(address) === 1 ? [451, '4.2.1 busy'] : undefined
  }
  for (const tries of [24, 6, 1]) {
    for (let nth = 0; nth < tries; nth++) {
      await post.deliver({ limit: 1 })
      copies.push(readFileSync(mailFile()))
    }
    isBusy = false
    post.wait(1)
  }

  const runs = copies.flatMap((copy) => rowsOf(copy).filter(({ table }) => table === 'outbox'))
  const recipients = rowsOf(copies.at(-1)!).filter(({ table }) => table === 'recipients')
  const numberOf = (state: string) => recipients.filter((row) => row.state === state).length
  return {
    reached: post.server.received.map(({ to }) => to).sort(),
    changes: changesOf(copies.at(-1)!) - changesOf(before),
    grown: copies.map(({ length }) => length - copies[0]!.length),
    runs: runs.map(({ sealed, attempts, state }) => [sealed!.length, attempts, state]),
    states: { accepted: numberOf('accepted'), bounced: numberOf('bounced') },
    log: lines.replaceAll(/"time":"[^"]*"|"time":\d+/g, ''),
  }
}

describe('a thief with both files, and copies of them, without the key folder', () => {
  test('cannot tell who has answered from a reminder: nothing of it differs where others have', async () => {
    const worlds = [await remindWhere(0), await remindWhere(12), await remindWhere(24)]
    for (const world of worlds) expect(world).toEqual(worlds[0])
    expect(worlds[0]!.reached).toHaveLength(18)
    expect(worlds[0]!.states).toEqual({ accepted: 18, bounced: 6 })
  })

  test('reads no address, no code and no words of a mail', async () => {
    const canary = { person: `${word()}@${word()}.example`, staff: `${word()}@${word()}.example`, words: word() }
    await post.invite([canary.person], { language: 'ti' })
    await queueStaffMail(post.office, { to: canary.staff, subject: canary.words, text: canary.words }, new Date(0))
    expect(tracesOf(canary, folder)).toEqual([])
    expect(lines).not.toMatch(new RegExp(Object.values(canary).join('|')))

    post.server.says.toRecipient = () => [451, `4.7.1 ${canary.person} is greylisted`]
    await post.deliver()
    post.server.says.toRecipient = () => undefined
    post.wait(1)
    await post.deliver()
    const { text } = post.server.received.find(({ to }) => to === canary.person)!
    await plan()
    const path = /\/ti\/stop\/\S+/.exec(text)![0]
    await post.service.app.inject(path)
    backupDatabase(post.service.db, join(folder, 'backup.sqlite'))
    const all = { ...canary, code: codeIn(text), token: path.split('/').at(-1)! }
    expect(tracesOf(all, folder)).toEqual([])
    for (const what of Object.values(all)) expect(lines).not.toContain(what)

    writeFileSync(join(folder, 'naive'), canary.person) // the search would find it
    expect(tracesOf(all, folder)).not.toEqual([])
  })

  test('finds all sealed rows of one length, however long an address is', async () => {
    await post.invite(['a@b.se', `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.example.org`])
    const recipients = rowsOf(readFileSync(mailFile())).filter(({ table }) => table === 'recipients')
    expect(new Set(recipients.map(({ sealed }) => sealed!.length)).size).toBe(1)
  })

  test('finds nothing of what was deleted when the round has closed, not even a row that cannot be read', async () => {
    await post.invite(Array.from({ length: 30 }, () => `${word()}@example.org`))
    await post.deliver({ limit: 20 })
    await plan()
    const rows = rowsOf(readFileSync(mailFile())).filter(({ table }) => table !== 'reminders')
    const left = Object.fromEntries(
      rows.flatMap(({ id, sealed }) => [[id, id], ...(sealed ? [[`sealed ${id}`, sealed.subarray(0, 24)]] : [])]),
    )
    expect(tracesOf(left, folder).length).toBeGreaterThan(30)
    await forgetAddresses(post.office.mailDb, post.round.id)
    expect(rowsOf(readFileSync(mailFile()))).toEqual([])
    expect(tracesOf(left, folder)).toEqual([])
  })
})

describe('the second file', () => {
  test('has only the columns that are listed here, in strict tables without row ids', async () => {
    const db = openMailDatabase(':memory:')
    const tables = await rowsIn(
      db,
      `select name, strict, wr from pragma_table_list where schema = 'main' and name not like '%\\_%' escape '\\' order by name`,
    )
    expect(tables).toEqual(
      ['announcements', 'outbox', 'recipients', 'reminders'].map((name) => ({ name, strict: 1, wr: 1 })),
    )
    const columns = (table: string) => valuesIn(db, `select name from pragma_table_xinfo(?)`, table)
    expect(await columns('recipients')).toEqual(['id', 'round_id', 'stratum_id', 'address_tag', 'sealed', 'state'])
    expect(await columns('announcements')).toEqual(['round_id', 'number', 'kind', 'since'])
    expect(await columns('outbox')).toEqual([
      'id',
      'kind',
      'round_id',
      'about',
      'sealed',
      'attempts',
      'next_attempt_at',
      'state',
    ])
    expect(await columns('reminders')).toEqual(['stratum_id', 'number', 'round_id', 'planned_on'])
    db.$client.close()
  })

  test('is in no backup', async () => {
    await post.invite([`${word()}@example.org`])
    mkdirSync(join(folder, 'away'))
    backupDatabase(post.service.db, join(folder, 'away', 'backup.sqlite'))
    const backup = new SQLite(join(folder, 'away', 'backup.sqlite'))
    const names = backup.prepare('select name from sqlite_schema').pluck().all()
    expect(names).not.toContain('recipients')
    expect(names).not.toContain('outbox')
    backup.close()
  })
})
