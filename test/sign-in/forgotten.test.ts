import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as letItWork } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { setPassword } from '../../src/people/account-store.ts'
import { endAccount } from '../../src/people/store.ts'
import { openPostOffice } from '../mail/post-office.ts'
import { type DatabaseWork, watchWork } from '../support/database-work.ts'
import { runIn } from '../support/rows.ts'
import { browse, type Service } from '../support/service.ts'
import { newStaff } from '../support/staff.ts'

const settings = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'Undersökningen <svar@kommun.example>' }

/** Whoever asks for a new password: the address of an account that gets one, and all of those that get none. */
async function makeAskers({ db, app, mailDb }: Service) {
  const make = async (name = 'Kim') => newStaff({ db, clock: { now: new Date() } }, { role: 'viewer', name })
  const known = await make('Maximiliana Alexandra '.repeat(8))
  const [fresh, closed, often] = [await make(), await make(), await make()]
  for (const { id } of [known, closed, often]) await setPassword(db, id, 'a hash')
  await endAccount(db, closed.id, '2026-09-14')
  for (let times = 0; times < 3; times++) await ask(app, often.email)
  await runIn(mailDb, 'delete from outbox')
  return { known, 'nobody’s': { email: 'n@example.se' }, 'without a password': fresh, closed, 'asked for often': often }
}

/** Asks for a new password, and lets the while pass in which nothing is done. What the visitor got. */
async function ask(app: Service['app'], email: string) {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const { statusCode, headers, body } = await browse(app).post('/staff/forgotten', { email })
  vi.advanceTimersByTime(10_000)
  vi.useRealTimers()
  for (let turns = 0; turns < 50; turns++) await letItWork() // nothing in it waits for anything but the disk
  return { statusCode, headers: { ...headers, date: '' }, body: body.replaceAll(email, '') }
}

interface Case {
  settings: Record<string, string>
  isMailOff?: boolean
  isMailReadOnly?: boolean
}

/** What each asker got, and what was done for it in both databases until its mail had left. */
async function watchAskers({ isMailReadOnly, ...options }: Case) {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  const post = await openPostOffice({ ...options, file: join(folder, 'brukarsvar.sqlite') })
  const { app, db, mailDb } = post.service
  const askers = Object.entries(await makeAskers(post.service))
  mailDb.$client.pragma(`query_only = ${isMailReadOnly ?? false}`)
  const workSince = watchWork([db.$client, mailDb.$client])
  const seen: Record<string, { got: unknown; work: DatabaseWork }> = {}
  for (const [asker, { email }] of askers) {
    const got = await ask(app, email)
    await post.deliver()
    seen[asker] = { got, work: workSince() }
  }
  const { received } = post.server
  await post.close()
  rmSync(folder, { recursive: true })
  return { seen, received }
}

describe('a forgotten password is the same work for every address, to the last page written', () => {
  test.each<[string, Case, { mails: number; commits: number }]>([
    ['with mail', { settings }, { mails: 1, commits: 3 }], // the link, the mail, and that it has left
    ['while nothing can be written to the mail file', { settings, isMailReadOnly: true }, { mails: 0, commits: 1 }],
    ['with a mail file that cannot be used', { settings, isMailOff: true }, { mails: 0, commits: 0 }],
    ['without a mail server', { settings: {} }, { mails: 0, commits: 0 }],
  ])('%s', async (_, options, { mails, commits }) => {
    const { seen, received } = await watchAskers(options)

    for (const [asker, its] of Object.entries(seen)) expect(its, asker).toEqual(seen.known)
    expect(seen.known!.work.commits).toBe(commits)
    expect(received.length).toBe(mails)
  })
})
