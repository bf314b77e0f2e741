import { afterAll, describe, expect, test } from 'vitest'
import { type Action, may, type Role, roles } from '../../src/people/roles.ts'
import { staffBrowser } from '../support/staff.ts'
import {
  addressOf,
  isOfMemory,
  isOfPlace,
  isOfRelease,
  newWorld,
  placeOf,
  staffRoutes,
} from '../support/staff-world.ts'

const routes = await staffRoutes()

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

const whoToAsk: Record<Role, string> = {
  ...{ national: '', coordinator: 'Fråga den nationella' },
  ...{ caseworker: 'Fråga din samordnare', host: 'Fråga din samordnare', viewer: 'Fråga din samordnare' },
}

describe.each(roles)('%s', (role) => {
  test.each(routes.filter(({ config }) => !config.isOpen))('$method $url', async (route) => {
    const { url, config } = route
    const own = await ask(role, route, 'own')
    if (!may(role, config.may as Action)) {
      expect(own.statusCode).toBe(403)
      expect(/Fråga (din|den) \w+/.exec(own.body)?.[0] ?? '').toBe(whoToAsk[role])
      return
    }
    expect(own.statusCode, own.body).toBeLessThan(500)
    expect(own.statusCode, own.body).not.toBe(403)
    expect(own.headers.location ?? '').not.toContain('/staff/sign-in?')
    if (!isOfMemory(url) && !isOfRelease(url)) expect(own.statusCode, own.body).not.toBe(404)
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
