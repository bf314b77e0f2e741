import type { RouteOptions } from 'fastify'
import { afterAll, describe, expect, test } from 'vitest'
import { issueCodes } from '../../src/invitation/store.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { type Action, may, type Role, roles } from '../../src/staff/roles.ts'
import { makeEnrolment, openRound, type Service, startService } from '../support/service.ts'
import { newStaff, type StaffOptions, staffBrowser } from '../support/staff.ts'

/** Two units of Alingsås and one of Göteborg, each with all that an address can name. */
async function newWorld() {
  const service = await startService()
  const round = await openRound(service.db, { unit: 'Vuxenenheten' })
  const places = [
    { municipalityCode: '1489', unit: 'Vuxenenheten' },
    { municipalityCode: '1489', unit: 'Enheten för barn och unga' },
    { municipalityCode: '1480', unit: 'Centrum' },
  ]
  const [own, beside, foreign] = await Promise.all(places.map((place) => furnish(service, round.id, place)))
  return { service, roundId: round.id, own: own!, beside: beside!, foreign: foreign! }
}

type World = Awaited<ReturnType<typeof newWorld>>
type Place = Awaited<ReturnType<typeof furnish>>

async function furnish(
  { db, keys, clock }: Service,
  roundId: string,
  place: { municipalityCode: string; unit: string },
) {
  const { municipalityCode } = place
  const unit = await addUnit(db, { municipalityCode, name: place.unit })
  await addStrata(db, roundId, unit.id, ['addiction'])
  const stratumId = (await listStrata(db, roundId, { municipalityCode, unitIds: [unit.id] }))[0]!.id
  const batch = await issueCodes(db, keys.codePepper, { stratumId, channel: 'letter', count: 3, drawn: false })
  const tabletId = await makeEnrolment(db, stratumId, clock.now)
  const { id: staffId } = await newStaff({ db, clock }, { role: 'caseworker', municipalityCode, unitIds: [unit.id] })
  const { id: coordinatorId } = await newStaff({ db, clock }, { role: 'coordinator', municipalityCode })
  const bundleId = `bundle-${unit.id}`
  db.$client
    .prepare('insert into paper_bundles (id, stratum_id, staff_id, forms) values (?, ?, ?, 5)')
    .run(bundleId, stratumId, coordinatorId)
  return {
    roundId,
    municipalityCode,
    unitId: unit.id,
    stratumId,
    batchId: batch.batchId,
    tabletId,
    staffId,
    coordinatorId,
    bundleId,
  }
}

/** Every route under /staff, as the service itself has it. */
async function staffRoutes() {
  const found: RouteOptions[] = []
  const service = await startService({ eachRoute: (route) => void found.push(route) })
  await service.close()
  return found
    .filter(({ url, method }) => /^\/staff(\/|$)/.test(url) && method !== 'HEAD')
    .map(({ url, method, config = {} }) => ({ url, method: method as 'GET' | 'POST', config }))
}

const routes = await staffRoutes()

/** What is made in memory, for one session: nobody else's is found, and neither is one of a test. */
const isOfMemory = (url: string) => /:(jobId|importId|ceremonyId)/.test(url)
/** What belongs to a place; the round belongs to everybody who may see it. */
const isOfPlace = (url: string) => /:(municipalityCode|unitId|stratumId|batchId|tabletId|staffId|bundleId)/.test(url)

function addressOf(url: string, place: Place, role: Role): string {
  return url.replace(/:(\w+)/g, (_, name: string) => {
    if (name === 'staffId') return role === 'national' ? place.coordinatorId : place.staffId
    if (name === 'token') return 'A'.repeat(43)
    return encodeURIComponent((place as Record<string, string>)[name] ?? 'none')
  })
}

const placeOf = (role: Role, world: World): StaffOptions =>
  role === 'national' ? { role } : { role, municipalityCode: '1489', unitIds: [world.own.unitId] }

/** What only looks, or is refused, shares one world; what may change something has its own. */
const shared = await newWorld()
afterAll(() => shared.service.close())

async function ask(role: Role, { url, method, config }: (typeof routes)[number], which: 'own' | 'beside' | 'foreign') {
  const isChange = method === 'POST' && may(role, config.may as Action)
  const world = isChange ? await newWorld() : shared
  const browser = await staffBrowser(world.service, placeOf(role, world))
  const address = addressOf(url, world[which], role)
  const response = method === 'POST' ? await browser.post(address) : await browser.get(address)
  if (isChange) await world.service.close()
  return response
}

test('there are routes to walk, and each says who may ask it', () => {
  expect(routes.length).toBeGreaterThan(60)
  for (const { url, config } of routes) expect(config.isOpen === true || config.may !== undefined, url).toBe(true)
})

describe.each(roles)('%s', (role) => {
  test.each(routes.filter(({ config }) => !config.isOpen))('$method $url', async (route) => {
    const { url, config } = route
    const own = await ask(role, route, 'own')
    if (!may(role, config.may as Action)) {
      expect(own.statusCode).toBe(403)
      return
    }
    expect(own.statusCode, own.body).toBeLessThan(500)
    expect(own.statusCode, own.body).not.toBe(403)
    expect(own.headers.location ?? '').not.toContain('/staff/sign-in?')
    if (!isOfMemory(url)) expect(own.statusCode, own.body).not.toBe(404)
    if (!isOfPlace(url) || role === 'national') return

    expect((await ask(role, route, 'foreign')).statusCode).toBe(404)
    if ((role === 'caseworker' || role === 'host') && /:(unitId|stratumId|batchId|bundleId)/.test(url))
      expect((await ask(role, route, 'beside')).statusCode).toBe(404)
  })
})

describe('somebody who is not signed in', () => {
  test.each(routes)('$method $url', async ({ url, method, config }) => {
    const address = addressOf(url, shared.own, 'coordinator')
    const response = await shared.service.app.inject({ method, url: address })
    if (config.isOpen) expect(response.statusCode).toBeLessThan(500)
    else expect([response.statusCode, response.headers.location?.split('?')[0]]).toEqual([303, '/staff/sign-in'])
  })
})

describe('somebody whose second factor is still to be given', () => {
  test.each(routes.filter(({ config }) => !config.isOpen && !config.isHalfway))(
    '$method $url',
    async ({ url, method }) => {
      const browser = await staffBrowser(shared.service, { ...placeOf('coordinator', shared), isComplete: false })
      const address = addressOf(url, shared.own, 'coordinator')
      const response = method === 'POST' ? await browser.post(address) : await browser.get(address)
      expect(response.headers.location).toBe('/staff/second-factor')
    },
  )
})
