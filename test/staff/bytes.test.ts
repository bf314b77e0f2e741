import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { runIn } from '../support/rows.ts'
import { makeEnrolment } from '../support/service.ts'
import { newStaff } from '../support/staff.ts'
import { readerOf, staffPages } from '../support/staff-pages.ts'
import { addressOf, newWorld, placeOf, type World } from '../support/staff-world.ts'

/** So many bytes a page has at most, as it goes to a browser: packed. Unpacked it may have so many, which only a browser's memory meets. */
const most = { packed: 30_000, unpacked: 400_000 }

/** Forty units with all groups, a print and a tablet at each, a hundred accounts, 290 registrations, and two rounds of days. */
async function fill({ service, roundId }: World): Promise<void> {
  const { db, keys, clock } = service
  for (let number = 0; number < 40; number++) {
    const unit = await addUnit(db, { municipalityCode: '1489', name: `Enheten för vuxna nummer ${number}` })
    await addStrata(db, roundId, unit.id, [...targetGroups])
    const [stratum] = await listStrata(db, roundId, { municipalityCode: '1489', unitIds: [unit.id] })
    const print = { stratumId: stratum!.id, channel: 'letter', count: 2, drawn: false, issuedOn: '2026-09-10' } as const
    await issueCodes(db, keys.codePepper, print)
    await makeEnrolment(db, stratum!.id, clock.now)
    await newStaff(service, { role: 'caseworker', municipalityCode: '1489', unitIds: [unit.id] })
    await newStaff(service, { role: 'coordinator', municipalityCode: '1489' })
  }
  await runIn(
    db,
    `insert into enrolments (round_id, municipality_code, state, submitted_on, contact_name, contact_email)
     select ?, code, 'submitted', '2026-04-01', 'Kim Ek i ' || name, 'kim.ek' || code || '@example.se' from municipalities where true
     on conflict do nothing`,
    roundId,
  )
  for (const place of ['nation', '1489'])
    for (let day = 1; day <= 60; day++)
      await runIn(
        db,
        'insert into fieldwork_days values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        ...[roundId, new Date(Date.UTC(2026, 7, 15 + day)).toISOString().slice(0, 10), place],
        ...[100, 100, 30 + (day % 20), 34 + (day % 20), 3000, 3400],
      )
}

describe('with a full house', () => {
  let world: World
  beforeAll(async () => {
    world = await newWorld()
    await fill(world)
  })
  afterAll(() => world.service.close())

  test.each(staffPages)('$url is sent in less than 30 kB, packed as browsers get it', async ({ url, config }) => {
    const role = readerOf(config.may)
    const { token } = await newStaff(world.service, placeOf(role, world))
    const asked = url.endsWith('/merging') ? `?into=${world.beside.unitId}` : ''
    const { rawPayload, headers } = await world.service.app.inject({
      url: addressOf(url, world.own, role) + asked,
      headers: { cookie: `staff=${token}`, 'accept-encoding': 'gzip, deflate, br' },
    })
    expect(rawPayload.length, 'packed').toBeLessThan(most.packed)
    const isPacked = headers['content-encoding'] === 'gzip'
    const unpacked = isPacked ? gunzipSync(rawPayload).length : rawPayload.length
    expect(unpacked, 'unpacked').toBeLessThan(most.unpacked)
  })
})
