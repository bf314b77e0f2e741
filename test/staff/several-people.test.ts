import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mostLinksOfDay } from '../../src/pages/staff/links-left.ts'
import { mostInvited, nameOfAddress, readInvitedLines } from '../../src/pages/staff/people/invited-lines.ts'
import { rowsIn, runIn } from '../support/rows.ts'
import { openRound, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

interface Letter {
  to: string
  text: string
}

describe('lines of people to invite', () => {
  test('may have a name before the address, or make one of it', () => {
    const lines = ' Amina Ali <amina@alingsas.se>\n\nbo.berg@alingsas.se\r\nEk, Eva; eva@alingsas.se;'
    expect(readInvitedLines(lines)).toMatchObject([
      { number: 1, name: 'Amina Ali', email: 'amina@alingsas.se' },
      { number: 3, name: 'Bo Berg', email: 'bo.berg@alingsas.se' },
      { number: 4, name: 'Ek Eva', email: 'eva@alingsas.se' },
    ])
  })

  test('are told by number where there is no address, two of them, or one that was there', () => {
    const lines = 'Amina\na@b.se c@d.se\ne@f.se\nE@F.se\n@'
    expect(readInvitedLines(lines).map((line) => ('problem' in line ? line.problem : line.email))).toEqual([
      ...['noAddress', 'noAddress', 'e@f.se', 'twice', 'noAddress'],
    ])
  })

  test.each([
    ['amina.ali-berg2@alingsas.se', 'Amina Ali Berg'],
    ['åsa_öberg@x.se', 'Åsa Öberg'],
    ['123@x.se', '123'],
  ])('%s is %s', (address, name) => expect(nameOfAddress(address)).toBe(name))

  test('lose nobody, whatever stands in them', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.emailAddress(),
      fc.constantFrom('', ' ', '\t', '<a@b.se>'),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60, size: 'max' }), (lines) => {
        const text = lines.map((one) => one.replace(/[\r\n]/g, '')).join('\n')
        const read = readInvitedLines(text)
        expect(read).toHaveLength(text.split('\n').filter((one) => one.trim() !== '').length)
        for (const one of read) if ('name' in one) expect(one.name).not.toBe('')
      }),
    )
  })
})

describe('inviting several', () => {
  const place = async (options = {}) => {
    const mails: Letter[] = []
    const service = await startService({ sendMail: async (mail: Letter) => void mails.push(mail), ...options })
    const round = await openRound(service.db)
    const coordinator = await staffBrowser(service, { role: 'coordinator' })
    const [unit] = (await rowsIn(service.db, "select id from units where municipality_code = '1489'")) as {
      id: string
    }[]
    const invite = (people: string, more = {}) =>
      coordinator.post('/staff/people/several', { people, role: 'caseworker', units: unit!.id, ...more })
    const invited = () =>
      rowsIn(service.db, "select subject from audit where action = 'people.invited' order by subject")
    return { mails, service, round, coordinator, invite, invited }
  }

  test('mails each a link of their own, and writes each of them down', async () => {
    const { mails, invite, invited } = await place()
    const { statusCode, body } = await invite('amina.ali@alingsas.se\nbo@alingsas.se')
    expect(statusCode).toBe(200)
    expect(body).toContain('2 inbjudningar är klara')
    expect(body).not.toContain('/staff/invitations/')
    expect(mails.map(({ to }) => to)).toEqual(['amina.ali@alingsas.se', 'bo@alingsas.se'])
    expect(mails[0]!.text).toContain('Hej Amina Ali!')
    expect(await invited()).toEqual([{ subject: 'amina.ali@alingsas.se' }, { subject: 'bo@alingsas.se' }])
  })

  test('shows the links where no mail is set, and keeps those that could not be', async () => {
    const { invite, invited } = await place({ sendMail: undefined })
    await invite('amina@alingsas.se')
    const { body } = await invite('amina@alingsas.se\nBo Berg bo@alingsas.se')
    expect(new Set(body.match(/\/staff\/invitations\/[\w-]{43}/g))).toHaveProperty('size', 1)
    expect(body).toContain('1 inbjudan är klar')
    expect(body).toContain('1 person är inte inbjuden')
    expect(body).toMatch(/<textarea[^>]*>amina@alingsas\.se<\/textarea>/)
    expect(await invited()).toHaveLength(2)
  })

  test('invites nobody while a line is wrong, and keeps what was typed', async () => {
    const { mails, invite, invited, service } = await place()
    const wrong = await invite('amina@alingsas.se\nBo <b>\namina@alingsas.se')
    expect(wrong.statusCode).toBe(400)
    expect(wrong.body).toContain('Rad 2, ”Bo &lt;b&gt;”: skriv en e-postadress.')
    expect(wrong.body).toContain('Rad 3, ”amina@alingsas.se”: adressen står redan på en annan rad.')
    expect(wrong.body).toContain('amina@alingsas.se\nBo &lt;b&gt;\namina@alingsas.se</textarea>')
    for (const more of [{ units: [] }, { role: 'pope' }]) expect((await invite('a@b.se', more)).statusCode).toBe(400)
    expect((await invite('  \n ')).statusCode).toBe(400)
    const many = Array.from({ length: mostInvited + 1 }, (_, number) => `a${number}@b.se`).join('\n')
    expect((await invite(many)).body).toContain('högst 50 personer')
    expect([mails, await invited()]).toEqual([[], []])
    const host = await staffBrowser(service, { role: 'host' })
    expect((await host.post('/staff/people/several', { people: 'a@b.se', role: 'host' })).statusCode).toBe(403)
  })

  test('ends where the links of the day do, and says for whom', async () => {
    const { coordinator, invite, invited, service } = await place()
    for (let made = 0; made < mostLinksOfDay - 2; made++)
      await runIn(
        service.db,
        'insert into audit values (?, ?, ?, ?, ?, ?, ?)',
        ...[service.clock.now.toISOString(), `x${made}`, coordinator.id, 'people.invitedAgain', '', '1489', 1],
      )
    const { body } = await invite(['a', 'b', 'c', 'd'].map((name) => `${name}@b.se`).join('\n'))
    expect(body).toContain('2 inbjudningar är klara')
    expect(body).toContain('2 personer är inte inbjudna')
    expect(body).toContain('<strong>c@b.se</strong>')
    expect(await invited()).toHaveLength(2)
  })
})
