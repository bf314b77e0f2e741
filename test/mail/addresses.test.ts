import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { addressProblems, mostAddresses, readAddresses, readRows } from '../../src/mail/addresses.ts'

describe('pasted addresses', () => {
  test('are read one a line, or between commas or semicolons, with names and without', async () => {
    const text =
      'anna@example.org\r\nbo@example.org, cia@example.org;\n\n Dan Dahl <dan@example.org> ;mailto:eva@example.org'
    expect(await readAddresses(text)).toEqual({
      addresses: ['anna', 'bo', 'cia', 'dan', 'eva'].map((name) => `${name}@example.org`),
      rejected: [],
    })
  })

  test.each([
    ['anna@example.org\tAnna', ['anna']],
    ['Anna\tanna@example.org\tVuxen', ['anna']],
    ['\u200banna@example.org', ['anna']],
    ['an\u00adna@exam\u200bple.org', ['anna']],
    ['bo@example.org cia@example.org', ['bo', 'cia']],
    ['Dan Berg dan@example.org', ['dan']],
    ['eva@example.org Eva Ek', ['eva']],
    ['"Berg, Anna" <anna@example.org>; Bo <bo@example.org>', ['anna', 'bo']],
    ['Berg, Anna <anna@example.org>, bo@example.org', ['anna', 'bo']],
    ['Anna <anna@example.org> (chef)', ['anna']],
    ["'anna@example.org'", ['anna']],
    ['anna@example.org.', ['anna']],
    ['anna＠example.org', ['anna']],
    ['anna@example.org | bo@example.org', ['anna', 'bo']],
    ['anna@example.org/bo@example.org', ['anna', 'bo']],
    ['anna@example.org / bo@example.org/cia@example.org', ['anna', 'bo', 'cia']],
    ['Anna, anna@example.org', ['anna']],
    ['Berg; Anna; anna@example.org; Vuxen', ['anna']],
    ['anna@example.org\nbo@example.org', ['anna', 'bo']],
  ])('are read as people have them: %j', async (text, names) => {
    expect(await readRows([{ row: 1, text }])).toEqual({
      addresses: names.map((name) => `${name}@example.org`),
      rejected: [],
    })
  })

  test.each([
    ['Anna <anna@example.org> bo@example.org', ['anna', 'bo'], []],
    ['bo@example.org Anna <anna@example.org>, Cia <cia@example.org>', ['anna', 'bo', 'cia'], []],
    ['anna@example.org <anna@example.org>', ['anna'], []],
    ["'Anna@example.org' <anna@example.org>", ['anna'], []],
    ['anna@example.org<mailto:anna@example.org>', ['anna'], []],
    ['Anna [mailto:anna@example.org]', ['anna'], []],
    ['anna@example.com <bo@example.org>', ['bo'], [['anna@example.com', 'asName']]],
    ['cia@example.org; dan.example.org', ['cia'], [['dan.example.org', 'form']]],
    ['dan.example.org, Cia <cia@example.org>', ['cia'], [['dan.example.org', 'form']]],
    ['Dan <dan(a)example.org> cia@example.org', ['cia'], [['dan(a)example.org', 'form']]],
    ['cia@example.org bo@example.org eva(at)example.org', ['bo', 'cia'], [['eva(at)example.org', 'form']]],
    ['Berg, Anna J. <anna@example.org> (f. 1970, t.ex.)', ['anna'], []],
  ])('leave no other out in silence: %j', async (text, names, listed) => {
    const { addresses, rejected } = await readRows([{ row: 1, text }])
    expect(addresses.toSorted()).toEqual(names.map((name) => `${name}@example.org`))
    expect(rejected.map(({ text, reason }) => [text, reason])).toEqual(listed)
  })

  test('are all told of, however they stand beside each other', async () => {
    const one = fc.tuple(
      fc.constantFrom('Anna ', 'Berg, Bo ', '"Ek, Cia" ', ''),
      fc.nat(99).map((number) => `p${number}@example.org`),
    )
    const person = one.map(([name, address]) => ({ address, text: name ? `${name}<${address}>` : address }))
    const between = fc.constantFrom(' ', ';', '; ', ', ', '\t', ' | ', '\n')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(person, between), { minLength: 1, maxLength: 40, size: 'max' }),
        async (all) => {
          const { addresses, rejected } = await readAddresses(all.map(([{ text }, sign]) => text + sign).join(''))
          const told = [...addresses, ...rejected.map(({ text }) => text)].join(' ')
          for (const [{ address }] of all) expect(told).toContain(address)
          expect(addresses.length).toBeLessThanOrEqual(all.length)
        },
      ),
    )
  })

  test('may have names beside them and headings above, which are no bad addresses', async () => {
    expect(
      await readAddresses('\nNamn, E-post\nAnna, anna@example.org\nBo;bo/ek@example.org\ncia; dan@example.org, eva'),
    ).toEqual({
      addresses: ['anna', 'bo/ek', 'dan'].map((name) => `${name}@example.org`),
      rejected: [],
    })
    expect((await readAddresses('anna@example.org, bo, cia@example.org\ne-post')).rejected).toEqual([
      { row: 1, text: 'bo', reason: 'form' },
      { row: 2, text: 'e-post', reason: 'form' },
    ])
  })

  test('stand in the text letter for letter: none is made of what a parser would repair', async () => {
    const broken = fc.tuple(
      fc.constantFrom('anna@exam', 'anna@example.org', 'anna@'),
      fc.constantFrom('\t', ' ', '/', '?', '#', '\\', '%65', 'ⓔ', ':', '＠', '..', '\u3002'),
      fc.constantFrom('ple.org', 'x', 'Anna', 'bo@example.org', ''),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(broken, { maxLength: 30, size: 'max' }), async (lines) => {
        const text = lines.map((line) => line.join('')).join('\n')
        const { addresses } = await readAddresses(text)
        for (const address of addresses) expect(text.replaceAll('＠', '@')).toContain(address)
      }),
    )
  })

  test('have their domain in lower case and as the network writes it; what is before the @ stays', async () => {
    expect((await readAddresses('Anna.Berg+x@EXAMPLE.org\nbo@räksmörgås.se')).addresses).toEqual([
      'Anna.Berg+x@example.org',
      'bo@xn--rksmrgs-5wao1o.se',
    ])
  })

  test.each([
    ['anna', 'form'],
    ['anna@', 'form'],
    ['@example.org', 'form'],
    ['anna@@example.org', 'form'],
    ['.anna@example.org', 'form'],
    ['anna..b@example.org', 'form'],
    ['åsa@example.org', 'letters'],
    ['"anna b"@example.org', 'form'],
    ['<script>alert(1)</script>', 'form'],
    ['=HYPERLINK("x")@example.org', 'form'],
    ['anna@example', 'domain'],
    ['anna@-example.org', 'domain'],
    ['anna@example.org/x', 'domain'],
    ['anna@example.org?subject=x', 'domain'],
    ['anna@example.org\\x', 'domain'],
    ['anna@exa%6dple.org', 'domain'],
    ['anna@example.ⓞrg', 'domain'],
    ['anna@exa\tmple.org', 'domain'],
    ['anna@[127.0.0.1]', 'domain'],
    ['anna@127.0.0.1', 'domain'],
    ['anna@exam ple.org', 'domain'],
    [`${'a'.repeat(65)}@example.org`, 'long'],
  ])('are rejected with a reason: %s', async (text, reason) => {
    expect(await readAddresses(text)).toEqual({
      addresses: [],
      rejected: [{ row: 1, text: text.replace('\t', ' ').slice(0, 80), reason }],
    })
  })

  test('count once, in whatever letters', async () => {
    expect(await readAddresses('anna@example.org\nANNA@Example.org')).toEqual({
      addresses: ['anna@example.org'],
      rejected: [{ row: 2, text: 'ANNA@Example.org', reason: 'duplicate' }],
    })
  })

  test('are at most 20 000, and the rest is listed', async () => {
    const text = Array.from({ length: mostAddresses + 2 }, (_, index) => `p${index}@example.org`).join('\n')
    const { addresses, rejected } = await readAddresses(text)
    expect(addresses).toHaveLength(20_000)
    expect(rejected.map(({ reason }) => reason)).toEqual(['tooMany', 'tooMany'])
  })

  test('may be anything at all: each part is an address that a mail program takes, or listed, and none carries another header', async () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.emailAddress(),
      fc.constantFrom('\u202e', '\r\n', '\0', '<', '>'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 40, size: 'max' }), async (parts) => {
        const { addresses, rejected } = await readAddresses(parts.join('\n'))
        for (const address of addresses) expect(address).toMatch(/^[\x21-\x7e]+@[a-z0-9.-]+$/)
        for (const { text } of rejected) expect(text).not.toMatch(/[\p{C}]/u)
        expect(new Set(addresses.map((address) => address.toLowerCase())).size).toBe(addresses.length)
      }),
    )
  })

  test('have a text for every reason, in both languages of staff', () => {
    const languages = loadLanguages()
    for (const code of ['sv', 'en'])
      for (const reason of addressProblems)
        expect(languages.text(languages.find(code)!, `staff.mail.reason.${reason}`)).toMatch(/\.$/)
  })
})
