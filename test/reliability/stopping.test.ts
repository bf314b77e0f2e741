import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { answering, newOperator, stopped } from '../cli/operator.ts'
import { freePort } from '../support/free-port.ts'

test('a form of which only half is sent does not keep the service from stopping in order', async () => {
  const operator = newOperator()
  await operator.json('init')
  const port = await freePort()
  const service = operator.start('main.js', { HOST: '127.0.0.1', PORT: String(port) })
  await answering(service, `http://127.0.0.1:${port}`)
  const half = connect(port, '127.0.0.1')
  const cut = once(half, 'close')
  half.write('POST /entry HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n')
  half.write('Content-Length: 100\r\n\r\ncode=1234')
  await fetch(`http://127.0.0.1:${port}/health`) // what came before is being read
  expect(await stopped(service)).toBe(0)
  await cut
  operator.leave()
})
