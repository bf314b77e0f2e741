import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  fieldAt,
  newFieldAt,
  newNameField,
  newRows,
  prefilled,
  readEnrolmentForm,
  rowsOf,
  startOf,
} from '../../../enrolment/enrolment-form.ts'
import { sumOf } from '../../../enrolment/place.ts'
import { fewAnHour } from '../../../memory/few-an-hour.ts'
import type { Round } from '../../../round/round.ts'
import { bringUpToDate, seenText, type UpToDate } from '../../../web/meanwhile.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { type Desk, desks, lookingAt, type SeenOpen } from './desks.ts'
import type { Views } from './views.ts'

/** A municipality with hundreds of units sends thousands of fields. */
const mostFormBytes = 1024 * 1024

/** Municipalities register for a round. */
export async function enrolmentRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const few = fewAnHour(mostConfirmations, context.clock)
  for (const desk of desks) registerAt(desk, app, { ...context, few })
}

/** Confirmations that a municipality's registration sends in an hour, however often it is sent in, at whichever desk: they go wherever its form says. */
const mostConfirmations = 10

function registerAt(
  desk: Desk,
  app: FastifyInstance,
  context: StaffContext<Views> & { few: ReturnType<typeof fewAnHour> },
): void {
  const { stores, page, few } = context
  const { url, may, saves } = desk
  const { today, isOpen, look, lookOpen } = lookingAt(desk, context)

  app.get(url, { config: { may } }, async (request, reply) => {
    const seen = await look(request)
    if (!seen.round) return page(request, reply, 'staff/enrolment/summary', seen)
    const { at: _at, stood: _stood, ...shown } = seen
    return page(request, reply, 'staff/enrolment/summary', { ...shown, sum: sumOf(shown.places, shown.groups) })
  })

  app.get(`${url}/form`, { config: { may } }, async (request, reply) => {
    const seen = await look(request)
    if (!seen.isOpen) return seeOther(reply, seen.base)
    const isCopied = (request.query as { from?: string }).from === 'earlier' && seen.earlier !== undefined
    const contact = saves === 'approved' ? { name: '', email: '' } : request.staff
    const named = seen.enrolment?.boardName ? {} : await stores.notice.findResponsible(seen.municipality.code)
    const known = { ...seen.enrolment, ...named }
    const typed = prefilled(isCopied ? seen.earlier!.places : seen.places, known, contact)
    return showForm(request, reply, { ...seen, isCopied }, { typed })
  })

  app.post(
    `${url}/rows`,
    { bodyLimit: mostFormBytes, config: { may, isSilent: true, formAt: `/staff${url}/form` } },
    async (request, reply) => {
      const seen = await lookOpen(request)
      const { typed, ...clashes } = bringUpToDate(request.body, startOf(seen))
      const rows = String(rowsOf(typed) + newRows)
      return showForm(request, reply, seen, { typed: { ...typed, rows }, ...clashes })
    },
  )

  const does = `enrolment.${saves}`
  app.post(url, { bodyLimit: mostFormBytes, config: { may, does } }, save)

  async function save(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const seen = await lookOpen(request)
    const { typed, problems, valuesOf } = bringUpToDate(request.body, startOf(seen))
    if (hasAbstained(request.body, seen.enrolment)) problems.places = 'staff.enrolment.abstainedMeanwhile'
    const form = readEnrolmentForm(typed, seen)
    const wrong = { ...problems, ...('problems' in form ? form.problems : {}) }
    if ('problems' in form || Object.keys(problems).length > 0)
      return showForm(request, reply, seen, { typed, problems: wrong, valuesOf }, 400)
    const how = { state: saves, today: today(), stood: seen.stood, isOpen }
    const isDone = await stores.enrolment.saveEnrolment(seen.at, form.data, how)
    if (isDone === 'meanwhile') return save(request, reply) // somebody else was first: judged by what they have written
    request.done = { subject: seen.municipality.name, municipalityCode: seen.municipality.code, isDone }
    const sent = await confirm(request, form.data.contactEmail, seen)
    return seeOther(reply, `${seen.base}?done=enrolment.${saves}${sent}`)
  }

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    seen: SeenOpen & { isCopied?: boolean },
    { typed, ...said }: { typed: Record<string, unknown> } & Partial<UpToDate>,
    status = 200,
  ) {
    const fields = { fieldAt, newFieldAt, newNameField, newRows: rowsOf(typed), seen: seenText(startOf(seen)) }
    const { at: _at, stood: _stood, places: _places, isOpen: _isOpen, registration: _registration, ...shown } = seen
    return page(request, reply, 'staff/enrolment/form', { ...shown, ...fields, typed, ...said }, status)
  }

  /** Tells the contact by e-mail; the registration holds whether or not that works, and the next page says which. */
  async function confirm(
    { staff }: FastifyRequest,
    to: string,
    { municipality, round }: { municipality: { name: string }; round: Round },
  ): Promise<'' | 'Unmailed' | 'Mailed'> {
    const { sendMail, languages, config, log } = context
    if (!sendMail || !few.take(municipality.name)) return 'Unmailed'
    const language = languages.find(staff.language)!
    const say = (key: string) =>
      languages.text(language, `staff.enrolment.mail.${key}`, {
        ...{ municipality: municipality.name, year: String(round.year) },
        link: `${config.publicUrl}/staff/enrolment`,
      })
    try {
      await sendMail({ to, subject: say('confirmSubject'), text: say('confirmText') })
      return 'Mailed'
    } catch (error) {
      log.error({ code: (error as { code?: string }).code }, 'a confirmation could not be sent')
      return 'Unmailed'
    }
  }
}

/** Whether somebody has said, while the form lay open, that the municipality takes no part. */
const hasAbstained = (body: unknown, enrolment?: { state: string }) => {
  const { state } = (body ?? {}) as { state?: unknown }
  return enrolment?.state === 'abstains' && state !== undefined && state !== 'abstains'
}
