import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadLanguages, localesFolder } from '../../src/language/languages.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { ballotsOf } from '../../src/results/store.ts'
import { openUrnOf } from '../support/open-urn.ts'
import { browse, drawCodes, openRound, type Service, startService } from '../support/service.ts'

let folder: string
let service: Service | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  cpSync(localesFolder, folder, { recursive: true })
})
afterEach(async () => {
  await service?.close()
  service = undefined
  rmSync(folder, { recursive: true })
})

const aboutPseudo = { name: 'Þšéüðö', dir: 'rtl', intl: 'hi-u-nu-deva', reviewed: true }

/** Makes a language that nobody speaks of the English texts: each in brackets and with accents, and nothing else changed. */
function addPseudoLanguage(about: object = aboutPseudo): void {
  mkdirSync(join(folder, 'qps'))
  for (const file of readdirSync(join(folder, 'en')).filter((name) => name !== 'staff')) {
    const english = JSON.parse(readFileSync(join(folder, 'en', file), 'utf8'))
    const pseudo = file === 'language.json' ? about : pseudoTexts(english)
    writeFileSync(join(folder, 'qps', file), JSON.stringify(pseudo))
  }
}

type Texts = { [key: string]: string | Texts }

function pseudoTexts(texts: Texts): Texts {
  const { pluralCategories } = new Intl.PluralRules('qps').resolvedOptions()
  const pseudo = Object.entries(texts).flatMap(([key, value]): [string, string | Texts][] => {
    if (typeof value !== 'string') return [[key, pseudoTexts(value)]]
    if (!key.endsWith('_other')) return /_(one|two|few|many)$/.test(key) ? [] : [[key, pseudoText(value)]]
    return pluralCategories.map((category) => [key.replace('other', category), pseudoText(value)])
  })
  return Object.fromEntries(pseudo)
}

function pseudoText(english: string): string {
  const accents: Record<string, string> = {
    a: 'á',
    e: 'é',
    i: 'í',
    o: 'ö',
    u: 'ü',
    n: 'ñ',
    s: 'š',
    d: 'ð',
    y: 'ý',
    c: 'ç',
  }
  return `⟦${english.replace(/<sv>.*?<\/sv>|{{.*?}}|[a-z]/g, (piece) => accents[piece] ?? piece)}⟧`
}

describe('a ninth language', () => {
  test('is a folder and nothing else: a person answers in it from start to thanks', async () => {
    addPseudoLanguage()
    service = await startService({ languages: loadLanguages(folder) })
    const round = await openRound(service.db)
    const [code] = await drawCodes(service, round, { group: 'youth' })
    const { get, post } = browse(service.app, { 'accept-language': 'qps, en;q=0.5' })

    const start = (await get('/')).body
    expect(start).toContain('<html lang="qps" dir="rtl">')
    expect(start).toContain('⟦Týpé thé çöðé⟧')
    expect((await post('/entry', { code: '1234', language: 'qps' })).body).toContain('ýpéð öñlý ४ ñümbérš.⟧')

    expect((await post('/entry', { code: code!, language: 'qps' })).headers.location).toBe('/questions')
    const questions = (await get('/questions')).body
    expect(questions).toContain('⟦Qüéštíöñ ३ öf ८⟧')
    expect(questions).toContain('<bdi lang="sv" dir="ltr">(socialsekreterare)</bdi>')
    await post('/response')
    expect((await get('/questions')).body).toContain('⟦Añšwér át léášt öñé qüéštíöñ⟧')

    expect((await post('/response', { overall: 'very_satisfied', gender: 'other' })).headers.location).toBe('/thanks')
    expect((await get('/thanks')).body).toContain('⟦Tháñk ýöü för áñšwéríñg!⟧')
    const opened = await openUrnOf(ballotsOf(service.db, round.id), round.key)
    expect([...opened.languages]).toEqual([['qps', 1]])
    const answers = opened.counts.map(({ question, option }) => `${question} ${option}`)
    expect(answers.sort()).toEqual(['gender other', 'overall very_satisfied'])
  })

  test('stands in the menu of every other, in its own name and direction', async () => {
    addPseudoLanguage()
    service = await startService({ languages: loadLanguages(folder) })
    const { body } = await browse(service.app).get('/sv')
    expect(body).toContain('<a href="/qps" lang="qps" dir="rtl">Þšéüðö</a>')
    expect(body.match(/<a href="[^"]*" lang="/g)).toHaveLength(readdirSync(localesFolder).length + 1)
  })

  test('is the language of every word on every page: none is written into a view', async () => {
    addPseudoLanguage()
    service = await startService({ languages: loadLanguages(folder) })
    for (const { at, body } of await everyPage(service)) {
      expect(writtenOutside(body), at).toBe('')
      for (const [, value] of body.matchAll(
        / (?:aria-label|title|alt|placeholder|data-(?!number|of|audio)[a-z-]+)="([^"]*)"/g,
      ))
        expect(value, at).toMatch(/^⟦.*⟧$/)
    }
  })

  test('is chosen in the middle of the questions, and what was answered comes along', async () => {
    addPseudoLanguage()
    service = await startService({ languages: loadLanguages(folder) })
    const round = await openRound(service.db)
    const [code] = await drawCodes(service, round)
    const { get, post } = browse(service.app)
    await post('/entry', { code: code!, language: 'uk' })
    await post('/language', { language: 'qps', contact: 'fairly_hard' })

    const { body } = await get('/questions')

    expect(body).toContain('<html lang="qps" dir="rtl">')
    expect(body).toContain('value="fairly_hard" checked')
  })
})

describe('a folder of languages', () => {
  test.each([true, false])('says of each whether a person has read it: %s', (reviewed) => {
    addPseudoLanguage({ ...aboutPseudo, reviewed })
    expect(loadLanguages(folder).find('qps')).toEqual({ ...aboutPseudo, code: 'qps', reviewed })
  })

  test('has Swedish first', () => {
    addPseudoLanguage({ ...aboutPseudo, name: 'Aaa' })
    expect(
      loadLanguages(folder)
        .all.map(({ code }) => code)
        .slice(0, 2),
    ).toEqual(['sv', 'qps'])
  })

  test.each([
    ['without a name', JSON.stringify({ ...aboutPseudo, name: '' })],
    ['in a direction that does not exist', JSON.stringify({ ...aboutPseudo, dir: 'up' })],
    ['with a tag that is none', JSON.stringify({ ...aboutPseudo, intl: 'not a tag' })],
    ['of which nobody says whether it was read', JSON.stringify({ ...aboutPseudo, reviewed: undefined })],
    ['that is not JSON', '{ name: '],
  ])('is refused for a language %s, and the folder is named', (_fault, languageFile) => {
    addPseudoLanguage()
    writeFileSync(join(folder, 'qps', 'language.json'), languageFile)
    expect(() => loadLanguages(folder)).toThrow(/qps/)
  })

  test('is refused for a language without a language.json, and the folder is named', () => {
    addPseudoLanguage()
    rmSync(join(folder, 'qps', 'language.json'))
    expect(() => loadLanguages(folder)).toThrow(/qps/)
  })

  test.each(['es-419', 'zh-Hant-TW', 'no_NO'])('is refused for a name that no ballot can hold: %s', (name) => {
    addPseudoLanguage()
    renameSync(join(folder, 'qps'), join(folder, name))
    expect(() => loadLanguages(folder)).toThrow(name)
  })

  test('stops at the start, not at a respondent, when a text is missing', async () => {
    addPseudoLanguage()
    writeFileSync(join(folder, 'qps', 'web.json'), '{}')
    await expect(startService({ languages: loadLanguages(folder) })).rejects.toThrow('There is no text web.')
  })
})

/** Every page in the ninth language that anybody can come to. */
async function everyPage(service: Service) {
  const { get, post } = browse(service.app, { 'accept-language': 'qps' })
  const pages: { at: string; body: string }[] = []
  const see = async (at: string) => pages.push({ at, body: (await get(at)).body })

  for (const page of ['', '/about', '/accessibility', '/cannot-use', '/closed', '/not-open', '/nowhere'])
    await see(`/qps${page}`)
  await post('/entry', { code: '1234', language: 'qps' })
  await see('/qps')
  const round = await openRound(service.db)
  for (const group of targetGroups) {
    const [code] = await drawCodes(service, round, { group })
    await post('/entry', { code: code!, language: 'qps' })
    await see('/questions')
    await post('/response', { views: 'no' })
    await see('/thanks')
  }
  return pages
}

/** What a page says outside the brackets of the pseudo-language, but for words marked as another language. */
function writtenOutside(body: string): string {
  return body
    .replace(/<!doctype html>/, '')
    .replaceAll('<wbr>', '')
    .replace(/<(a|button|span|bdi)\b[^>]* lang="[^"]*"[^>]*>[^<]*<\/\1>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/⟦[^⟦⟧]*⟧/g, '')
    .replace(/⟦[^⟦⟧]*⟧/g, '') // a text may stand in another
    .replace(/[\s–()]/g, '')
}
