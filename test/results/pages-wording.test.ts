import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { writtenNotices } from '../../src/actions/written-notices.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { type AskedWords, askedWords, rewordedQuestions } from '../../src/round/asked-words.ts'
import { beginCollection, listAskedWords, listNotices } from '../../src/round/asked-words-store.ts'
import { createRoundKey } from '../../src/round/round-key.ts'
import { createRound } from '../../src/round/store.ts'
import { type Service, startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

const languages = loadLanguages()
const now = askedWords(languages, { languages: [], targetGroups: [...targetGroups] })
const answered = [
  { municipality: '1489', unit: 'Vuxna', people: 60, positive: 30 },
  { municipality: '1489', unit: 'Unga', group: 'youth' as const, people: 50, positive: 40 },
]

/** The same words, with those of one question changed in one language. */
const changed = (
  words: readonly AskedWords[],
  language: string,
  change: (question: AskedWords['questions'][number]) => void,
) => {
  const copy = structuredClone(words) as AskedWords[]
  for (const question of copy.find((one) => one.language === language)!.questions) change(question)
  return copy
}
const otherContact = changed(now, 'sv', (question) => {
  if (question.id === 'contact') question.asked.youth = 'Hur är det att nå din socialsekreterare?'
})

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;|&#34;/g, '"')
    .replace(/\s+/g, ' ')
/** Without marks and spaces: words in Swedish are held together in other ways than by them. */
const plain = (text: string) => text.replace(/<[^>]+>|\s/g, '')
const read = async ({ app }: Service, url: string) => {
  const { statusCode, body } = await app.inject(url)
  return { statusCode, body, text: textOf(body) }
}

test('what people are asked is kept in every language of the round when data collection is opened, once', async () => {
  const { db, close } = await startService()
  const key = createRoundKey('2026')
  const round = { id: '2026', year: 2026, opensOn: '2026-09-01', closesOn: '2026-10-31', publicKey: key.publicKey }
  await createRound(db, { ...round, targetGroups: ['youth'], languages: ['sv', 'ar'] })
  const words = askedWords(languages, { languages: ['sv', 'ar'], targetGroups: ['youth'] })
  const notices = writtenNotices(languages, { languages: ['sv', 'ar'] }, { visitMinutes: 120, owner: 'Förbundet' })
  await beginCollection(db, '2026', words, notices)
  const told = await listNotices(db, '2026')
  expect(told.map(({ language }) => language)).toEqual(['ar', 'sv'])
  expect(told[1]!.text).toMatch(
    /^Så behandlar vi personuppgifter\n[\s\S]*Förbundet[\s\S]*\nDina svar och dina uppgifter\n/,
  )
  const kept = await listAskedWords(db, '2026')
  expect(kept.map(({ language }) => language)).toEqual(['ar', 'sv'])
  const [arabic, swedish] = kept
  expect(swedish!.questions).toHaveLength(8)
  expect(swedish!.questions[0]).toMatchObject({
    id: 'contact',
    options: ['Mycket lätt', 'Ganska lätt', 'Ganska svårt', 'Mycket svårt', 'Vet inte'],
  })
  expect(Object.keys(swedish!.questions[0]!.asked)).toEqual(['youth'])
  for (const { hash, questions } of kept)
    expect(hash).toBe(createHash('sha256').update(JSON.stringify(questions)).digest('hex'))
  expect(arabic!.hash).not.toBe(swedish!.hash)
  await expect(beginCollection(db, '2026', words)).rejects.toThrow('Round 2026 is collecting, not draft or enrolling.')
  await close()
})

describe('a question is in other words', () => {
  test('where it was put otherwise to a group that both rounds asked, or its options were', () => {
    expect(rewordedQuestions(now, structuredClone(now))).toEqual([])
    expect(rewordedQuestions(now, otherContact)).toEqual(['contact'])
    const others = changed(now, 'sv', (question) => {
      if (question.id === 'overall') question.options[0] = 'Nöjd'
    })
    expect(rewordedQuestions(others, now)).toEqual(['overall'])
  })

  test('not where a translation was, nor where a group was not asked before, nor where nobody knows', () => {
    const translated = changed(now, 'so', (question) => {
      question.asked.youth = '…'
    })
    const without = changed(now, 'sv', (question) => {
      delete question.asked.unaccompanied
    })
    expect(rewordedQuestions(now, translated)).toEqual([])
    expect(rewordedQuestions(now, without)).toEqual([])
    expect(rewordedQuestions(without, now)).toEqual([])
    expect(rewordedQuestions(now, [])).toEqual([])
  })
})

test('results say what was asked, as it was, and lay nothing beside the year before that was asked in other words', async () => {
  const service = await startService({ now: '2026-12-15T08:00:00Z' })
  await publishedRound(service, answered, 2025, now)
  await publishedRound(service, answered, 2026, otherContact)

  const question = await read(service, '/sv/results/2026/questions/contact')
  expect(question.text).toContain('Hur är det att nå din socialsekreterare?')
  const told = 'Frågan ”Få kontakt” ställdes med andra ord 2026 än 2025. De åren jämförs inte för den frågan.'
  for (const path of ['', '/1489', '/questions/contact', '/groups/youth'])
    expect((await read(service, `/sv/results/2026${path}`)).text).toContain(told)
  expect((await read(service, '/en/results/2026')).text).toContain('was put in other words in 2026 than in 2025')
  expect((await read(service, '/sv/results/2025')).text).not.toContain('med andra ord')

  const nation = (await read(service, '/en/results/2026')).body
  const rowOf = (name: string) => nation.split('<tr').find((row) => row.includes(`>${name}<`))!
  expect(rowOf('Getting in contact')).not.toContain('2025')
  expect(rowOf('Satisfied overall')).toContain('2025')
  await service.close()
})

test('all questions stand on a page of their own in each language, with the checksum that the protocol has', async () => {
  const service = await startService({ now: '2026-12-15T08:00:00Z' })
  await publishedRound(service, answered, 2026, now)
  const arabic = await read(service, '/sv/results/2026/wording/ar')
  const asked = now.find(({ language }) => language === 'ar')!
  expect(arabic.statusCode).toBe(200)
  for (const { asked: texts, options } of asked.questions)
    for (const text of [...Object.values(texts), ...options]) expect(plain(arabic.text)).toContain(plain(text))
  expect(arabic.text).toContain(asked.hash)
  expect(arabic.body).toContain('lang="ar" dir="rtl"')
  expect((await read(service, '/en/results/2026/wording')).text).toContain('Hur lätt eller svårt är det att få kontakt')
  for (const code of ['de', 'xx'])
    expect((await read(service, `/sv/results/2026/wording/${code}`)).statusCode).toBe(404)
  await service.close()
})
