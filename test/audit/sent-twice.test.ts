import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setPassword, setSecondFactor } from '../../src/people/account-store.ts'
import { hashPassword } from '../../src/people/password.ts'
import type { Role } from '../../src/people/roles.ts'
import { rowsIn, runIn, valueIn } from '../support/rows.ts'
import { startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { addressOf, newWorld, placeOf, staffRoutes, type World } from '../support/staff-world.ts'

/*
 * Every form of staff that writes a deed is sent twice, with the same in it: what is done once stands once in the audit trail. Each that is
 * a deed anew with each press is named, with the reason.
 */
const password = 'fyra gröna hästar springer'
let passwordHash: string
beforeAll(async () => {
  passwordHash = await hashPassword(password, 'a test')
})

type Form = Record<string, string | string[]>
interface Sent {
  role?: Role
  form?: (world: World) => Form
  /** What has to stand there before. */
  before?: (world: World, me: string) => unknown
}

const sql = (text: string) => (world: World) => runIn(world.service.db, text)
const all =
  (...some: ((world: World) => unknown)[]) =>
  async (world: World) => {
    for (const one of some) await one(world)
  }
const enrolling = sql(
  `update rounds set state = 'enrolling', registration_opens_on = '2026-01-01', registration_closes_on = '2027-12-31', closes_on = '2027-12-31'`,
)
const registration = ({ own }: World): Form => ({
  [`at.${own.unitId}.addiction`]: '5',
  ...{ contactName: 'Kim Ek', contactEmail: 'kim@alingsas.se', boardName: 'Nämnden', boardContact: 'n@alingsas.se' },
  dpoContact: 'd@alingsas.se',
})
const withPasswordAndFactor = async ({ service }: World, id: string) => {
  await setPassword(service.db, id, passwordHash)
  await setSecondFactor(service.db, id, { totpSealed: Buffer.from('x'), totpStep: 0, recoveryTags: [Buffer.from('a')] })
}
const sentIn = sql(
  `insert into enrolments (round_id, municipality_code, state, submitted_on, contact_name, contact_email, contact_phone, note, board_name, board_contact)
   values ('2026', '1489', 'submitted', '2026-01-02', 'Kim', 'k@a.se', '', '', 'N', 'n@a.se')`,
)
/** Nothing has happened anywhere. */
const bare = async ({ service: { db } }: World) => {
  db.$client.pragma('foreign_keys = off')
  for (const table of ['invitations', 'batches', 'tablet_strata', 'tablets', 'paper_bundles'])
    await runIn(db, `delete from ${table}`)
  db.$client.pragma('foreign_keys = on')
}
/** Six are held, and a night has told of them. */
const held = async ({ own, service }: World) => {
  const hold = `insert into held_ballots (ballot_id, tablet_id, stratum_id, sealed, state) values (?, ?, ?, ?, 'held')`
  for (let at = 0; at < 6; at++)
    await runIn(service.db, hold, Buffer.alloc(16, at), own.tabletId, own.stratumId, Buffer.alloc(112))
  await runIn(service.db, `insert into told_numbers values ('2026', ?, 'held', 5, 9, 6)`, own.tabletId)
}

const once: Record<string, Sent> = {
  '/staff/rounds/:roundId/plan': {
    role: 'national',
    before: enrolling,
    form: ({ round }) => ({
      opensOn: '2027-03-01',
      closesOn: '2027-10-31',
      targetGroups: [...Object.keys(round.strata), 'addiction'],
    }),
  },
  '/staff/rounds/:roundId/languages': { role: 'national', before: enrolling, form: () => ({ languages: ['ar'] }) },
  '/staff/rounds/:roundId/enrolment': { role: 'national', before: sql("update rounds set state = 'draft'") },
  '/staff/rounds/:roundId/pause': { role: 'national' },
  '/staff/rounds/:roundId/pause-ending': { role: 'national', before: sql('update rounds set is_paused = 1') },
  '/staff/rounds/:roundId/extension': { role: 'national', form: () => ({ closesOn: '2027-11-30' }) },
  '/staff/enrolment': { before: enrolling, form: registration },
  '/staff/enrolment/abstention': {
    before: all(enrolling, bare),
  },
  '/staff/enrolments/:municipalityCode': { role: 'national', before: enrolling, form: registration },
  '/staff/enrolments/:municipalityCode/abstention': {
    role: 'national',
    before: all(enrolling, bare),
  },
  '/staff/enrolments/:municipalityCode/approval': {
    role: 'national',
    before: all(enrolling, sentIn),
  },
  '/staff/enrolments/marked/approvals': {
    role: 'national',
    before: all(enrolling, sentIn),
    form: () => ({ marked: ['1489', '1480'] }),
  },
  '/staff/enrolments/approvals': { role: 'national', before: all(enrolling, sentIn) },
  '/staff/units': { form: () => ({ name: 'Ny enhet' }) },
  '/staff/units/:unitId': { form: () => ({ name: 'Annat namn' }) },
  '/staff/units/groups': {
    before: enrolling,
    form: ({ own }) => ({ shown: `${own.unitId}:`, at: ['0.youth', '0.addiction', '0.guardian'] }),
  },
  '/staff/units/:unitId/groups': { before: enrolling, form: () => ({ groups: ['youth', 'addiction'] }) },
  '/staff/units/:unitId/merging': {
    before: bare,
    form: ({ beside }) => ({ into: beside.unitId }),
  },
  '/staff/units/:unitId/removal': { before: bare },
  '/staff/tablets/:tabletId/name': { form: () => ({ name: 'Köket' }) },
  '/staff/tablets/:tabletId/ending': { form: () => ({ how: 'revoked' }) },
  '/staff/tablets/:tabletId/held': { before: held, form: () => ({ how: 'discard' }) },
  '/staff/leftovers/:batchId': { form: () => ({ number: '0' }) },
  '/staff/leftovers/:batchId/posted': {},
  '/staff/leftovers/posted': { form: ({ own }) => ({ batch: own.batchId }) },
  '/staff/leftovers/counted': { form: ({ own }) => ({ batch: `${own.batchId}:2` }) },
  '/staff/people/several': { form: () => ({ people: 'ny@alingsas.se', role: 'viewer' }) },
  '/staff/people': { form: () => ({ name: 'Ny', email: 'ny@alingsas.se', role: 'viewer' }) },
  '/staff/people/:staffId': {
    form: ({ own }) => ({ name: 'Annat Namn', role: 'caseworker', units: [own.unitId] }),
  },
  '/staff/people/:staffId/ending': {},
  '/staff/people/:staffId/second-factor-removal': {
    before: (world) => withPasswordAndFactor(world, world.own.staffId),
  },
  '/staff/account': { form: () => ({ name: 'Annat Namn' }) },
  '/staff/account/second-factor/removal': {
    role: 'viewer',
    before: ({ service }, me) =>
      runIn(service.db, "update staff set password_hash = ?, totp_sealed = x'00' where id = ?", passwordHash, me),
    form: () => ({ current: password }),
  },
  '/staff/account/sessions/ending': {
    before: sql(
      `insert into sessions select randomblob(32), staff_id, is_complete, begun_at, seen_at, ends_at, device from sessions`,
    ),
    form: () => ({ session: 'others' }),
  },
  '/staff/paper/bundles/:bundleId/count': { form: () => ({ forms: '6', reason: 'counted' }) },
  '/staff/paper/bundles/:bundleId/removal': {},
}

/** Each press is a deed: something is sent, made, handed over or counted anew, or the form is gone when it was sent. */
const eachPress: Record<string, string> = {
  '/staff/sign-in': 'a session',
  '/staff/sign-out': 'the session is over',
  '/staff/set-up/:token': 'the link is used',
  '/staff/invitations/:token': 'the link is used',
  '/staff/second-factor': 'no number is good twice',
  '/staff/second-factor/set-up': 'new recovery codes',
  '/staff/account/password': 'a password',
  '/staff/people/:staffId/invitation': 'a link',
  '/staff/rounds': 'a key',
  '/staff/rounds/new/key': 'the key is gone',
  '/staff/rounds/new/key/ending': 'the key is gone',
  '/staff/rounds/:roundId/beginning': 'needs the key; refused once it collects',
  '/staff/rounds/:roundId/closing': 'needs the key; the urn is opened again',
  ...Object.fromEntries(
    ['proposal', 'approval', 'taking-back', 'withdrawal'].map((deed) => [
      `/staff/rounds/:roundId/results/${deed}`,
      'is refused the second time: test/results/releases.test.ts',
    ]),
  ),
  '/staff/rounds/:roundId/results/destruction/decision': 'a decision in place of another',
  '/staff/enrolments/reminders': 'mails',
  '/staff/enrolments/marked/reminders': 'mails',
  '/staff/units/copy': 'needs an earlier round; see test/organisation/units.test.ts',
  '/staff/units/imports/:importId': 'the file is gone',
  '/staff/tablets': 'a tablet',
  '/staff/tablets/:tabletId/pin': 'a PIN',
  '/staff/leftovers/undeliverable': 'counts what is new',
  '/staff/leftovers/undo': 'what was said is taken back',
  '/staff/enrolments/approvals/undo': 'what was approved is taken back',
  '/staff/enrolments/reminders/undo': 'what was noted is taken back',
  '/staff/rounds/last-day/undo': 'the last day is the one before',
  '/staff/rounds/plan/undo': 'the plan is the one before',
  '/staff/units/groups/undo': 'groups are as they were',
  '/staff/print': 'codes',
  '/staff/print/orders': 'codes; its form is good once',
  '/staff/print/jobs/:jobId/file': 'a file is handed over',
  '/staff/offer/:stratumId/code': 'a code; its form is good once',
  '/staff/offer/:stratumId/declined': 'a number; its form is good once',
  '/staff/offer/undo': 'a number taken back',
  '/staff/offer/:stratumId/paper': 'a number; its form is good once',
  '/staff/email/:stratumId/retry': 'counts what is tried again',
  '/staff/email/:stratumId/reminder': 'mails',
  '/staff/email/lists/:importId': 'the list is gone',
  '/staff/paper/bundles': 'its form is good once',
  '/staff/paper/bundles/:bundleId/finish': 'counts once',
  '/staff/paper/bundles/:bundleId/forms': 'a form',
  '/staff/paper/bundles/:bundleId/undo': 'a form taken back',
  '/staff/paper/tally': 'numbers; its form is good once',
  '/staff/paper/tally/undo': 'numbers taken back',
  ...Object.fromEntries(
    ['', '/publication', '/taking-back'].map((deed) => [
      `/staff/texts/:year/:kind/:language${deed}`,
      'needs a release: test/own-texts/writing.test.ts',
    ]),
  ),
  '/staff/paper/imports/:importId/confirmation': 'a file is imported once',
}

const routes = await staffRoutes()
const deeds = routes.filter(({ method, config }) => method === 'POST' && config.does)

test('every form that writes a deed is tried here, or said to be a deed with each press', () => {
  const left = deeds.map(({ url }) => url).filter((url) => !(url in once) && !(url in eachPress))
  expect(left).toEqual([])
  const urls = deeds.map(({ url }) => url)
  expect([...Object.keys(once), ...Object.keys(eachPress)].filter((url) => !urls.includes(url))).toEqual([])
})

describe('what is sent twice stands once in the audit trail:', () => {
  test.each(Object.entries(once))('%s', async (url, { role = 'coordinator', form = () => ({}), before }) => {
    const world = await newWorld()
    const browser = await staffBrowser(world.service, placeOf(role, world))
    if (before) await before(world, browser.id)
    const address = addressOf(url, world.own, url.includes('enrolments') ? 'coordinator' : role)
    const rows = () => rowsIn(world.service.db, 'select action, subject, number from audit')
    const first = await browser.post(address, form(world))
    expect(first.statusCode, first.body).toBeLessThan(400)
    expect(await rows()).toHaveLength(1)
    await browser.post(address, form(world))
    expect(await rows()).toHaveLength(1)
    await world.service.close()
  })
})

describe('asked for with HEAD, nothing is handed over and no deed is written:', () => {
  const handing = routes.filter(({ method, config }) => method === 'GET' && config.does)
  let world: World
  beforeAll(async () => {
    world = await newWorld(await startService())
  })
  afterAll(() => world.service.close())
  test.each(handing)('$url', async ({ url, config }) => {
    const role = config.may === 'print paper forms' ? 'coordinator' : 'national'
    const browser = await staffBrowser(world.service, placeOf(role, world))
    const cookie = `staff=${browser.jar.get('staff')}`
    const asked = url.replaceAll(/:\w+\(\^\\d\{4\}\$\)/g, '1489')
    const { statusCode, headers } = await world.service.app.inject({ method: 'HEAD', url: asked, headers: { cookie } })
    expect([statusCode, headers.allow]).toEqual([405, 'GET'])
    expect(await valueIn(world.service.db, 'select count(*) from audit')).toBe(0)
  })
})
