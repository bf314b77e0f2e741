import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { openRound, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

test('who takes nothing of a file is cut off in a while, and who waits for one that is being made is not', async () => {
  const service = await startService()
  const { server } = service.app
  expect(server.timeout).toBeGreaterThan(0)
  expect(server.timeout).toBeLessThanOrEqual(180_000)
  server.setTimeout(100) // a print takes longer
  await openRound(service.db)
  await service.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.address() as AddressInfo
  const { jar } = await staffBrowser(service, { role: 'coordinator' })
  const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
  const path = '/staff/paper/forms.pdf?group=youth&language=sv&copies=100' // 4.5 MB, more than lines hold on their way

  const whole = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie } })
  const file = Buffer.from(await whole.arrayBuffer())
  expect(file.subarray(0, 5).toString()).toBe('%PDF-')

  const accepted = once(server, 'connection') as Promise<[Socket]>
  const reader = connect({ port, host: '127.0.0.1' })
    .on('error', () => {})
    .pause()
  reader.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\n\r\n`)
  const [line] = await accepted
  await once(line, 'close')

  let taken = 0
  reader.on('data', (part) => (taken += part.length)).resume()
  await once(reader, 'close')
  expect(taken).toBeLessThan(file.length)
  await service.close()
})
