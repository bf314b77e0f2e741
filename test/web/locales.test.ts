import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SQLite } from '../../src/database/sqlite.ts'
import { type Languages, loadLanguages, localesFolder, readTexts } from '../../src/language/languages.ts'
import { writeInvitation } from '../../src/mail/invitation-mail.ts'
import { mailKeys } from '../../src/mail/mail-keys.ts'
import { optOutToken } from '../../src/mail/opt-out.ts'
import { publishDraft, saveDraft } from '../../src/own-texts/store.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import { registerOf, registers, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { withdraw } from '../../src/results/release-steps-store.ts'
import { everySheet } from '../print/some-sheets.ts'
import { letSee, openedRound, publishedRound } from '../results/published.ts'
import { everyHeard } from '../results/some-heard.ts'
import { nameTheBoard } from '../support/board.ts'
import { formIn } from '../support/page-form.ts'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'
import {
  alphabets,
  caseworkers,
  constructions,
  forbidden,
  labels,
  promises,
  revealing,
  sharedWords,
} from './translation-rules.ts'

const languages = loadLanguages()
const codes = languages.all.map(({ code }) => code)
const translations = codes.filter((code) => code !== 'sv')
/** What respondents read. What staff read, and results, are Swedish and English only, and under no rule of how respondents are spoken to. */
const texts = new Map(codes.map((code) => [code, flatten(respondentTexts(code))]))
const textsOf = (code: string) => [...texts.get(code)!]

function respondentTexts(code: string) {
  const { staff, results, ...texts } = readTexts(join(localesFolder, code))
  return texts
}

/** Every text with its whole key: `response.form.next`. */
function flatten(tree: object, path = ''): Map<string, string> {
  const branches = Object.entries(tree).map(([name, branch]) =>
    typeof branch === 'string' ? ([[path + name, branch]] as const) : [...flatten(branch, `${path}${name}.`)],
  )
  return new Map(branches.flat())
}

const pluralForm = /_(zero|one|two|few|many|other)$/
const baseKey = (key: string) => key.replace(pluralForm, '')
const keysOf = new Map(codes.map((code) => [code, new Set(textsOf(code).map(([key]) => baseKey(key)))]))
const baseKeys = (code: string) => [...keysOf.get(code)!].sort()
const placeholders = (text: string) => [...text.matchAll(/{{(.*?)}}/g)].map(([, name]) => name!).sort()
const withoutSwedish = (text: string) => text.replace(/<sv>.*?<\/sv>/g, '')
const isYoung = (key: string) => /\.young\.|^questionnaire\.groups\.(youth|unaccompanied)\./.test(key)

/** Wherever a pattern is found in the texts of a language: `key: what was found`. */
function findings(code: string, pattern: RegExp, which: (key: string) => boolean = () => true): string[] {
  const everywhere = new RegExp(pattern, `${pattern.flags}g`)
  const searched = textsOf(code).filter(([key]) => which(key))
  return searched.flatMap(([key, text]) => [...text.matchAll(everywhere)].map(([found]) => `${key}: ${found}`))
}

/** Any of some whole words, in which a star stands for more letters. */
function anyWord(...words: string[]): RegExp {
  const letter = '[\\p{L}\\p{M}]'
  return new RegExp(`(?<!${letter})(?:${words.join('|').replaceAll('*', `${letter}*`)})(?!${letter})`, 'iu')
}

test.each(['staff', 'results'])('the texts of %s are the same in Swedish and in English', (name) => {
  const [swedish, english] = ['sv', 'en'].map((code) => flatten({ [name]: readTexts(join(localesFolder, code))[name] }))
  expect([...english!.keys()]).toEqual([...swedish!.keys()])
  for (const [key, text] of english!) expect(placeholders(text), key).toEqual(placeholders(swedish!.get(key)!))
})

describe('every language', () => {
  test('is a folder of the same files', () => {
    for (const code of codes) {
      const files = (of: string) =>
        readdirSync(join(localesFolder, of)).filter((file) => !/^(staff|results\.json)$/.test(file))
      expect(files(code).sort(), code).toEqual(files('sv').sort())
    }
  })

  test.each(translations)('%s has the same texts as Swedish', (code) => {
    expect(baseKeys(code)).toEqual(baseKeys('sv'))
  })

  test.each(codes)('%s has exactly the plural forms of its grammar', (code) => {
    const { pluralCategories } = new Intl.PluralRules(code).resolvedOptions()
    const forms = textsOf(code).flatMap(([key]) => (pluralForm.test(key) ? [key] : []))
    const plurals = new Set(forms.map(baseKey))
    expect(plurals).toContain('response.start.codeShort')
    expect(forms.sort()).toEqual(
      [...plurals].flatMap((key) => pluralCategories.map((category) => `${key}_${category}`)).sort(),
    )
  })

  test.each(translations)(
    '%s keeps every placeholder, and writes a number out only where it can be no other',
    (code) => {
      const source = new Map(textsOf('sv').map(([key, text]) => [baseKey(key), placeholders(text)]))
      const rules = new Intl.PluralRules(code)
      const chosen = Array.from({ length: 1000 }, (_, number) => rules.select(number) as string)
      const standsForOne = new Set(chosen.filter((form) => chosen.indexOf(form) === chosen.lastIndexOf(form)))

      for (const [key, text] of textsOf(code)) {
        const kept = placeholders(text)
        if (standsForOne.has(key.match(pluralForm)?.[1] ?? '') && !kept.includes('count')) kept.push('count')
        expect(kept.sort(), key).toEqual(source.get(baseKey(key)))
      }
    },
  )

  test.each(codes)('%s marks Swedish words, and has no other markup', (code) => {
    const swedish = `${[...texts.get('sv')!.values()].join('\n')}\nenkät`.replaceAll('\u00ad', '').toLowerCase()
    for (const [key, text] of textsOf(code)) {
      expect(withoutSwedish(text), key).not.toMatch(/[<>]/)
      for (const [, words] of text.matchAll(/<sv>(.*?)<\/sv>/g)) {
        for (const word of words!.replaceAll('\u00ad', '').split(', '))
          expect(swedish, `${key}: ${word}`).toContain(word.toLowerCase())
      }
    }
    expect(texts.get('sv')!.get('response.start.promise')).not.toContain('<sv>')
  })

  test('no text is left in another language', () => {
    const alike = ['en sv questionnaire.options.gender.man', 'en es questionnaire.options.yes_no.no'] // Man, No
    const pairs = codes.flatMap((one) => codes.filter((other) => one < other).map((other) => [one, other] as const))
    const found = pairs.flatMap(([one, other]) =>
      textsOf(one).flatMap(([key, text]) => (texts.get(other)!.get(key) === text ? [`${one} ${other} ${key}`] : [])),
    )
    expect(found.sort()).toEqual(alike.sort())
  })

  test.each(Object.entries(alphabets))('%s is written in its own letters, digits and marks', (code, alphabet) => {
    const shared = new RegExp(`<sv>.*?</sv>|\\{\\{.*?\\}\\}|(?<!\\p{L})(?:${sharedWords.join('|')})(?!\\p{L})`, 'giu')
    for (const [key, text] of textsOf(code)) {
      expect(text.replace(shared, '').match(new RegExp(`[^${alphabet}]`, 'iu'))?.[0], `${key}: ${text}`).toBeUndefined()
    }
  })

  test.each(codes)('%s has no empty text, no stray space and no space inside its punctuation', (code) => {
    for (const [key, text] of textsOf(code)) {
      expect(text, key).toMatch(/\p{L}/u)
      expect(text, key).not.toMatch(/^\s|\s$|\s\s|[^\S ]/)
      expect(text, key).not.toMatch(/\s[.,?!:;)»،؟؛።፣]|[(«¿¡]\s/)
    }
  })

  test.each(Object.entries(forbidden))('%s has none of the words that frighten, shame or mislead', (code, words) => {
    expect(findings(code, anyWord(...words))).toEqual([])
  })

  test.each(Object.entries(revealing))('%s never gives the target group away', (code, words) => {
    expect(findings(code, anyWord(...words))).toEqual([])
  })

  test.each(Object.entries(constructions))(
    '%s asks of change since the contact began, and names both ends of satisfaction',
    (code, asked) => {
      for (const group of targetGroups)
        for (const [question, pattern] of Object.entries(asked)) {
          const key = `questionnaire.groups.${group}.${question}`
          expect(
            texts
              .get(code)!
              .get(key)
              ?.replace(/<\/?sv>/g, ''),
            key,
          ).toMatch(pattern)
        }
    },
  )

  test.each(Object.entries(promises))('%s keeps the negation of its promise, for everybody', (code, pattern) => {
    for (const key of ['response.start.promise', 'response.form.adult.promise', 'response.form.young.promise']) {
      expect(texts.get(code)!.get(key), key).toMatch(pattern)
    }
  })

  test.each(codes)('%s speaks to young people without a word of parents, whom some of them do not have', (code) => {
    const parents = /föräldr|mamma|pappa|parent|padre|батьк|والد|پدر|مادر|waalid|ወለድ|ወላዲ/i
    expect(findings(code, parents, isYoung)).toEqual([])
  })

  test.each(Object.entries(labels))('%s has the answer labels that were agreed', (code, scales) => {
    const { dont_know: dontKnow, ...agreed } = scales
    for (const [scale, expected] of Object.entries(agreed)) {
      const { options } = questions.find((question) => question.scale === scale.replace('_young', ''))!
      const written = options.map((option) => texts.get(code)!.get(`questionnaire.options.${scale}.${option}`))
      expect(written.join(' · '), scale).toBe(options.includes('dont_know') ? `${expected} · ${dontKnow}` : expected)
    }
    const scalesAsked = new Set(questions.map((question) => question.scale as string)).add('gender_young')
    expect(new Set(Object.keys(agreed))).toEqual(scalesAsked)
  })
})

describe('one language', () => {
  test('Swedish is active: nothing is done by nobody', () => {
    const passive = /\p{L}+(?:ades|as|ses|des|ljs|ks|js)(?!\p{L})/iu
    const fine = ['allas', 'deras', 'familjs', 'förändras', 'saknas'] // three genitives; to change; to be missing
    expect(findings('sv', passive).filter((found) => !fine.includes(found.split(': ')[1]!))).toEqual([])
  })

  test('Spanish opens each question and each exclamation, and says usted to adults and tú to the young', () => {
    for (const [key, text] of textsOf('es')) {
      expect([...text.matchAll(/¿[^¿?]+\?/g)].length, key).toBe([...text.matchAll(/[¿?]/g)].length / 2)
      expect([...text.matchAll(/¡[^¡!]+!/g)].length, key).toBe([...text.matchAll(/[¡!]/g)].length / 2)
    }
    const usted = anyWord('ustedes', 'usted', 'sus', 'su', 'les', 'le', 'responda', 'espere', 'escriba', 'intente')
    const tu = anyWord('tú', 'tu', 'tus', 'te', 'ti', 'contigo', 'has', 'puedes', 'quieres', 'recibes', 'tienes')
    expect(findings('es', usted, isYoung)).toEqual([])
    expect(findings('es', tu, (key) => !isYoung(key))).toEqual([])
  })

  test('Ukrainian says ви to adults and ти to the young, whose gender no verb gives away', () => {
    const vy = anyWord('ви', 'вас', 'вам', 'вами', 'ваш*', '*йте', '*іть')
    const ty = anyWord('ти', 'тебе', 'тобі', 'тобою', 'твій', 'тво*')
    expect(findings('uk', vy, isYoung)).toEqual([])
    expect(findings('uk', ty, (key) => !isYoung(key))).toEqual([])
    expect(findings('uk', anyWord('ти \\p{L}+(?:в|вся|ла|лася)', 'сама?'), isYoung)).toEqual([])
  })

  test('Ukrainian says nobody and not', () => {
    for (const [key, text] of textsOf('uk')) {
      for (const sentence of text.match(/Ніхто [^.]+/gi) ?? []) expect(sentence, key).toMatch(/ не /)
    }
  })

  test('Arabic and Persian isolate every Latin word', () => {
    for (const [key, text] of [...textsOf('ar'), ...textsOf('fa')]) {
      const outside = withoutSwedish(text)
        .replace(/{{.*?}}/g, '')
        .replace(/\u2066[^\u2066\u2069]+\u2069/g, '')
      expect(outside, key).not.toMatch(/[a-z\u2066\u2069]/i)
    }
  })

  test.each(codes)('%s has the signs of its own script between words', (code) => {
    for (const [key, text] of textsOf(code)) {
      const own = withoutSwedish(text).replace(/{{.*?}}|\u2066[^\u2069]+\u2069/g, '')
      expect(own, key).not.toMatch(foreignSigns(code))
    }
  })

  test('Arabic and Persian hold what stands in brackets with Swedish words as one: it would tear where a line breaks', () => {
    const torn = ['ar', 'fa'].flatMap((code) => findings(code, /\((?!<sv>[^<]*<\/sv>\))[^()]*<sv>[^()]*\)/u))
    expect(torn).toEqual([])
  })

  test('Persian joins what belongs together with a zero-width non-joiner, and nothing else', () => {
    const apart = /(?<!\p{L})ن?می |(?<![\p{L}\u200c])ها(?:ی|یی|یتان|یشان)?(?![\p{L}\u200c])/u
    const edges = /\u200c(?!\p{L})|(?<!\p{L})\u200c/u
    const together = /(?<!\p{L})ن?می\p{L}+|\p{L}*(?![ادذرزژوآ])\p{L}ها(?:ی|یی|یتان|یشان)?(?!\p{L})/u
    const fine = ['میز', 'میلادی', 'تنها'] // desk, of the Gregorian year, alone
    expect(findings('fa', apart)).toEqual([])
    expect(findings('fa', edges)).toEqual([])
    expect(findings('fa', together).filter((found) => !fine.includes(found.split(': ')[1]!))).toEqual([])
  })

  test('Persian never says information without saying which', () => {
    expect(findings('fa', /اطلاعات(?! شخصی|ی که)/)).toEqual([])
  })

  test('Tigrinya speaks to everybody in the polite plural', () => {
    const cookie = 'ኩኪ'
    expect(findings('ti', anyWord('*[ካኻኪኺ]')).filter((found) => !found.endsWith(`: ${cookie}`))).toEqual([])
  })

  test('Tigrinya never names the guardian without the parent', () => {
    expect(findings('ti', /(?<!ወላዲ ወይ )ሞግዚት/)).toEqual([])
  })
})

describe('every page in every language', () => {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  let walk: Awaited<ReturnType<typeof walkEverywhere>>

  beforeAll(async () => {
    walk = await walkEverywhere(join(folder, 'survey.db'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('was seen, in every state', () => {
    for (const code of codes) expect(walk.pages.filter((page) => page.language === code).length, code).toBe(69)
  })

  test('shows only texts that exist, with every placeholder filled', () => {
    expect(walk.unknown).toEqual([])
    for (const { at, body } of walk.pages) expect(body, at).not.toMatch(/{{|}}|undefined/)
  })

  test('together they use every text there is', () => {
    expect(baseKeys('sv').filter((key) => !walk.used.has(key))).toEqual([])
  })

  test('shows no mark-up of a text', () => {
    for (const { at, body } of walk.pages) expect(body, at).not.toMatch(/(&lt;|&#60;)\/?(sv|bdi)/)
  })

  test('ends no sentence with two stops, such as that of a Ukrainian date and its own', () => {
    for (const { at, body } of walk.pages) expect(visibleText(body), at).not.toMatch(/(?<!\.)\.\.(?!\.)/)
  })

  test('has the signs of its own script between words, in lists and dates too', () => {
    for (const { at, body, language } of walk.pages) {
      const foreign = /<(bdi|a|button|li)[^>]* lang="[^"]*"[^>]*>.*?<\/\1>|\u2066[^\u2069]*\u2069/g
      expect(visibleText(body.replace(foreign, '')), at).not.toMatch(foreignSigns(language))
    }
  })

  test('offers the same options in the same order', () => {
    const expected = questions.flatMap(({ id, options }) => options.map((option) => `${id} ${option}`))
    const forms = walk.pages.filter(({ body }) => body.includes('action="response"'))
    expect(forms.length).toBe(codes.length * targetGroups.length * 3)
    for (const { at, body } of forms) {
      const offered = [...body.matchAll(/type="radio" name="(\w+)" value="(\w+)"/g)].map(([, id, to]) => `${id} ${to}`)
      expect(offered, at).toEqual(expected)
    }
  })

  test('shows each language in its own name and script, and the page in its direction', () => {
    for (const { at, body, language } of walk.pages) {
      expect(body, at).toContain(`<html lang="${language}" dir="${languages.find(language)!.dir}">`)
      if (at.endsWith('thanks')) continue
      for (const { code, dir, name } of languages.all) {
        expect(body, at).toMatch(new RegExp(`lang="${code}" dir="${dir}"[^>]*>${name}<`))
      }
    }
  })

  test.each(Object.entries(caseworkers))(
    '%s gives the Swedish word where it first names the caseworker',
    (code, word) => {
      const pages = walk.pages.filter(({ language }) => language === code).map(({ body }) => visibleText(body))
      const first = pages.map((page) => page.match(new RegExp(`(?:${word}).{0,40}`, 'u'))?.[0]).filter(Boolean)
      expect(first.length).toBeGreaterThan(0)
      for (const mention of first) expect(mention).toContain('(socialsekreterare')
    },
  )

  test.each(translations)('%s marks each Swedish word as Swedish, so that it is read aloud as such', (code) => {
    const marked = textsOf(code).flatMap(([, text]) =>
      [...text.matchAll(/<sv>([^{]*?)<\/sv>/g)].map(([, words]) => words!),
    )
    for (const { at, body } of walk.pages.filter(({ language }) => language === code)) {
      const unmarked = visibleText(body.replace(/<bdi lang="sv" dir="ltr">.*?<\/bdi>/g, ''))
      for (const words of marked) expect(unmarked, at).not.toMatch(anyWord(words))
    }
  })
})

/** Commas, semicolons and question marks that are not of the script of a language; Tigrinya writes `28, 2026`. */
const foreignSigns = (code: string) =>
  languages.find(code)!.dir === 'rtl' ? /[,;?፣፤]/ : code === 'ti' ? /,(?! \d{4})|[;،؛؟]/ : /[،؛؟፣፤]/

/** What a reader sees of a page; titles and attributes aside. */
function visibleText(body: string): string {
  return body
    .replace(/<title>.*?<\/title>/, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&#?\w+;/g, ' ')
    .replace(/\s+/g, ' ')
}

/** Languages that note which texts were asked for, and which of them do not exist. */
function noting(used: Set<string>, unknown: string[]): Languages {
  return {
    ...languages,
    text(language, key, values) {
      used.add(key)
      if (/^(staff|results)\./.test(key) || keysOf.get(language.code)!.has(key))
        return languages.text(language, key, values)

      unknown.push(`${language.code} ${key}`)
      return key
    },
  }
}

const owner = { OWNER_NAME: 'Ägaren', OWNER_CONTACT: 'agaren@example.se', DPO_CONTACT: 'ombud@example.se' }
const settings = { BUSY_SECONDS: '0', WRONG_CODES_PER_HOUR: '100', TRUSTED_PROXIES: '127.0.0.1', ...owner }

/** Goes to every page in every language, in every state that it can be in, and keeps what was shown. */
async function walkEverywhere(file: string) {
  const used = new Set<string>()
  const unknown: string[] = []
  const pages: { language: string; at: string; body: string }[] = []
  const before = await startService({ file })
  const round = await openRound(before.db)
  await nameTheBoard(before.db, round.id)
  const many = ['1489', '1480'].map((municipality) => ({ municipality, unit: 'Vuxna', people: 60, positive: 45 }))
  const few = { municipality: '1490', unit: 'Vuxna', people: 5, positive: 3 }
  for (const year of [2023, 2024, 2025]) await publishedRound(before, [...many, few], year)
  await openedRound(before, many, 2022)
  await letSee(before, 'release', '2022')
  await letSee(before, 'publish', '2022', new Date('2026-12-15T08:00:00Z'))
  await writeNext(before)
  await withdraw(before.db, { roundId: '2023', number: 1, by: 'one', now: before.clock.now }, 'Fel enhet.')
  await before.close()
  const service = await startService({ file, keys: before.keys, languages: noting(used, unknown), settings })
  await service.app.inject('/tablet/worker.js') // renders all that tablets show
  const mail = { languages: noting(used, unknown), publicUrl: 'https://svar.example.se' }
  for (const language of codes) {
    const see = (at: string, { body }: { body: string }) => pages.push({ language, at: `${language} ${at}`, body })
    await readPublicPages(service, language, see)
    for (const wording of ['invitation', 'reminder'] as const)
      for (const register of registers)
        writeInvitation(mail, {
          ...{ wording, register, language: languages.find(language)! },
          ...{ code: '1234567890123456', optOutToken: 'x', municipality: { code: '1489', name: 'Alingsås' } },
        })
    await mistypeCodes(service, language, see)
    for (const group of targetGroups) {
      const enter = () => enterQuestionnaire(service, round, group, language)
      await answerAsFarAsThanks(await enter(), see, group)
      await meetABusyDatabase(await enter(), see, group, file)
      if (registerOf(group) === 'adult') await takeTooLong(service, enter, see, [group, language])
    }
  }
  await service.close()
  for (const language of languages.all) {
    everySheet(noting(used, unknown), language) // what is printed is read as well
    for (const { key, values } of everyHeard()) noting(used, unknown).text(language, key, values)
  }
  return { used, unknown, pages }
}

/** Writes what is done now in a municipality and in the nation. */
async function writeNext({ db, clock: { now } }: Service) {
  for (const area of ['1489', '0000']) {
    const key = { roundId: '2025', area, kind: 'next' as const, language: 'sv' }
    await saveDraft(db, key, { text: 'Vi ska svara fortare.', version: 0, now })
    await publishDraft(db, key, { version: 1, release: 1, now })
  }
}

type See = (at: string, page: { body: string }) => void
type Visitor = ReturnType<typeof browse>

async function readPublicPages({ app, keys }: Service, language: string, see: See) {
  const { get, post } = browse(app, { 'accept-language': language })
  for (const page of ['/about/1489', '/about/0180', '/about/young', '/about/young/1489'])
    see(page, await get(`/${language}${page}`))
  for (const page of [
    '',
    '/about',
    '/accessibility',
    '/cannot-use',
    '/closed',
    '/not-open',
    '/paused',
    '/cannot-use-http',
    '/visit-gone-http',
    '/nowhere',
    ...['', '/2025', '/2025/1489', '/2025/1490', '/2025/0180', '/2026', '/2023', '/2022'].map(
      (page) => `/heard${page}`,
    ),
  ])
    see(page, await get(`/${language}${page}`))
  const token = optOutToken(mailKeys(keys.staffKey), randomBytes(16).toString('hex'))
  see('no more mail', await get(`/${language}/stop/${token}`))
  see('no more mail, done', await post(`/${language}/stop/${token}`))
  see('no more mail, cut off', await get(`/${language}/stop/${token.slice(1)}`))
  see('unreadable', await post('/response', { contact: 'no such option' }))
}

async function mistypeCodes({ app }: Service, language: string, see: See) {
  const { post } = browse(app)
  for (const code of ['', '1', '12', '1234', '12345678901', '12345678901234567', '1234567890123456']) {
    see(`mistyped ${code}`, await post('/entry', { language, code }))
  }
  const guesser = browse(app, { 'x-forwarded-for': `192.0.${codes.indexOf(language)}.1` })
  const guess = () => guesser.post('/entry', { language, code: '0000000000000000' })
  for (let times = 0; times < Number(settings.WRONG_CODES_PER_HOUR); times++) await guess()
  see('guessed too often', await guess())
}

async function enterQuestionnaire(
  service: Service,
  round: TestRound,
  group: (typeof targetGroups)[number],
  language: string,
) {
  const [code] = await drawCodes(service, round, { group })
  const visitor = browse(service.app)
  await visitor.post('/entry', { code: code!, language })
  return visitor
}

async function answerAsFarAsThanks({ get, post }: Visitor, see: See, group: string) {
  see(`${group} questions`, await get('/questions'))
  await post('/response')
  see(`${group} empty`, await get('/questions'))
  await post('/response', { views: 'yes' })
  see(`${group} thanks`, await get('/thanks'))
}

async function meetABusyDatabase({ post }: Visitor, see: See, group: string, file: string) {
  const other = new SQLite(file)
  other.exec('begin exclusive')
  see(`${group} busy`, await post('/response', { views: 'yes' }))
  other.exec('rollback')
  other.close()
}

async function takeTooLong(
  { clock }: Service,
  enter: () => Promise<Visitor>,
  see: See,
  [group, language]: [string, string],
) {
  const now = clock.now
  const [empty, chosen] = [await enter(), await enter()]
  clock.now = new Date(now.getTime() + 3 * 3600 * 1000)
  see(`${group} late`, await empty.get('/questions'))
  see(`${group} late and kept`, await chosen.post('/response', { views: 'yes' }))
  chosen.jar.clear()
  const gone = await chosen.post('/language', { views: 'yes', language })
  see(`${group} gone and kept`, gone)
  const kept = { ...formIn(gone.body, '/entry'), wanted: language }
  see(`${group} kept, in another language`, await chosen.post('/entry/language', kept))
  see(`${group} kept, cannot be used`, await chosen.post('/entry', { ...kept, code: '0000000000000000' }))
  clock.now = now
}
