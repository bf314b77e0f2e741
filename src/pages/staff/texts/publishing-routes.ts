import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError, statusOf } from '../../../errors.ts'
import { blocksOf, standingOf } from '../../../own-texts/own-text.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import type { Refused } from '../staff-page.ts'
import { subjectOf, textFinder } from './found-text.ts'
import type { Views } from './views.ts'

const may = 'write own texts' as const
const address = '/texts/:year/:kind/:language'

/** A draft is looked at as it will be read, published, taken back, and published again as it was. */
export async function publishingRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, page, clock } = context
  const { ownTexts } = stores
  const find = textFinder(context)

  app.get(`${address}/preview`, { config: { may } }, async (request, reply) => preview(request, reply))

  app.post(`${address}/publication`, { config: { may, does: 'texts.published' } }, async (request, reply) => {
    const { key, place, at } = await find(request)
    const { version, again } = (request.body ?? {}) as Record<string, unknown>
    request.done = { isDone: false }
    try {
      const release = place.release.number
      const isDone =
        again === undefined
          ? await ownTexts.publishDraft(key, { version: Number(version) || 0, release, now: clock() })
          : await ownTexts.showPublished(key, true)
      request.done = { isDone, subject: subjectOf(key) }
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error
      return preview(request, reply, { problems: { version: error.messageKey } }, statusOf[error.code])
    }
    return seeOther(reply, `${at}?done=texts.${place.phase === 'published' ? 'published' : 'publishedLater'}`)
  })

  app.post(`${address}/taking-back`, { config: { may, does: 'texts.takenBack' } }, async (request, reply) => {
    const { key, at } = await find(request)
    request.done = { isDone: await ownTexts.showPublished(key, false), subject: subjectOf(key) }
    return seeOther(reply, `${at}?done=texts.takenBack`)
  })

  async function preview(request: FastifyRequest, reply: FastifyReply, refused: Refused = {}, status = 200) {
    const { place, key, written, at, text } = await find(request)
    if (!text) throw new DomainError('not-found', 'Nobody has begun the text.')
    const data = {
      ...{ year: place.year, name: place.name, kind: key.kind, written, at, phase: place.phase },
      ...{ blocks: blocksOf(text.draft), saidBy: text.draftBy, version: text.version },
      isBeforeCorrection: await place.isBeforeCorrection(text),
      isPublished: standingOf(text) === 'published',
      ...refused,
    }
    return page(request, reply, 'staff/texts/preview', data, status)
  }
}
