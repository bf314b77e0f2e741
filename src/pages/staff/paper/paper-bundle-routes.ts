import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { readForm, tick, wholeNumber } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import type { ConfirmView } from '../confirming.ts'
import type { StaffContext } from '../context.ts'
import { textsOf } from '../staff-page.ts'
import { registerPage } from './register-page.ts'
import { addressOf } from './ticket.ts'
import type { Views } from './views.ts'

const may = 'enter paper' as const
const mostForms = 2_000
const language = z.string('staff.web.problem.choose').min(1, 'staff.web.problem.choose').max(8)
const startForm = z.object({
  id: z.string().regex(/^[0-9a-f]{12}$/),
  stratum: z.string('staff.web.problem.choose').max(40),
  forms: wholeNumber(1, mostForms),
  language,
  codes: tick,
  sample: tick,
})
/** Why a bundle holds another number of forms than was counted: a text `staff.paper.reasons.<reason>` for each. */
const reasons = ['counted', 'found', 'elsewhere', 'unusable'] as const
const correctionForm = z.object({
  forms: wholeNumber(1, mostForms),
  reason: z.enum(reasons, 'staff.web.problem.choose'),
})

/** The bundles that paper is entered in: begun with a count, corrected with a reason, ended when both counts are the same. */
export async function paperBundleRoutes(
  app: FastifyInstance,
  options: StaffContext<Views & ConfirmView>,
): Promise<void> {
  const { stores, keys, languages, page } = options

  const bundleOf = ({ params, staff }: FastifyRequest) =>
    stores.paper.getBundleWithin(staff.scope, (params as { bundleId: string }).bundleId)

  app.post(
    '/paper/bundles',
    { config: { may, does: 'paper.bundleStarted', byTheHour: true } },
    async (request, reply) => {
      const form = readForm(startForm, request.body)
      if ('problems' in form)
        return page(request, reply, 'staff/paper/register', { ...(await registerPage(request, options)), ...form }, 400)
      const { id, forms, codes, sample } = form.data
      const stratum = await stores.organisation.getStratumWithin(request.staff.scope, form.data.stratum)
      const language = languages.find(form.data.language)?.code ?? 'sv'
      const bundle = { id, stratumId: stratum.id, staffId: request.staff.id, forms, isSampled: sample }
      const isNew = await stores.paper.addBundle(bundle)
      request.done = { subject: stratum.unit, municipalityCode: stratum.municipalityCode, number: isNew ? forms : 0 }
      return seeOther(reply, addressOf({ bundleId: id, language, hasCodes: codes }))
    },
  )

  app.get('/paper/bundles/:bundleId/count', { config: { may } }, async (request, reply) =>
    page(request, reply, 'staff/paper/count', { bundle: await bundleOf(request), reasons }),
  )

  app.post(
    '/paper/bundles/:bundleId/count',
    { config: { may, does: 'paper.bundleCorrected' } },
    async (request, reply) => {
      const bundle = await bundleOf(request)
      const form = readForm(correctionForm, request.body)
      if ('problems' in form) return page(request, reply, 'staff/paper/count', { bundle, reasons, ...form }, 400)
      const { forms, reason } = form.data
      const isDone = await stores.paper.correctForms(bundle.id, forms)
      const why = languages.text(languages.find(request.staff.language)!, `staff.paper.reasons.${reason}`)
      request.done = {
        subject: `${bundle.unit}: ${bundle.forms} → ${forms}. ${why}`,
        municipalityCode: bundle.municipalityCode,
        number: isDone ? 1 : 0,
      }
      return seeOther(reply, `/staff/paper/bundles/${bundle.id}?done=paper.bundleCorrected`)
    },
  )

  app.post(
    '/paper/bundles/:bundleId/finish',
    { config: { may, does: 'paper.bundleDone', byTheHour: true } },
    async (request, reply) => {
      const bundle = await bundleOf(request)
      const isNow = await stores.paper.finishBundle(bundle.id, keys.spentPepper)
      const isDone = isNow || (await bundleOf(request)).isDone
      if (!isDone) return page(request, reply, 'staff/paper/count', { bundle, reasons }, 409)
      request.done = {
        subject: bundle.unit,
        municipalityCode: bundle.municipalityCode,
        number: isNow ? bundle.forms : 0,
      }
      return seeOther(reply, '/staff/paper?done=paper.bundleDone')
    },
  )

  app.get('/paper/bundles/:bundleId/removal', { config: { may } }, async (request, reply) => {
    const bundle = await bundleOf(request)
    const t = textsOf(request, languages)
    const count = { href: `/staff/paper/bundles/${bundle.id}/count`, text: t('staff.paper.countTitle') }
    if (bundle.isDone) return seeOther(reply, count.href)
    const group = t(`staff.words.groups.${bundle.targetGroup}`).toLowerCase()
    return page(request, reply, 'staff/confirm', {
      heading: t('staff.paper.removeHeading', { unit: bundle.unit, group }),
      trail: count,
      consequences: [
        t('staff.paper.removeText', { count: bundle.entered + bundle.blank }),
        t('staff.paper.removeTally'),
      ],
      ...{ action: `/staff/paper/bundles/${bundle.id}/removal`, button: t('staff.paper.remove') },
    })
  })

  app.post(
    '/paper/bundles/:bundleId/removal',
    { config: { may, does: 'paper.bundleRemoved' } },
    async (request, reply) => {
      const bundle = await bundleOf(request)
      if (!(await stores.paper.removeBundle(bundle.id)))
        return page(request, reply, 'staff/paper/count', { bundle, reasons }, 409)
      const number = bundle.entered + bundle.blank
      request.done = { subject: bundle.unit, municipalityCode: bundle.municipalityCode, number, isDone: true }
      return seeOther(reply, '/staff/paper?done=paper.bundleRemoved')
    },
  )
}
