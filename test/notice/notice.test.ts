import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { fingerprint } from '../../src/crypto/secrets.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { contactParts } from '../../src/notice/responsible.ts'
import { findResponsible } from '../../src/notice/store.ts'
import { newEnrolmentToken } from '../../src/tablet/secrets.ts'
import { inviteTablet } from '../../src/tablet/store.ts'
import { withAsciiDigits } from '../../src/text/digits.ts'
import { board, nameTheBoard } from '../support/board.ts'
import { newFile } from '../support/new-file.ts'
import { browse, drawCodes, newKeys, openRound, startService } from '../support/service.ts'

const owner = { OWNER_NAME: 'Exempelmyndigheten', OWNER_CONTACT: '08-123 45 67', DPO_CONTACT: 'ombud@example.se' }
const languages = loadLanguages()
const codes = languages.all.map(({ code }) => code)
const contactAbove = (code: string) => languages.text(languages.find(code)!, 'about.contactAbove')

/** A service whose only municipality names its board, if it names any. */
async function startWith(named: Parameters<typeof nameTheBoard>[2] = board, settings: Record<string, string> = owner) {
  const [file, keys] = [newFile(), newKeys()]
  const before = await startService({ file, keys })
  const round = await openRound(before.db)
  await nameTheBoard(before.db, round.id, named)
  await before.close()
  return { ...(await startService({ file, keys, settings })), round }
}

describe('the privacy notice', () => {
  test.each(codes)('in %s says for how long answers are kept, whatever the operator has set', (code) => {
    const most = 90
    expect(parseConfig({ ANSWERS_KEPT_DAYS: String(most) }).answersKeptDays).toBe(most)
    expect(() => parseConfig({ ANSWERS_KEPT_DAYS: String(most + 1) })).toThrow('ANSWERS_KEPT_DAYS')
    for (const key of ['about.timeText', 'about.young.keptText']) {
      const text = languages.text(languages.find(code)!, key)
      expect(withAsciiDigits(text).match(/\d+/g), key).toEqual([String(most)])
    }
  })

  test.each(codes)('in %s names the owner, and leads to the municipality and its board', async (language) => {
    const { get } = browse((await startWith()).app)
    const general = (await get(`/${language}/about`)).body
    for (const text of Object.values(owner)) expect(general).toContain(text)
    expect(general).toContain(`<a href="/${language}/about/1489">Alingsås</a>`)
    expect(general).not.toContain('/about/0180"')

    const own = (await get(`/${language}/about/1489`)).body
    for (const text of [board.boardName, '0322-61 60 00', 'mailto:dataskydd@example.se']) expect(own).toContain(text)
    expect(own).toContain(owner.OWNER_NAME)
    expect(own).toContain(contactAbove(language))
    const young = (await get(`/${language}/about/young/1489`)).body
    expect(young).toContain(board.boardName)
    expect(young).toContain(`href="/${language}/about/1489"`)
  })

  test('of a municipality that was never asked says where to find its contact', async () => {
    const { get } = browse((await startWith({})).app)
    const { body, statusCode } = await get('/sv/about/1489')
    expect(statusCode).toBe(200)
    expect(body).toContain('finns på kommunens webbplats')
    expect(body).not.toContain('<dt>Nämnd</dt>')
    expect(body).not.toContain(contactAbove('sv'))
  })

  test('names nobody whose registration the administrator has not approved', async () => {
    const { db, app } = await startWith({ ...board, state: 'submitted' })
    expect((await browse(app).get('/sv/about/1489')).body).not.toContain(board.boardName)
    expect(await findResponsible(db, '1489')).toEqual(board)
  })

  test.each(['9999', '148', 'x'])('of %s, which is no municipality, is not found', async (code) => {
    const { get } = browse((await startWith()).app)
    expect((await get(`/sv/about/${code}`)).statusCode).toBe(404)
    expect((await get(`/sv/about/young/${code}`)).statusCode).toBe(404)
  })

  test('names nobody where the operator has said nothing', async () => {
    const { body } = await browse((await startWith(board, {})).app).get('/sv/about')
    expect(body).not.toContain('leder undersökningen i hela landet. Den')
  })

  test('says how long the cookie lasts', async () => {
    const { body } = await browse((await startWith(board, { VISIT_MINUTES: '45' })).app).get('/sv/about')
    expect(body).toContain('slutar gälla efter 45 minuter')
  })
})

describe('somebody who is answering', () => {
  test.each([
    ['guardian', 'Så behandlar vi personuppgifter'],
    ['youth', 'Dina svar och dina uppgifter'],
  ] as const)('as %s is led to the notice of their own municipality', async (group, heading) => {
    const service = await startWith()
    const [code] = await drawCodes(service, service.round, { group })
    const { get, post } = browse(service.app)
    const questions = (await post('/entry', { code: code!, language: 'sv' })).headers.location!
    expect((await get(questions)).body).toContain('href="about" target="_blank"')
    const { body } = await get(questions.replace(/questions$/, 'about'))
    expect(body).toContain(heading)
    expect(body).toContain(board.boardName)
  })

  test('reads the same with a code that was used', async () => {
    const service = await startWith()
    const [code] = await drawCodes(service, service.round)
    const read = async (isUsed: boolean) => {
      const { get, post } = browse(service.app)
      const questions = (await post('/entry', { code: code!, language: 'sv' })).headers.location!
      const { body } = await get(questions.replace(/questions$/, 'about'))
      if (!isUsed) await post(questions.replace(/questions$/, 'response'), { contact: 'very_easy' })
      return body
    }
    expect(await read(false)).toBe(await read(true))
  })

  test.each([
    ['guardian', '/sv/about'],
    ['youth', '/sv/about/young'],
  ] as const)('as %s is led on from the thank-you to %s: whose codes they were is gone', async (group, notice) => {
    const service = await startWith()
    const [code] = await drawCodes(service, service.round, { group })
    const { get, post } = browse(service.app)
    const questions = (await post('/entry', { code: code!, language: 'sv' })).headers.location!
    const thanks = await post(questions.replace(/questions$/, 'response'), { contact: 'very_easy' })
    expect((await get(thanks.headers.location!)).body).toContain(`<a href="${notice}">`)
  })

  test('without a visit is led to the general one', async () => {
    const { get } = browse((await startWith()).app)
    expect((await get('/visit/abcdefghij/about')).headers.location).toBe('/sv/about')
  })
})

test('the newest registration that names a board counts', async () => {
  const { db } = await startService()
  const old = await openRound(db, { id: '2025' })
  const round = await openRound(db, { unit: 'Annan' })
  await nameTheBoard(db, old.id)
  expect(await findResponsible(db, '1489')).toEqual(board)
  await nameTheBoard(db, round.id, { ...board, boardName: 'Nya nämnden' })
  expect((await findResponsible(db, '1489'))?.boardName).toBe('Nya nämnden')
  expect(await findResponsible(db, '0180')).toBeUndefined()
})

test('a tablet is told whose notice it shows without a network, and shows the rest of it in every language', async () => {
  const service = await startWith()
  const token = newEnrolmentToken()
  const tag = fingerprint(token)
  await inviteTablet(service.db, {
    ...{ name: 'Reception', strata: [service.round.strata.youth], dailyQuota: 200, enrolmentTag: tag },
    ...{ enrolUntil: new Date('2026-12-01'), pin: { salt: randomBytes(16), hash: randomBytes(32) } },
  })
  const key = randomBytes(32).toString('base64url')
  const payload = { token, key }
  const { body } = await service.app.inject({ method: 'POST', url: '/tablet/enrolment', payload })
  expect(JSON.parse(body).device.municipality).toEqual({ name: 'Alingsås', responsible: board })
  for (const code of codes) {
    const { body } = await service.app.inject(`/tablet/session/${code}`)
    for (const text of [owner.OWNER_NAME, 'data-part="boardName"']) expect(body).toContain(text)
  }
})

describe('a contact', () => {
  test('can be followed where it is an address', () => {
    expect(contactParts('namnden@kommun.se, 0322-61 60 00')).toEqual([
      { text: 'namnden@kommun.se', href: 'mailto:namnden@kommun.se' },
      { text: ', 0322-61 60 00' },
    ])
    expect(contactParts('Se https://kommun.se/dso.')[1]).toEqual({
      text: 'https://kommun.se/dso',
      href: 'https://kommun.se/dso',
    })
  })

  test('is shown whole, and leads to nothing but e-mail and pages', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200, size: 'max' }), (contact) => {
        const parts = contactParts(contact)
        expect(parts.map(({ text }) => text).join('')).toBe(contact)
        for (const { href } of parts) if (href) expect(href).toMatch(/^(mailto:|https?:\/\/)/)
      }),
    )
  })
})
