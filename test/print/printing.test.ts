import { fork } from 'node:child_process'
import { once } from 'node:events'
import { encode } from 'uqr'
import { describe, expect, test } from 'vitest'
import { isolated } from '../../src/language/isolated.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { letterSheet, longestContact, mostLines } from '../../src/print/letters.ts'
import { printPdf, printSvg } from '../../src/print/print-process.ts'
import { qrDrawing } from '../../src/print/qr.ts'
import { peoplesLine, unprintableLetters } from '../../src/print/rich-text.ts'
import { mostAtOnce, type Sheet } from '../../src/print/sheet.ts'
import { withSides } from '../../src/print/sides.ts'
import { slipSheet } from '../../src/print/slips.ts'
import { inProject } from '../../src/project-folder.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { everySheet, letterBasics, publicUrl, someCodes } from './some-sheets.ts'

const languages = loadLanguages()
const swedish = languages.find('sv')!
const { municipality } = letterBasics
const slips = slipSheet({ codes: someCodes, batch: 'bcb86ff0', municipality, publicUrl, language: swedish, languages })
const letterFrom = (...sender: string[]) =>
  letterSheet({
    ...letterBasics,
    letters: [{ code: someCodes[0]! }],
    contact: [],
    sender,
    language: swedish,
    languages,
  })

const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length
/** How many glyphs stand on the pages: typst draws each with a `use`. */
const glyphs = async (sheet: Sheet) => (await printSvg(sheet)).toString().match(/<use /g)!.length

test('the process of a print ends with the service, however that ended', async () => {
  const child = fork(inProject('dist/print/print-process-program.js'), { stdio: ['pipe', 'ignore', 'ignore', 'ipc'] })
  const ended = once(child, 'exit')
  child.disconnect() // as the end of a process does, which is the only word of it; the sheet is still being sent
  await ended
})

describe('what is printed', () => {
  // PDF/UA forbids letters without a glyph: typst refuses to make such a file.
  test.each(languages.all.map((language) => [language.code, language] as const))(
    'has a glyph for every letter of %s, and as many pages as it should',
    async (code, language) => {
      for (const [name, sheet] of everySheet(languages, language)) {
        expect(pagesOf(await printPdf(sheet)), `${code} ${name}`).toBe(name.includes('forms') ? 2 : 1)
      }
    },
  )

  test.each(languages.all.map((language) => [language.code, language] as const))(
    'puts a letter in %s on one page, also with the longest lines that are let through',
    async (code, language) => {
      const municipality = { code: '0139', name: 'Upplands-Bro och Håbo' }
      const contacts = [
        ['Karin Lindqvist, socialsekreterare', 'Telefon 0322-61 60 00, vardagar 9–12', 'karin.lindqvist@alingsas.se'],
        Array.from({ length: mostLines.contact }, () => 'Wm'.repeat(longestContact / 2)),
      ]
      const sender = Array.from({ length: mostLines.sender }, () => 'Enheten för ensamkommande barn')
      for (const group of targetGroups)
        for (const contact of contacts) {
          const sheet = letterSheet({ ...letterBasics, municipality, sender, group, contact, language, languages })
          expect(pagesOf(await printPdf(sheet)), `${code} ${group} ${contact[0]}`).toBe(1)
        }
    },
  )

  test('says its title, its language and its structure to those who have it read aloud', async () => {
    const arabic = slipSheet({
      codes: someCodes,
      batch: 'b',
      municipality,
      publicUrl,
      language: languages.find('ar')!,
      languages,
    })
    const pdf = (await printPdf(arabic)).toString('latin1')
    expect(pdf).toMatch(/\/Lang ?\(ar\)/)
    expect(pdf).toContain('/StructTreeRoot')
    expect(pdf).toMatch(/pdfuaid:part/)
  })

  test('is refused rather than printed with a letter that no font has', async () => {
    const sheet = { ...slips, content: { ...slips.content, heading: [{ text: '漢' }] } }
    await expect(printPdf(sheet)).rejects.toThrow(/could not be displayed/)
  })

  test('tells how far it is', async () => {
    const told: { done: number; total: number }[] = []
    await printPdf(slips, { onProgress: (progress) => told.push(progress) })
    expect(told.at(-1)).toEqual({ done: someCodes.length, total: someCodes.length })
  })

  test('is never more than a thousand at once', () => {
    const slipsOf = (number: number) =>
      slipSheet({
        codes: Array(number).fill(someCodes[0]),
        batch: 'b',
        municipality,
        publicUrl,
        language: swedish,
        languages,
      })
    expect(slipsOf(mostAtOnce).links).toHaveLength(mostAtOnce)
    expect(() => slipsOf(mostAtOnce + 1)).toThrow(/at once/)
    expect(() => slipsOf(0)).toThrow(/at once/)
  })

  test('has QR codes of 22 mm or more, quiet zone aside', async () => {
    const svg = (await printSvg(slips)).toString()
    const sides = [...svg.matchAll(/<image [^>]*?width="([\d.]+)"/g)].map(([, points]) => (Number(points) / 72) * 25.4)
    expect(sides).toHaveLength(10)
    for (const side of sides) expect((side * 33) / 41).toBeGreaterThanOrEqual(22)
    expect(slips.links[0]).toBe(`${publicUrl}/#${someCodes[0]}`)
  })

  test('draws every dark square of a QR code, and no other', () => {
    const { data, size } = encode(slips.links[0]!, { ecc: 'M', border: 4 })
    const drawn = data.map((row) => row.map(() => false))
    const svg = qrDrawing(slips.links[0]!)
    for (const [, x, y, length, back] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
      expect(back).toBe(length)
      drawn[Number(y)]!.fill(true, Number(x), Number(x) + Number(length))
    }
    expect(svg).toContain(`viewBox="0 0 ${size} ${size}"`)
    expect(drawn).toEqual(data)
  })
})

describe('what people wrote', () => {
  test.each([
    '#import "/common.typ": *',
    '*fet* _kursiv_ `kod`',
    '$x^2$ <label> @ref',
    '#pagebreak()#read("x")',
    '\\#\\u{41}',
  ])('is shown as it is: %s', async (line) => {
    const [without, shown] = [await glyphs(letterFrom('A')), await glyphs(letterFrom('A', line))]
    expect(shown - without).toBe(line.replaceAll(' ', '').length)
  })

  test('cannot turn its surroundings around, and is one line', () => {
    expect(peoplesLine('a\u202eb\u2067c\u200fd\u061ce\nf\tg\u0000h')).toBe('\u2068abcde f gh\u2069')
    expect(peoplesLine('می\u200cشود')).toBe('\u2068می\u200cشود\u2069')
    expect(peoplesLine('A\u030akesson')).toBe('\u2068Åkesson\u2069')
    expect(isolated('12')).toBe('\u206612\u2069')
  })

  test('has a question mark for what no font has, and is printed', async () => {
    expect(peoplesLine('漢 Ж 😀')).toBe('\u2068? Ж ?\u2069')
    await printPdf(letterFrom('漢字', '😀', '\ud800'))
  })

  test('is printed whatever its letters, of all that are let through', async () => {
    const all = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code + 1))
    const kept = all.filter((letter) => letter.trim() && peoplesLine(letter).slice(1, -1) === letter)
    expect(kept.length).toBeGreaterThan(1000)
    const lines = kept.join(' ').match(/.{1,180}/gu)!
    for (let from = 0; from < lines.length; from += 5) await printPdf(letterFrom(...lines.slice(from, from + 5)))
  })

  test('keeps inside its field, however long its words', async () => {
    const endless = 'Ä'.repeat(500)
    const address = Array<string>(20).fill(endless)
    const letter = letterSheet({
      ...letterBasics,
      letters: [{ code: someCodes[0]!, address }],
      sender: address,
      contact: address,
      language: swedish,
      languages,
    })
    expect(pagesOf(await printPdf(letter))).toBe(1)
    expect((letter.content.sender as string[]).length).toBe(5)
  })
})

describe('on an office printer that prints on both sides', () => {
  const duplexOf = async (sheet: Sheet) => /\/Duplex (\/\w+)/.exec((await printPdf(sheet)).toString('latin1'))?.[1]

  test('nobody finds the next person’s code on the back; a form turns as a page does', async () => {
    const sheets = everySheet(languages, swedish)
    expect(await duplexOf(sheets.get('slips')!)).toBe('/Simplex')
    expect(await duplexOf(sheets.get('letters guardian')!)).toBe('/Simplex')
    expect(await duplexOf(sheets.get('forms guardian')!)).toBe('/DuplexFlipLongEdge')
  })

  test('the PDF is whole: its table of objects stands where it says', async () => {
    const text = (await printPdf(slips)).toString('latin1')
    const at = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)![1])
    expect(text.slice(at, at + 4)).toBe('xref')
    const [catalog] = /\/Root (\d+) 0 R/.exec(text)!.slice(1)
    const offset = [...text.slice(at).matchAll(/^(\d{10}) \d{5} [nf]/gm)][Number(catalog)]![1]
    expect(text.slice(Number(offset))).toMatch(new RegExp(`^${catalog} 0 obj`))
  })

  test('a PDF that is written in another way is refused rather than spoiled', () => {
    expect(() => withSides(Buffer.from('%PDF-1.7 /ViewerPreferences << >> 5 0 obj startxref 9 %%EOF'), 'one')).toThrow(
      /another place/,
    )
  })
})

describe('names in other languages of Arabic letters', () => {
  test.each(['ښاغلی ډاکټر ځواک څرک ګل ړوند ږیره ڼ ې ۍ', 'ڕۆژ ڵ ێوار ەوە ڤیان', 'ادارهٔ خدمات', 'رَحْمٰن \u0653\u0655'])(
    'are printed as they are: %s',
    async (name) => {
      expect(peoplesLine(name).slice(1, -1)).toBe(name.normalize('NFC'))
      expect(unprintableLetters([name])).toEqual([])
      await printPdf(letterFrom(name))
    },
  )

  test('a letter that no font has is named, each once', () => {
    expect(unprintableLetters(['Åsa', '漢字漢', '\u202e', 'က'])).toEqual(['漢', '字', 'က'])
  })

  test('an address of e-mail has nothing in it that would be copied with it', () => {
    expect(peoplesLine('Karin, karin.lindqvist@alingsas.se')).not.toContain('\u200b')
    expect(peoplesLine('Ä'.repeat(60))).toContain('\u200b')
  })
})
