import { afterEach, expect, test } from 'vitest'
import { queueInvitations } from '../../src/mail/queueing.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { wordsOf } from '../anonymity/asked.ts'
import { valueIn } from '../support/rows.ts'
import { browse } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { openPostOffice, type PostOffice, wayOutIn } from './post-office.ts'

/** That somebody opted out says that social services invited them: of other municipalities nobody is told, and nobody is written to either. */

const settings = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'Undersökningen <svar@kommun.example>' }
const anna = 'anna@example.org'
let offices: PostOffice[] = []
afterEach(async () => {
  for (const post of offices) await post.close()
  offices = []
})

/** Anna was invited in Alingsås and has opted out, or was not; then somebody in Göteborg gives her address. */
async function world({ hasOptedOut }: { hasOptedOut: boolean }) {
  const post = await openPostOffice({ settings })
  offices.push(post)
  const { db } = post.service
  const { id: unitId } = await addUnit(db, { municipalityCode: '1480', name: 'Centrum' })
  await addStrata(db, post.round.id, unitId, ['youth'])
  const [stratum] = await listStrata(db, post.round.id, { unitIds: [unitId] })
  const asker = await staffBrowser(post.service, { role: 'coordinator', municipalityCode: '1480', language: 'en' })
  await post.invite([hasOptedOut ? anna : 'bo@example.org'])
  await post.deliver()
  await browse(post.service.app).post(wayOutIn(post.server.received[0]!.text))
  return { post, asker, stratumId: stratum!.id }
}

async function ask({ post, asker, stratumId }: Awaited<ReturnType<typeof world>>) {
  const said: string[] = []
  const look = async (url: string) => said.push(wordsOf((await asker.get(url)).body))
  const readAll = async () => {
    for (const url of ['', `/${stratumId}`]) await look(`/staff/email${url}`)
    await look('/staff/fieldwork')
  }
  const given = await asker.post(`/staff/email/${stratumId}/new`, { addresses: anna.toUpperCase(), language: 'sv' })
  await look(given.headers.location!)
  const queued = await asker.post(given.headers.location!)
  await look(queued.headers.location!)
  await readAll()
  await post.deliver()
  await readAll()
  await asker.post(`/staff/email/${stratumId}/reminder`)
  await readAll()
  await post.deliver()
  await readAll()
  return { said, mails: post.server.received.slice(1).map(({ to }) => to) }
}

test('whoever gives the address of a person who opted out elsewhere reads what they would of anybody', async () => {
  const [no, unknown] = [await ask(await world({ hasOptedOut: true })), await ask(await world({ hasOptedOut: false }))]
  expect(no.said).toEqual(unknown.said)
  expect(unknown.mails.length).toBeGreaterThan(0)
  expect(no.mails).toEqual([])
})

test('while no mail leaves it waits, as a mail would', async () => {
  const { post, stratumId } = await world({ hasOptedOut: true })
  const { office } = post
  await queueInvitations(office, { stratumId, language: 'sv', addresses: [anna], now: post.service.clock.now })
  const now = post.service.clock.now
  office.server.outage = { problem: { trouble: 'other' }, since: now, nextTry: now }
  const stateOf = () => valueIn(office.mailDb, 'select state from recipients where stratum_id = ?', stratumId)
  await post.deliver()
  expect(await stateOf()).toBe('queued')
  office.server.outage = undefined
  post.wait(1)
  await post.deliver()
  expect(await stateOf()).toBe('accepted')
  expect(post.server.received).toHaveLength(1)
})
