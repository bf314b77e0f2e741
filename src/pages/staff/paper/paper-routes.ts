import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { DomainError } from '../../../errors.ts'
import { may as mayDo } from '../../../people/roles.ts'
import { paperFormSheet } from '../../../print/paper-forms.ts'
import { printPdf } from '../../../print/print-process.ts'
import { targetGroups } from '../../../questionnaire/target-groups.ts'
import { languagesOf } from '../../../round/languages.ts'
import { readForm, wholeNumber } from '../../../web/form.ts'
import { goneFrom } from '../../../web/gone.ts'
import { seeOther, sendFile } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import type { Views } from './views.ts'

const may = 'tally offers' as const
/** What is tallied of paper, by the last part of the address. */
const tallied = { 'handed-out': 'handed_out', declined: 'declined' } as const
const deeds = { 'handed-out': 'paper.handedOut', declined: 'paper.declined' } as const
const most = 500
const printForm = z.object({
  group: z.enum(targetGroups),
  language: z.string().max(8),
  copies: wholeNumber(1, 100),
})
const numberForm = z.object({ number: wholeNumber(1, most) })

/** Paper forms: printed, tallied as they are handed out, and what has been entered of them. */
export async function paperRoutes(app: FastifyInstance, options: StaffContext<Views>): Promise<void> {
  const { stores, config, languages, page } = options

  app.get('/paper', { config: { may: 'print paper forms' } }, async (request, reply) =>
    page(request, reply, 'staff/paper/home', await homePage(request)),
  )

  app.get(
    '/paper/forms.pdf',
    { config: { may: 'print paper forms', does: 'paper.printed' } },
    async (request, reply) => {
      const { group, language: code, copies } = printForm.parse(request.query)
      const round = await stores.round.findWorkingRound()
      const printed = round ? languagesOf(languages, round) : languages
      const language = printed.find(code) ?? printed.all[0]!
      const municipality = await stores.enrolment.getMunicipality(request.staff.municipalityCode!)
      const options = { group, copies, municipality, publicUrl: config.publicUrl, language, languages }
      const turn = { owner: `forms of ${request.staff.id}`, mostOfOne: 1, signal: goneFrom(reply) }
      const pdf = await printPdf(paperFormSheet(options), turn).catch(asOneAtATime)
      request.done = {
        subject: `${group} ${language.code}`,
        municipalityCode: request.staff.municipalityCode,
        number: copies,
      }
      return sendFile(reply, `${group}-${language.code}.pdf`, pdf)
    },
  )

  for (const what of ['handed-out', 'declined'] as const) {
    const tally = { channel: 'paper', disposition: tallied[what] } as const

    app.post(
      `/paper/:stratumId/${what}`,
      { config: { may, does: deeds[what], byTheHour: true } },
      async (request, reply) => {
        const { id, unit, municipalityCode } = await stratumOf(request)
        const form = readForm(numberForm, request.body)
        if ('problems' in form) {
          const problems = { [`number-${id}-${what}`]: form.problems.number! }
          return page(request, reply, 'staff/paper/home', { ...(await homePage(request)), problems }, 400)
        }
        const { number } = form.data
        await stores.invitation.addToTally({ stratumId: id, ...tally, number })
        request.done = { subject: unit, municipalityCode, number }
        return seeOther(reply, `/staff/paper?done=${deeds[what]}&undo=${id}.${what}.${number}`)
      },
    )

    app.post(
      `/paper/:stratumId/${what}/undo`,
      { config: { may, does: `${deeds[what]}Undone`, byTheHour: true } },
      async (request, reply) => {
        const { id, unit, municipalityCode } = await stratumOf(request)
        const form = readForm(numberForm, request.body)
        if ('problems' in form) throw new DomainError('invalid', 'A number to take back is missing.')
        const { number } = form.data
        await stores.invitation.addToTally({ stratumId: id, ...tally, number: -number })
        request.done = { subject: unit, municipalityCode, number }
        return seeOther(reply, `/staff/paper?done=${deeds[what]}Undone`)
      },
    )
  }

  const stratumOf = ({ params, staff }: FastifyRequest) =>
    stores.organisation.getStratumWithin(staff.scope, (params as { stratumId: string }).stratumId)

  async function homePage({ staff, query }: FastifyRequest) {
    const { scope, role, municipalityCode } = staff
    const round = await stores.round.findWorkingRound()
    if (!round) return { round }
    const entersPaper = mayDo(role, 'enter paper')
    const strata = await stores.paper.listHandedOut(round.id, scope)
    const bundles = entersPaper ? await stores.paper.listBundles(round.id, scope) : []
    const imported =
      entersPaper && municipalityCode
        ? await stores.paper.countImported({ roundId: round.id, municipalityCode })
        : undefined
    return {
      round,
      strata,
      imported,
      open: bundles.filter(({ isDone }) => !isDone),
      entered: bundles.reduce((sum, bundle) => sum + bundle.entered, 0),
      blank: bundles.reduce((sum, bundle) => sum + bundle.blank, 0),
      handedOut: strata.reduce((sum, stratum) => sum + stratum.handedOut, 0),
      groups: [...new Set(strata.map(({ targetGroup }) => targetGroup))],
      spoken: languagesOf(languages, round).all,
      undo: undoOf(query, strata),
    }
  }
}

/** Forms are printed one at a time for each person, and theirs is not ready yet; or nobody waits for them any more. */
function asOneAtATime(error: unknown): never {
  if ((error as Error).name === 'AbortError') throw new DomainError('unavailable', 'Nobody waits for these forms.')
  if (!(error instanceof DomainError) || error.messageKey !== 'printOwn') throw error
  throw new DomainError('too-many', error.message, { messageKey: 'printWaits', cause: error })
}

/** What was tallied a moment ago, to be taken back: `<stratum>.<what>.<number>` in the address. */
function undoOf(query: unknown, strata: { stratumId: string; unit: string; targetGroup: string }[]) {
  const [id, what, number] = String((query as { undo?: string }).undo ?? '').split('.')
  const stratum = strata.find(({ stratumId }) => stratumId === id)
  const isKnown = stratum && what! in tallied && /^\d{1,3}$/.test(number ?? '')
  return isKnown ? { stratumId: stratum.stratumId, unit: stratum.unit, what: what!, number: Number(number) } : undefined
}
