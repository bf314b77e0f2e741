import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { DomainError } from '../../../errors.ts'
import { may as mayDo } from '../../../people/roles.ts'
import { paperFormSheet } from '../../../print/paper-forms.ts'
import { printPdf } from '../../../print/print-process.ts'
import { targetGroups } from '../../../questionnaire/target-groups.ts'
import { languagesOf } from '../../../round/languages.ts'
import { wholeNumber } from '../../../web/form.ts'
import { goneFrom } from '../../../web/gone.ts'
import { seeOther, sendFile } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { registerPage } from './register-page.ts'
import type { Views } from './views.ts'

const may = 'print paper forms' as const
const printForm = z.object({
  group: z.enum(targetGroups),
  language: z.string().max(8),
  copies: wholeNumber(1, 100),
})

/** Paper forms: what has been entered of them, and their sheets. Whoever enters none begins with the tally of those handed out. */
export async function paperRoutes(app: FastifyInstance, options: StaffContext<Views>): Promise<void> {
  const { stores, config, languages, page } = options

  app.get('/paper', { config: { may } }, async (request, reply) => {
    if (!mayDo(request.staff.role, 'enter paper')) return seeOther(reply, '/staff/paper/tally')
    return page(request, reply, 'staff/paper/register', await registerPage(request, options))
  })

  app.get('/paper/print', { config: { may } }, async (request, reply) => {
    const round = await stores.round.findWorkingRound()
    const strata = round ? await stores.organisation.listStrata(round.id, request.staff.scope) : []
    return page(request, reply, 'staff/paper/print', {
      groups: targetGroups.filter((group) => strata.some(({ targetGroup }) => targetGroup === group)),
      spoken: (round ? languagesOf(languages, round) : languages).all,
    })
  })

  app.get('/paper/forms.pdf', { config: { may, does: 'paper.printed' } }, async (request, reply) => {
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
  })
}

/** Forms are printed one at a time for each person, and theirs is not ready yet; or nobody waits for them any more. */
function asOneAtATime(error: unknown): never {
  if ((error as Error).name === 'AbortError') throw new DomainError('unavailable', 'Nobody waits for these forms.')
  if (!(error instanceof DomainError) || error.messageKey !== 'printOwn') throw error
  throw new DomainError('too-many', error.message, { messageKey: 'printWaits', cause: error })
}
