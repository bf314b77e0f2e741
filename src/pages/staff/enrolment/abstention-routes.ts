import type { FastifyInstance } from 'fastify'
import { seeOther } from '../../../web/page.ts'
import type { ConfirmView } from '../confirming.ts'
import type { StaffContext } from '../context.ts'
import { textsOf } from '../staff-page.ts'
import { type Desk, desks, lookingAt } from './desks.ts'

/** That a municipality takes no part: said at one press, and asked about where that withdraws a registration. */
export async function abstentionRoutes(app: FastifyInstance, context: StaffContext<ConfirmView>): Promise<void> {
  for (const desk of desks) abstainAt(desk, app, context)
}

function abstainAt(desk: Desk, app: FastifyInstance, context: StaffContext<ConfirmView>): void {
  const { stores, page, languages } = context
  const { url, may } = desk
  const { today, isOpen, look, lookOpen } = lookingAt(desk, context)

  app.get(`${url}/abstention`, { config: { may } }, async (request, reply) => {
    const seen = await look(request)
    if (!seen.isOpen) return seeOther(reply, seen.base)
    const { base, municipality, enrolment, places } = seen
    const t = textsOf(request, languages)
    const say = (name: string, values?: Record<string, string | number>) =>
      t(`staff.enrolment.withdrawing.${name}`, { municipality: municipality.name, ...values })
    const isApproved = enrolment?.state === 'approved'
    const isBegun = await stores.enrolment.isBegunAt(seen.at)
    const within = { municipalityCode: municipality.code }
    const begun = isBegun && {
      codes: await stores.invitation.countIssued(seen.round.id, within),
      tablets: (await stores.tablet.listTablets(seen.round.id, within)).length,
    }
    return page(request, reply, 'staff/confirm', {
      heading: say('heading', { year: String(seen.round.year) }),
      trail: { href: base, text: seen.isNational ? municipality.name : t('staff.enrolment.title') },
      consequences: begun
        ? [say('begun'), say('figures', begun)]
        : [
            say(isApproved ? 'places' : 'placesSubmitted', {
              count: places.length,
              units: new Set(places.map(({ unitId }) => unitId)).size,
            }),
            ...(isApproved ? [say('onlyBefore')] : []),
            say(seen.isNational ? 'keptNational' : 'kept'),
          ],
      ...{ action: `${base}/abstention`, button: begun ? undefined : t('staff.enrolment.withdraw') },
    })
  })

  app.post(`${url}/abstention`, { config: { may, does: 'enrolment.abstained' } }, async (request, reply) => {
    const seen = await lookOpen(request)
    const isDone = await stores.enrolment.abstain(seen.at, today(), isOpen)
    request.done = { subject: seen.municipality.name, municipalityCode: seen.municipality.code, isDone }
    return seeOther(reply, `${seen.base}?done=enrolment.abstained`)
  })
}
