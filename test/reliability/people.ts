import { expect } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { ballotsOf } from '../../src/results/store.ts'
import { unevenStrata } from '../../src/urn/store.ts'
import { openUrnOf } from '../support/open-urn.ts'
import { valueIn } from '../support/rows.ts'
import { browse, drawCodes, type Service, type TestRound } from '../support/service.ts'

export const answers = { contact: 'fairly_hard', views: 'yes', overall: 'very_satisfied' }

const languages = loadLanguages()
const kept = languages.text(languages.find('sv')!, 'response.form.adult.unavailable')

/** Somebody with the questions before them. The same form can be sent again and again, as a browser does after a 503. */
export interface Respondent {
  code: string
  send(): ReturnType<ReturnType<typeof browse>['post']>
}

/** People who have entered with codes of their own and have not answered yet. */
export async function enterMany(service: Service, round: TestRound, count: number): Promise<Respondent[]> {
  const codes = await drawCodes(service, round, { count })
  return Promise.all(
    codes.map(async (code) => {
      const browser = browse(service.app)
      const entry = await browser.post('/entry', { code, language: 'sv' })
      expect(entry.headers.location).toBe('/questions')
      return { code, send: () => browser.post('/response', answers) }
    }),
  )
}

type Reply = Awaited<ReturnType<Respondent['send']>>

export function expectThanks(reply: Reply): void {
  expect([reply.statusCode, reply.headers.location]).toEqual([303, '/thanks'])
}

/** The person is told to wait and send again, and every chosen answer is still chosen. */
export function expectKeptInForm(reply: Reply): void {
  expect(reply.statusCode).toBe(503)
  expect(reply.headers['retry-after']).toBe('30')
  expect(reply.body).toContain(kept)
  for (const [question, option] of Object.entries(answers))
    expect(reply.body).toContain(`name="${question}" value="${option}" checked`)
  expect(reply.body.match(/ checked/g)).toHaveLength(Object.keys(answers).length)
}

/** Exactly so many answers are stored, each with its mark, and the database is whole. */
export async function expectStored({ db }: Service, round: TestRound, ballots: number): Promise<void> {
  expect((await openUrnOf(ballotsOf(db, round.id), round.key)).ballots).toBe(ballots)
  expect(await valueIn(db, 'select count(*) from spent')).toBe(ballots)
  expect(await unevenStrata(db)).toEqual([])
  expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok')
}
