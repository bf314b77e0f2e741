import type { FastifyInstance } from 'fastify'
import { archiveName } from '../../../actions/archive-package.ts'
import { protocolSeed, signedProtocol } from '../../../actions/release-protocol.ts'
import { DomainError } from '../../../errors.ts'
import { printPdf } from '../../../print/print-process.ts'
import { protocolName, protocolSheet } from '../../../print/protocol.ts'
import { keyMark } from '../../../results/protocol.ts'
import { maySeeUnits, type Reader, seenRelease } from '../../../results/readers.ts'
import type { Round } from '../../../round/round.ts'
import { goneFrom } from '../../../web/gone.ts'
import { sendFile } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { message } from '../staff-errors.ts'
import { languageOf } from '../staff-page.ts'
import { findRelease } from './found-release.ts'
import type { Views } from './views.ts'

const may = 'manage rounds' as const

/** What is kept of a release: its protocol, signed and to be read, and the package for the archive. */
export async function recordRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, keys, config, languages, clock, makeArchive, page } = context

  app.get('/rounds/:roundId/results/protocol', { config: { may } }, async (request, reply) => {
    const { round, release } = await findRelease(stores, request)
    const protocol = await signedProtocol(stores, keys, release)
    return sendFile(reply, `${protocolName(round.id, release.number)}.json`, `${JSON.stringify(protocol, null, 1)}\n`)
  })

  app.get(
    '/rounds/:roundId/results/archive',
    { config: { may, does: 'releases.archived' } },
    async (request, reply) => {
      const { id, isPractice } = (await findRelease(stores, request)).round
      const turn = { owner: `archives of ${request.staff.id}`, signal: goneFrom(reply) }
      const bytes = await makeArchive(id, turn)
      request.done = { subject: id }
      return sendFile(reply, `${archiveName(id, config.keepRoundKey || isPractice)}.zip`, bytes)
    },
  )

  app.get(
    '/results/:year(^\\d{4}$)/:municipality(^\\d{4}$)/archive',
    { config: { may: 'read results', does: 'releases.archived' } },
    async (request, reply) => {
      const { year, municipality } = request.params as { year: string; municipality: string }
      const { id, isPractice } = await findSeen(Number(year), request.staff)
      if (!maySeeUnits(request.staff, municipality))
        return page(request, reply, 'staff/message', message('forbidden'), 403)
      const part = { municipality, now: clock() }
      const bytes = await makeArchive(id, { owner: `archives of ${request.staff.id}`, signal: goneFrom(reply), part })
      request.done = { subject: `${id}, ${municipality}` }
      return sendFile(reply, `${archiveName(id, config.keepRoundKey || isPractice, municipality)}.zip`, bytes)
    },
  )

  /** The round of a year with results that somebody sees, the newest first. */
  async function findSeen(year: number, reader: Reader): Promise<Round> {
    for (const round of await stores.round.listRounds()) {
      if (round.year !== year) continue
      if (!('why' in seenRelease(reader, await stores.results.listReleases(round.id), { now: clock() }))) return round
    }
    throw new DomainError('not-found', `There are no results of ${year} to see.`)
  }

  app.get('/rounds/:roundId/results/protocol.pdf', { config: { may } }, async (request, reply) => {
    const { round, release } = await findRelease(stores, request)
    const protocol = await signedProtocol(stores, keys, release)
    const words = { language: languageOf(request, languages), languages }
    const made = { keyMark: keyMark(protocolSeed(keys)), isPractice: config.keepRoundKey || round.isPractice, ...words }
    const turn = { owner: `protocols of ${request.staff.id}`, mostOfOne: 1, signal: goneFrom(reply) }
    const pdf = await printPdf(protocolSheet({ protocol, ...made }), turn)
    return sendFile(reply, `${protocolName(round.id, release.number)}.pdf`, pdf)
  })
}
