import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Service, startService } from '../support/service.ts'

let service: Service
let port: number
beforeEach(async () => {
  service = await startService()
  const { server } = service.app
  await service.app.listen({ host: '127.0.0.1', port: 0 })
  port = (server.address() as AddressInfo).port
  expect(server.maxConnections).toBeLessThanOrEqual(10_000)
  server.maxConnections = 3
})
afterEach(() => service.close())

/** Asks over a line that stays open afterwards. @throws when the line is cut off. */
async function ask(agent: Agent): Promise<number> {
  const [response] = await once(request({ port, agent, host: '127.0.0.1', path: '/health' }).end(), 'response')
  await once(response.resume(), 'end')
  return response.statusCode
}

test('lines that are only kept make room for whoever comes next', async () => {
  const agents = Array.from({ length: 5 }, () => new Agent({ keepAlive: true }))
  for (const agent of agents.slice(0, 3)) expect(await ask(agent)).toBe(200)
  await expect(ask(agents[3]!)).rejects.toThrow()
  expect(await ask(agents[4]!)).toBe(200)
  for (const agent of agents) agent.destroy()
})

test('there is an end of lines with half a form, and whoever was cut off comes in once one has gone', async () => {
  const held: Socket[] = []
  for (let n = 0; n < 3; n++) {
    const came = once(service.app.server, 'connection')
    const line = connect({ port, host: '127.0.0.1' }).on('error', () => {})
    line.write('POST /entry HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\nlanguage=sv')
    held.push(line)
    await came
  }
  const agent = new Agent()
  await expect(ask(agent)).rejects.toThrow()
  const [own] = held
  const gone = new Promise<void>((resolve) => {
    const look = () => service.app.server.getConnections((_, number) => (number < 3 ? resolve() : setImmediate(look)))
    look()
  })
  own!.destroy()
  await gone
  expect(await ask(agent)).toBe(200)
  for (const line of held) line.destroy()
})
