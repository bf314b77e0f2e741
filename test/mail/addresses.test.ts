import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressProblems, mostAddresses, readAddresses, readRows } from '../../src/mail/addresses.ts'
import { loadLanguages } from '../../src/web/languages.ts'

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
    ['anna@example.org\nbo@example.org', ['anna', 'bo']],
  ])('are read as people have them: %j', async (text, names) => {
    expect(await readRows([{ row: 1, text }])).toEqual({
      addresses: names.map((name) => `${name}@example.org`),
      rejected: [],
    })
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
      fc.asyncProperty(fc.array(part), async (parts) => {
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
