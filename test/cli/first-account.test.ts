import { once } from 'node:events'
import { expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { answering, newOperator } from './operator.ts'

test('the built service lets its first administrator choose a password, and refuses a common one', async () => {
  const operator = newOperator()
  await operator.json('init')
  const port = String(await freePort())
  const service = operator.start('main.js', { HOST: '127.0.0.1', PORT: port })
  let said = ''
  service.stdout.on('data', (text) => (said += text))
  try {
    await answering(service, `http://127.0.0.1:${port}`)
    await expect.poll(() => said).toContain('/staff/set-up/')
    const link = new URL(/http\S+\/staff\/set-up\/\S+/.exec(said)![0])
    const send = (password: string) =>
      fetch(`http://127.0.0.1:${port}${link.pathname}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ name: 'Maj', email: 'maj@example.se', password }),
      })
    for (const common of ['password1234', 'qwertyuiop123', 'sommar sommar 1'])
      expect([(await send(common)).status, common]).toEqual([400, common])
    const made = await send('en lång mening om havet')
    expect([made.status, made.headers.get('location')]).toEqual([303, '/staff/second-factor'])
  } finally {
    const ended = once(service, 'exit')
    service.kill()
    await ended
    operator.leave()
  }
})
