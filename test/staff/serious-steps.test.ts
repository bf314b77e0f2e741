import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { addStrata, addUnit } from '../../src/organisation/store.ts'
import { runIn } from '../support/rows.ts'
import { makeEnrolment, openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
beforeEach(async () => {
  service = await startService()
  round = await openRound(service.db)
})
afterEach(() => service.close())

/** The sentences of a page that say what a step does. */
const consequences = (body: string) =>
  [...body.matchAll(/<li>([^<]+)<\/li>/g)].map(([, sentence]) => sentence!.replaceAll('&#34;', '"'))

const print = (count: number) => {
  const batch = { stratumId: round.strata.addiction, channel: 'letter', count, drawn: false } as const
  return issueCodes(service.db, service.keys.codePepper, batch)
}

/** Accounts that somebody has come into. */
const come = () => runIn(service.db, "update staff set password_hash = 'set'")

describe('the close of a collection says in numbers', () => {
  const asked = async () => {
    const admin = await staffBrowser(service, { role: 'national' })
    return consequences((await admin.get(`/staff/rounds/${round.id}/closing`)).body)
  }

  test('how many codes stop working, how many tablets are in use, and how many addresses are deleted', async () => {
    await print(1200)
    await makeEnrolment(service.db, round.strata.youth, service.clock.now)
    await runIn(service.db, "update tablets set state = 'active'")
    const add = (id: string, address: string, sealed: Buffer | null) =>
      runIn(
        service.mailDb,
        'insert into recipients (id, round_id, stratum_id, address_tag, sealed, state) values (?, ?, ?, ?, ?, ?)',
        ...[id, round.id, round.strata.youth, Buffer.from(address), sealed, sealed ? 'accepted' : 'opted_out'],
      )
    await add('a', 'ada', Buffer.from('x'))
    await add('b', 'bo', Buffer.from('x'))
    await add('c', 'cia', null)
    const said = await asked()
    expect(said).toContain(
      'Ingen kan svara längre. Alla 1\u00a0200 koder som har skapats slutar gälla, även de som aldrig delades ut.',
    )
    expect(said.join(' ')).toContain('1 surfplatta är i bruk.')
    expect(said).toContain('2 e-postadresser till inbjudna raderas.')
  })

  test('and where there is nothing of them, or the file of mail cannot be read, says so', async () => {
    expect(await asked()).toContain('Ingen kan svara längre. Inga koder har skapats.')
    expect((await asked()).join(' ')).not.toContain('e-postadress')
    await service.close()
    service = await startService({ isMailOff: true })
    round = await openRound(service.db)
    expect(await asked()).toContain('Alla e-postadresser till inbjudna raderas.')
  })
})

describe('the end of an account says in numbers', () => {
  const asked = async (by: { get: (url: string) => Promise<{ body: string }> }, id: string) =>
    consequences((await by.get(`/staff/people/${id}/ending`)).body)

  test('at how many units somebody works, and at how many of them nobody is left', async () => {
    const [one, other] = [
      await addUnit(service.db, { municipalityCode: '1489', name: 'Norr' }),
      await addUnit(service.db, { municipalityCode: '1489', name: 'Söder' }),
    ]
    const leaving = await newStaff(service, { role: 'caseworker', unitIds: [one.id, other.id] })
    const coordinator = await staffBrowser(service, { role: 'coordinator' })
    await newStaff(service, { role: 'host', unitIds: [one.id] })
    const said = async () => (await asked(coordinator, leaving.id))[1]
    expect(await said(), 'who was invited and has not come is nobody').toBe(
      'Kim caseworker arbetar på 2 enheter. På 2 enheter finns sedan ingen handläggare eller värd.',
    )
    await come()
    expect(await said()).toContain('På 1 enhet finns sedan')
    await newStaff(service, { role: 'caseworker', unitIds: [other.id] })
    await come()
    expect(await said()).toContain('Där finns andra handläggare eller värdar kvar.')
  })

  test('how many coordinators or administrators there are without them', async () => {
    const admin = await staffBrowser(service, { role: 'national' })
    const [leaving, colleague] = [
      await newStaff(service, { role: 'coordinator' }),
      await newStaff(service, { role: 'national' }),
    ]
    await newStaff(service, { role: 'coordinator', municipalityCode: '1480' })
    await come()
    expect(await asked(admin, leaving.id)).toContain('Kommunen har sedan ingen samordnare.')
    await newStaff(service, { role: 'coordinator' })
    await come()
    expect(await asked(admin, leaving.id)).toContain('Kommunen har sedan 1 samordnare.')
    expect(await asked(admin, colleague.id)).toContain('Det finns sedan 1 nationell administratör.')
  })
})

test('a tablet that is taken out of use: for how many groups it is, and how many others are left there', async () => {
  const coordinator = await staffBrowser(service, { role: 'coordinator' })
  const id = await makeEnrolment(service.db, round.strata.youth, service.clock.now)
  const said = async () => consequences((await coordinator.get(`/staff/tablets/${id}/ending`)).body)
  expect(await said()).toContain('Ingen kan svara på den längre på Enheten. Den används för 1 målgrupp.')
  expect(await said()).toContain('Ingen annan surfplatta är i bruk på Enheten.')
  await makeEnrolment(service.db, round.strata.guardian, service.clock.now)
  await runIn(service.db, "update tablets set state = 'active'")
  expect(await said()).toContain('1 annan surfplatta är i bruk på Enheten.')
})

describe('a registration that is withdrawn', () => {
  const asked = async () => {
    const admin = await staffBrowser(service, { role: 'national' })
    return (await admin.get('/staff/enrolments/1489/abstention')).body
  }
  beforeEach(() =>
    runIn(
      service.db,
      `insert into enrolments (round_id, municipality_code, state, submitted_on) values ('${round.id}', '1489', 'approved', '2026-04-01')`,
    ),
  )

  test('says how many groups and units go', async () => {
    const { id } = await addUnit(service.db, { municipalityCode: '1489', name: 'Norr' })
    await addStrata(service.db, round.id, id, ['youth'])
    const body = await asked()
    expect(consequences(body)[0]).toBe('Alingsås tas bort ur omgången, med 6 målgrupper. Enheter: 2.')
    expect(consequences(body)[1]).toContain('Inga koder är skapade och ingen surfplatta är ansluten.')
    expect(body).toContain('class="last"')
  })

  test('says why it cannot be, with how many codes and tablets there are, and has no button', async () => {
    await print(30)
    await makeEnrolment(service.db, round.strata.youth, service.clock.now)
    const body = await asked()
    expect(consequences(body)).toEqual([
      'Någon har redan erbjudits enkäten där, eller så är något förberett. Därför går anmälan inte att dra tillbaka.',
      'Skapade koder: 30. Surfplattor: 1.',
    ])
    expect(body).not.toContain('action="/staff/enrolments/1489/abstention"')
  })
})
