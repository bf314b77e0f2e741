import { hash } from '@node-rs/argon2'
import { TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sealFor } from '../../src/crypto/sealing.ts'
import { formToken, keyFor } from '../../src/crypto/secrets.ts'
import { setPassword, setSecondFactor } from '../../src/people/account-store.ts'
import { hashPassword, isPassword, passwordProblem } from '../../src/people/password.ts'
import { newTotpSecret, recoveryTag } from '../../src/people/second-factor.ts'
import { browse, type Service, startService } from '../support/service.ts'
import { newStaff } from '../support/staff.ts'

const onComputer = `kim's "hus" - vid havet...`
const onPhone = 'kim\u2019s \u201dhus\u201d \u2013\u00a0vid havet\u2026'

let service: Service
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

/** Somebody with an authenticator, who has signed in with their password. */
async function halfway(passwordHash: string, password: string) {
  const { id, email } = await newStaff(service, { role: 'coordinator' })
  await setPassword(service.db, id, passwordHash)
  const key = keyFor(service.keys.staffKey, 'second factor')
  const secret = newTotpSecret()
  const totpSealed = sealFor(key, id, Buffer.from(secret))
  await setSecondFactor(service.db, id, {
    totpSealed,
    totpStep: 0,
    recoveryTags: [recoveryTag(key, id, 'k7mq2-x9dpr')],
  })
  const browser = browse(service.app)
  const { headers } = await browser.post('/staff/sign-in', { email, password })
  const give = (number: string) =>
    browser.post('/staff/second-factor', { number, form: formToken(browser.jar.get('staff') ?? '') })
  const number = () => new TOTP({ secret }).generate({ timestamp: service.clock.now.getTime() })
  return { location: headers.location, give, number }
}

const asker = { account: 'a test' }

describe('on another keyboard than before', () => {
  test.each([
    ['set on a computer, typed on a phone', onComputer, onPhone],
    ['set on a phone, typed on a computer', onPhone, onComputer],
  ])('a password is the same: %s', async (_how, set, typed) => {
    expect((await halfway(await hashPassword(set, 'a test'), typed)).location).toBe('/staff/second-factor')
    expect(await isPassword(await hashPassword(set, 'a test'), typed.replace('havet', 'havets'), asker)).toBe(false)
  })

  test.each([onComputer, onPhone])('a password that was hashed before works as it did: %s', async (password) => {
    const before = await hash(password.normalize('NFC'), { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
    expect((await halfway(before, password)).location).toBe('/staff/second-factor')
    expect(await isPassword(before, 'någonting annat', asker)).toBe(false)
    expect(await isPassword(null, password, asker)).toBe(false)
  })

  test('what is not seen makes no password longer', async () => {
    const person = { email: 'kim@example.se', name: 'Kim' }
    expect(await passwordProblem(`kort${'\u200b'.repeat(20)}`, person)).toBe('short')
    expect(await passwordProblem(`a${'-'.repeat(20)}bcde`, person)).toBe('short')
    expect(await passwordProblem(onPhone, person)).toBeUndefined()
  })

  test.each(['K7MQ2\u2013X9DPR', 'k7mq2 x9dpr.', 'k\u0667mq\u0662\u2014x\u0669dpr', '\uff4b7mq2\u00a0x9dpr'])(
    'a recovery code is the same: %s',
    async (code) => {
      const { give } = await halfway(await hashPassword(onComputer, 'a test'), onPhone)
      expect((await give(code)).headers.location).toBe('/staff')
    },
  )

  test('the number of the app is the same with spaces, dashes and the digits of the keyboard', async () => {
    const written = [
      (number: string) => `${number.slice(0, 3)}\u2013${number.slice(3)}`,
      (number: string) => `\u200e${number.slice(0, 3)}\u00a0${number.slice(3)} `,
      (number: string) => number.replace(/\d/g, (digit) => String.fromCodePoint(0x06f0 + Number(digit))),
    ]
    for (const write of written) {
      const { give, number } = await halfway(await hashPassword(onComputer, 'a test'), onComputer)
      expect((await give(write(number()))).headers.location).toBe('/staff')
    }
  })
})
