import { optionNumbers } from '../../src/questionnaire/answers.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import { openSealed } from '../../src/round/round-key.ts'
import { decodeBallot } from '../../src/urn/ballot.ts'
import { rowIn, rowsIn } from '../support/rows.ts'
import { openRound, type Service, type ServiceOptions, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

export interface Form {
  digits: string
  code?: string
  /** What is typed when the page asks for the form a second time. */
  again?: string
  /** What is typed when the two differ. */
  third?: string
}

/** A coordinator at a bundle of forms: types what a person would, and reads what the page says. */
export async function seatClerk(options: ServiceOptions = {}) {
  const service = await startService(options)
  const round = await openRound(service.db)
  return sitDown(service, round)
}

export async function sitDown(service: Service, round: TestRound) {
  const staff = await staffBrowser(service, { role: 'coordinator', language: 'en' })

  async function startBundle(forms: number, choice: Record<string, string> = {}) {
    const { group = 'economic_assistance', ...more } = choice
    const stratumId = round.strata[group as keyof TestRound['strata']]
    const start = await staff.get('/staff/paper')
    const id = /name="id" value="(\w+)"/.exec(start.body)![1]!
    const sent = { id, stratum: stratumId, forms: String(forms), language: 'sv', ...more }
    const response = await staff.post('/staff/paper/bundles', sent)
    const url = String(response.headers.location)
    return { id, url, stratumId }
  }

  const ticketOf = (body: string) => /name="ticket" value="([\w-]+)"/.exec(body)![1]!
  const actionOf = (body: string) => /action="([^"]*\/(?:forms|first-entry))"/.exec(body)![1]!
  const fields = (digits: string) => Object.fromEntries(Array.from(digits, (digit, at) => [`q${at + 1}`, digit]))
  const codeField = (code?: string): Record<string, string> => (code === undefined ? {} : { code })

  /** Types one form on the page that is shown, and a second time when it asks for that; gives the last answer. */
  async function type(url: string, { digits, code, again = digits, third = again }: Form) {
    const page = await staff.get(url)
    let response = await staff.post(actionOf(page.body), {
      ticket: ticketOf(page.body),
      ...fields(digits),
      ...codeField(code),
    })
    if (response.statusCode === 200)
      response = await staff.post(actionOf(response.body), { ticket: ticketOf(response.body), ...fields(again) })
    if (response.statusCode === 400 && response.body.includes('Second entry:'))
      response = await staff.post(actionOf(response.body), { ticket: ticketOf(response.body), ...fields(third) })
    return response
  }

  async function undo(url: string) {
    const page = await staff.get(url)
    return staff.post(`${url.split('?')[0]}/undo`, { ticket: ticketOf(page.body) })
  }

  const bundle = (id: string) =>
    rowIn<{ forms: number; entered: number; blank: number; compared: number; differing: number; is_done: number }>(
      service.db,
      'select * from paper_bundles where id = ?',
      id,
    )

  /** What lies in the urn, and beside it, opened: the eight digits, language, stratum and channel of each ballot, in order of text. */
  async function urn() {
    const rows = await rowsIn<{ stratum_id: string; channel: string; sealed: Buffer }>(
      service.db,
      'select ballot_id, stratum_id, channel, sealed from urn union all select ballot_id, stratum_id, channel, sealed from waiting_forms',
    )
    const opened = rows.map(({ stratum_id, channel, sealed }) => {
      const { answers, language, stratumId } = decodeBallot(openSealed(round.key, sealed)!)
      if (stratumId !== stratum_id) throw new Error('a ballot lies in the wrong stratum')
      return `${optionNumbers(answers).join('')} ${language} ${channel}`
    })
    return opened.sort()
  }

  return { service, round, staff, startBundle, type, undo, bundle, urn, ticketOf, actionOf, fields }
}

export type Clerk = Awaited<ReturnType<typeof seatClerk>>

export const mostOf = questions.map(({ options }) => options.length)
