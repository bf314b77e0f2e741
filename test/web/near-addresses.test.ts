import type { RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browse, type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

const code = '1234567890123458'
const routes: RouteOptions[] = []
let service: Service
beforeAll(async () => {
  service = await startService({ eachRoute: (route) => void routes.push(route) })
})
afterAll(() => service.close())

const token = 'A'.repeat(43)

describe('an address that is nearly right leads to the one that is meant', () => {
  test.each([
    [`/%23${code}`, `/#${code}`],
    [`/sv/%23${code}`, `/sv#${code}`],
    [`/sv/%231234%205678`, '/sv#1234%205678'],
    [`/%2523${code}`, `/#${code}`],
    [`/sv%2523${code}`, `/sv#${code}`],
    [`/%EF%BC%83${code}`, `/#${code}`],
    ['/sv*', '/sv'],
    ['/sv=', '/sv'],
    ['/sv/', '/sv'],
    ['/ar/', '/ar'],
    ['/sv/about/', '/sv/about'],
    ['/SV', '/sv'],
    ['/Sv/About', '/sv/about'],
    ['/sv.', '/sv'],
    ['/sv)', '/sv'],
    ['/sv%E2%80%9D', '/sv'],
    ['/sv%E2%80%8B', '/sv'],
    ['//sv', '/sv'],
    ['/sv/?fbclid=x', '/sv?fbclid=x'],
    ['/sv&fbclid=x', '/sv'],
    ['/sv%26fbclid=x', '/sv'],
    ['/sv;jsessionid=1', '/sv'],
    [`/${code}`, '/'],
    [`/sv/${code}`, '/sv'],
    ['/ar/1234%205678%209012%203458?utm=x', '/ar'],
    ['/SV/1234-5678-9012-3458/', '/sv'],
    ['/sv/12345678%3D%0A90123458', '/sv'],
    ['/12345678=%0D%0A90123458', '/'],
    ['/sv/12345678%253D%250A90123458', '/sv'],
    ['/fa/۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۸', '/fa'],
    ['/Tablet/', '/tablet'],
    ['/tablet/%23abc', '/tablet/#abc'],
    [`/SV/stop/${token}`, `/sv/stop/${token}`],
    [`/sv/stop/${token}/`, `/sv/stop/${token}`],
    ['/sv/about/9999/', '/sv/about/9999'],
    ['/STAFF', '/staff'],
    ['/staff/Sign-In', '/staff/sign-in'],
    [`/Staff/invitations/${token}.`, `/staff/invitations/${token}`],
  ])('%s: %s', async (url, meant) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const response = await service.app.inject({ method, url })
      expect([response.statusCode, response.headers.location], method).toEqual([303, meant])
      expect(response.headers['cache-control']).toBe('no-store')
    }
  })

  test.each([
    '/svx',
    '/sv/nothing',
    '/%2F%2Fevil.example',
    '//evil.example',
    '/%23',
    '/assets/none.js',
    '/sv/stop',
    '/sv/1234567',
    '/svx/12345678',
    '/staff/12345678',
    '/tablet/12345678',
  ])('and never to one that is not there: %s', async (url) => {
    const { statusCode, headers } = await service.app.inject({ method: 'GET', url })
    expect([statusCode, headers.location ?? '/']).toEqual(url === '/%23' ? [303, '/#'] : [404, '/'])
  })

  test('also to a page of staff, with a slash or a stop behind it', async () => {
    const coordinator = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1489' })
    for (const url of ['/staff/units/', '/staff/units.', '/staff/Units'])
      expect((await coordinator.get(url)).headers.location, url).toBe('/staff/units')
  })

  test('but a form is sent nowhere else', async () => {
    expect((await service.app.inject({ method: 'POST', url: '/Entry' })).statusCode).toBe(404)
  })
})

describe('what only takes a form', () => {
  const methodsOf = ({ method }: RouteOptions) => [method].flat()
  const own = (url: string) => url.replace(/:\w+/g, 'some')
  /** A page's address as a pattern for the addresses under it. */
  const isPage = (address: string) =>
    routes.some(
      ({ url, method, config }) =>
        method === 'GET' &&
        !config?.leadsOn &&
        new RegExp(`^${url.replace(/\/$/, '').replace(/:\w+/g, '[^/]+')}/?$`).test(address),
    )

  test('leads whoever asks with GET to the page of the form, each of them', async () => {
    const posts = routes.filter((route) => methodsOf(route).includes('POST'))
    expect(posts.length).toBeGreaterThan(60)
    const national = await staffBrowser(service, { role: 'national' })
    for (const { url } of posts) {
      const onlyForms = routes.find((route) => route.url === url && route.config?.leadsOn && route.method === 'GET')
      const isShown = routes.some((route) => route.url === url && route.method === 'GET' && !route.config?.leadsOn)
      expect([url, isShown || onlyForms !== undefined]).toEqual([url, true])
      if (!onlyForms) continue
      const { statusCode, headers } = url.startsWith('/staff')
        ? await national.get(own(url))
        : await service.app.inject({ method: 'GET', url: own(url) })
      if (statusCode === 403) continue // nor may this role see the page of the form
      expect([url, statusCode]).toEqual([url, 303])
      expect(isPage(headers.location as string), `${url} leads to ${headers.location}`).toBe(true)
    }
  })

  test.each([
    ['/entry', '/'],
    ['/visit/abcdefghij/response', '/visit/abcdefghij/questions'],
    ['/visit/abcdefghij/language', '/visit/abcdefghij/questions'],
    ['/tablet/enrolment', '/tablet'],
  ])('%s leads to %s, also HEAD', async (url, page) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const { statusCode, headers } = await service.app.inject({ method, url })
      expect([statusCode, headers.location]).toEqual([303, page])
    }
  })

  test.each([
    ['/staff/units/imports', '/staff/units/import'],
    ['/staff/units/copy', '/staff/units'],
    ['/staff/enrolment/rows', '/staff/enrolment/form'],
    ['/staff/account/password', '/staff/account'],
  ])('%s leads staff to %s, and asks others to sign in', async (url, page) => {
    const coordinator = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1489' })
    expect((await coordinator.get(url)).headers.location).toBe(page)
    const stranger = await browse(service.app).get(url)
    expect(stranger.headers.location).toBe(`/staff/sign-in?next=${encodeURIComponent(url)}`)
  })
})
