import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Service, startService } from '../support/service.ts'

describe('what is refused', () => {
  let service: Service
  let port: number
  beforeAll(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
    await service.app.listen({ port: 0, host: '127.0.0.1' })
    ;({ port } = service.app.server.address() as AddressInfo)
  })
  afterAll(() => service.app.close())

  /** What comes back for bytes that are no request that a client would send. */
  const answerTo = (bytes: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
      let said = ''
      socket.setEncoding('utf8').on('data', (text) => (said += text))
      socket.on('close', () => resolve(said)).on('error', reject)
    })

  test('is told in JSON to every site, also where it could not be read', async () => {
    const long = 'x'.repeat(17_000)
    for (const [bytes, status] of [
      [`GET /v3/kpi?title=${long} HTTP/1.1\r\nHost: a\r\n\r\n`, '431 Request Header Fields Too Large'],
      [`GET /v2/kpi HTTP/1.1\r\nHost: a\r\nX-Long: ${long}\r\n\r\n`, '431 Request Header Fields Too Large'],
      ['nothing that is HTTP\r\n\r\n', '400 Bad Request'],
    ] as const) {
      const [head, body] = (await answerTo(bytes)).split('\r\n\r\n')
      expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\n`))
      expect(head).toMatch(/content-type: application\/json/i)
      expect(head).toMatch(/access-control-allow-origin: \*/i)
      expect(JSON.parse(body!)).toEqual({ detail: status.slice(4) })
    }
  })

  test('is told in JSON whatever the letters of an address', async () => {
    for (const [method, url, status] of [
      ...([
        ['GET', '/V3/kpi', 404],
        ['GET', '/v3/nothing', 404],
      ] as const),
      ...([
        ['POST', '/v3/kpi', 405],
        ['GET', '/v3/%zz', 400],
      ] as const),
    ]) {
      const { statusCode, headers, body } = await service.app.inject({ method, url })
      expect([url, statusCode, headers['content-type']]).toEqual([url, status, 'application/json; charset=utf-8'])
      expect(JSON.parse(body)).toHaveProperty('detail')
    }
  })

  test('is told in sentences in the older form too', async () => {
    const { statusCode, body } = await service.app.inject('/v2/kpi?per_page=9000&region_type=X')
    expect([statusCode, JSON.parse(body)]).toEqual([
      400,
      { detail: 'per_page is a whole number from 1 to 5000. region_type is K or L.' },
    ])
  })

  test('is nothing to whoever has anything that there is', async () => {
    const { statusCode } = await service.app.inject({ url: '/v3/kpi', headers: { 'if-none-match': '*' } })
    expect(statusCode).toBe(304)
  })
})
