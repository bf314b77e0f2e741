import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { drawCode } from '../../src/invitation/draw-code.ts'
import { hashPassword } from '../../src/people/password.ts'
import { addFirstAdministrator } from '../../src/people/store.ts'
import { drawCodes, openRound, type Service, startService } from '../support/service.ts'

const email = 'anna@example.se'
const password = 'en lång mening om havet'
const warned: string[] = []
const log = { error() {}, info() {}, warn: (_: unknown, text: string) => void warned.push(text) }

let service: Service
beforeEach(async () => {
  warned.length = 0
  service = await startService({ settings: { PUBLIC_URL: 'https://svar.example.se' }, log: log as never })
})
afterEach(() => service.close())

/** A browser that keeps no cookie, or met the page over http, where one for https is dropped. */
async function send(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const page = await service.app.inject({ url, headers })
  const [, tried] = /name="tried" value="(\w+)"/.exec(page.body) ?? []
  const payload = new URLSearchParams({ ...fields, ...(tried ? { tried } : {}) }).toString()
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
  return { page, answer: await service.app.inject({ method: 'POST', url, payload, headers: form }) }
}

describe('a browser that keeps no cookies', () => {
  test('is told so when somebody signs in, and what was typed stays', async () => {
    await addFirstAdministrator(service.db, {
      name: 'Anna',
      email,
      passwordHash: await hashPassword(password, 'a test'),
    })
    const { page, answer } = await send('/staff/sign-in', { email, password })
    expect(page.headers['set-cookie']).toContain('__Host-kept=yes')
    expect(answer.statusCode).toBe(400)
    expect(answer.body).toContain('Webbläsaren har inte sparat den kaka')
    expect(answer.body).toContain('börjar med https://svar.example.se')
    expect(answer.body).toContain(`value="${email}"`)
    expect(warned).toHaveLength(1)
  })

  test('is told so before a link for the first account is used up', async () => {
    const url = `/staff/set-up/${service.setUpToken}`
    const { answer } = await send(url, { name: 'Anna', email, password })
    expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining('har inte sparat den kaka')])
    expect((await service.app.inject(url)).statusCode).toBe(200)
  })

  test('is told so after a right code, and at the thanks; the operator is told once, and of the address only', async () => {
    const [code] = await drawCodes(service, await openRound(service.db))
    const { answer } = await send('/entry', { code: code!, language: 'sv' })
    const questions = String(answer.headers.location)
    for (const url of [questions, questions.replace('questions', 'thanks')]) {
      const { statusCode, body } = await service.app.inject({ url, headers: { 'accept-language': 'sv' } })
      expect([statusCode, body]).toEqual([400, expect.stringContaining('Vi kan inte visa sidan')])
    }
    expect(warned).toEqual([expect.stringContaining('PUBLIC_URL says https')])
  })

  test('is told the right address with a code that nobody issued, and that only over http', async () => {
    const typed = { code: drawCode(), language: 'sv' }
    const { answer } = await send('/entry', typed)
    const { body } = await service.app.inject(String(answer.headers.location))
    expect(body).toContain('Den här koden går inte att använda')
    expect(body.replaceAll('<wbr>', '')).toContain('Den rätta adressen är https://svar.example.se.')
    expect(body).toContain('href="https://svar.example.se/sv"')
    const { answer: proxied } = await send('/entry', typed, { 'x-forwarded-proto': 'https' })
    expect(proxied.headers.location).toBe('/sv/cannot-use')
    expect(warned).toEqual([])
  })

  test('behind a proxy that says https is nothing for the operator', async () => {
    await send('/staff/sign-in', { email, password }, { 'x-forwarded-proto': 'https' })
    expect(warned).toEqual([])
  })
})

test('a browser that keeps them signs in', async () => {
  await addFirstAdministrator(service.db, { name: 'Anna', email, passwordHash: await hashPassword(password, 'a test') })
  const { answer } = await send('/staff/sign-in', { email, password }, { cookie: '__Host-kept=yes' })
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/staff/second-factor'])
})
