import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderSVG } from 'uqr'
import * as z from 'zod'
import { phaseOf } from '../../../round/round.ts'
import { hashPinAside, newLink, newPin, pinDigits } from '../../../tablet/secrets.ts'
import { lacksOf, linkHours, type SeenTablet, usualQuota } from '../../../tablet/tablet.ts'
import { withAsciiDigits } from '../../../text/digits.ts'
import { line, readForm, several } from '../../../web/form.ts'
import { bringUpToDate, seenText, type UpToDate } from '../../../web/meanwhile.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { listing } from '../listing.ts'
import { countText } from '../words.ts'
import { tabletList, tabletRow } from './tablet-list.ts'
import type { Views } from './views.ts'

const manage = 'manage tablets' as const
/** Chosen, or made at random where the field is left empty. */
const pin = z
  .string()
  .overwrite((text) => withAsciiDigits(text).replace(/\s/g, ''))
  .regex(pinDigits, 'staff.tablets.pinDigits')
  .or(z.literal(''))
const enrolForm = z.object({
  unit: z.string().max(40),
  strata: several(z.string().max(40)).pipe(z.array(z.string()).min(1, 'staff.web.problem.choose')),
  name: line(60),
  pin,
})
const nameForm = z.object({ name: line(60) })
const pinForm = z.object({ pin })
const endingForm = z.object({ how: z.enum(['revoked', 'stolen'], 'staff.web.problem.choose') })
const heldForm = z.object({ how: z.enum(['accept', 'discard']) })

/** The tablets of a unit, as staff look after them: devices and counts, never a time of an answer. */
export async function tabletStaffRoutes(app: FastifyInstance, options: StaffContext<Views>): Promise<void> {
  const { stores, config, clock, page } = options

  app.get('/tablets', { config: { may: 'see tablets' } }, async (request, reply) => {
    const round = await stores.round.findWorkingRound()
    const tablets = round ? await stores.tablet.listTablets(round.id, request.staff.scope) : []
    const rows = tablets.map((tablet) => tabletRow(tablet, clock()))
    return page(request, reply, 'staff/tablets/list', { list: listing(tabletList, rows, request.query), countText })
  })

  app.get('/tablets/new', { config: { may: manage } }, async (request, reply) => {
    const { unit } = request.query as { unit?: string }
    return showNew(request, reply, unit)
  })

  app.post('/tablets', { config: { may: manage, does: 'tablets.enrolled' } }, async (request, reply) => {
    const form = readForm(enrolForm, request.body)
    if ('problems' in form) return showNew(request, reply, unitTyped(form.typed), form)
    const { strata, name } = form.data
    const unit = await stores.organisation.getUnitWithin(request.staff.scope, form.data.unit)
    const own = await strataAt(unit.id)
    if (strata.some((id) => !own.some((stratum) => stratum.id === id)))
      return showNew(request, reply, unit.id, { problems: { strata: 'staff.web.problem.choose' }, typed: {} })
    const pin = form.data.pin || newPin()
    const { url, ...link } = newLink(config.publicUrl, clock())
    const tablet = { name, strata, ...link, pin: await hashPinAside(pin), dailyQuota: usualQuota }
    await stores.tablet.inviteTablet(tablet)
    request.done = { subject: `${unit.name}: ${name}`, municipalityCode: unit.municipalityCode }
    const qr = renderSVG(url, { ecc: 'M', border: 4 })
    return page(request, reply, 'staff/tablets/link', { name, unit: unit.name, url, qr, pin, days: linkHours / 24 })
  })

  app.get('/tablets/:tabletId', { config: { may: manage } }, async (request, reply) => {
    return showTablet(request, reply, await tabletOf(request))
  })

  app.post('/tablets/:tabletId/name', { config: { may: manage, does: 'tablets.renamed' } }, async (request, reply) => {
    const tablet = await tabletOf(request)
    const { typed, problems, valuesOf } = bringUpToDate(request.body, { name: tablet.name })
    if (problems.name) return showTablet(request, reply, tablet, { typed, problems, valuesOf })
    const form = readForm(nameForm, typed)
    if ('problems' in form) return showTablet(request, reply, tablet, form)
    const isDone = await stores.tablet.renameTablet(tablet.id, form.data.name)
    request.done = { subject: `${tablet.name}: ${form.data.name}`, isDone }
    return seeOther(reply, `/staff/tablets/${tablet.id}?done=tablets.renamed`)
  })

  app.post(
    '/tablets/:tabletId/pin',
    { config: { may: manage, does: 'tablets.pinChanged' } },
    async (request, reply) => {
      const tablet = await tabletOf(request)
      const form = readForm(pinForm, request.body)
      if ('problems' in form) return showTablet(request, reply, tablet, form)
      const pin = form.data.pin || newPin()
      const hash = await hashPinAside(pin)
      await stores.tablet.changePin(tablet.id, hash)
      request.done = { subject: tablet.name }
      return page(request, reply, 'staff/tablets/pin', { tablet, pin })
    },
  )

  app.get('/tablets/:tabletId/ending', { config: { may: manage } }, async (request, reply) => {
    return showEnding(request, reply, await tabletOf(request))
  })

  app.post('/tablets/:tabletId/ending', { config: { may: manage, does: 'tablets.ended' } }, async (request, reply) => {
    const tablet = await tabletOf(request)
    const form = readForm(endingForm, request.body)
    if ('problems' in form) return showEnding(request, reply, tablet, form)
    const isDone = await stores.tablet.revokeTablet(tablet.id, { stolen: form.data.how === 'stolen' })
    request.done = { subject: tablet.name, isDone }
    return seeOther(reply, '/staff/tablets?done=tablets.ended')
  })

  app.post(
    '/tablets/:tabletId/held',
    { config: { may: manage, does: 'tablets.heldSettled' } },
    async (request, reply) => {
      const tablet = await tabletOf(request)
      const form = readForm(heldForm, request.body)
      if ('problems' in form) return showTablet(request, reply, tablet, form)
      const { how } = form.data
      const isDone = tablet.held.low > 0 // what nobody was told of nobody decides about: the trail would tell whether there were any
      if (isDone) await stores.tablet[how === 'accept' ? 'acceptHeld' : 'discardHeld'](tablet.id)
      request.done = { subject: tablet.name, isDone }
      const done = how === 'accept' ? 'heldAccepted' : 'heldDiscarded'
      return seeOther(reply, `/staff/tablets/${tablet.id}?done=tablets.${done}`)
    },
  )

  type Again = Partial<UpToDate>

  /** First the unit, then its groups: a tablet stands at one unit. */
  async function showNew(request: FastifyRequest, reply: FastifyReply, unitId?: string, again?: Again) {
    const round = await stores.round.findWorkingRound()
    const isOpen = round !== undefined && phaseOf(round) !== 'closed'
    const units = await stores.organisation.listUnits(request.staff.scope)
    const unit = unitId ? await stores.organisation.getUnitWithin(request.staff.scope, unitId) : undefined
    const strata = unit ? await strataAt(unit.id) : []
    return page(request, reply, 'staff/tablets/new', { isOpen, units, unit, strata, ...again }, again ? 400 : 200)
  }

  async function strataAt(unitId: string) {
    const round = await stores.round.findWorkingRound()
    return round ? stores.organisation.listStrata(round.id, { unitIds: [unitId] }) : []
  }

  /** With how many others are left where it stands. */
  async function showEnding(request: FastifyRequest, reply: FastifyReply, tablet: SeenTablet, again?: Again) {
    const unitOf = ({ strata }: SeenTablet) => strata[0]?.unit
    const all = await stores.tablet.listTablets(tablet.roundId, request.staff.scope)
    const isBeside = (one: SeenTablet) => one.id !== tablet.id && unitOf(one) === unitOf(tablet)
    const others = all.filter((one) => one.state === 'active' && isBeside(one)).length
    return page(request, reply, 'staff/tablets/ending', { tablet, others, countText, ...again }, again ? 400 : 200)
  }

  const showTablet = (request: FastifyRequest, reply: FastifyReply, tablet: SeenTablet, again?: Again) =>
    page(
      request,
      reply,
      'staff/tablets/tablet',
      { tablet, countText, lacks: lacksOf(tablet), seen: seenText({ name: tablet.name }), ...again },
      again ? 400 : 200,
    )

  const tabletOf = ({ params, staff }: FastifyRequest) =>
    stores.tablet.getTabletWithin(staff.scope, (params as { tabletId: string }).tabletId)
}

const unitTyped = ({ unit }: Record<string, unknown>) => (typeof unit === 'string' && unit !== '' ? unit : undefined)
