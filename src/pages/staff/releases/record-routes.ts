import type { FastifyInstance } from 'fastify'
import { archiveName } from '../../../actions/archive-package.ts'
import { protocolSeed, signedProtocol } from '../../../actions/release-protocol.ts'
import { printPdf } from '../../../print/print-process.ts'
import { protocolName, protocolSheet } from '../../../print/protocol.ts'
import { keyMark } from '../../../results/protocol.ts'
import { goneFrom } from '../../../web/gone.ts'
import { sendFile } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { languageOf } from '../staff-page.ts'
import { findRelease } from './found-release.ts'
import type { Views } from './views.ts'

const may = 'manage rounds' as const

/** What is kept of a release: its protocol, signed and to be read, and the package for the archive. */
export async function recordRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, keys, config, languages, makeArchive } = context

  app.get('/rounds/:roundId/results/protocol', { config: { may } }, async (request, reply) => {
    const { round, release } = await findRelease(stores, request)
    const protocol = await signedProtocol(stores, keys, release)
    return sendFile(reply, `${protocolName(round.id, release.number)}.json`, `${JSON.stringify(protocol, null, 1)}\n`)
  })

  app.get(
    '/rounds/:roundId/results/archive',
    { config: { may, does: 'releases.archived' } },
    async (request, reply) => {
      const { id } = (await findRelease(stores, request)).round
      const turn = { owner: `archives of ${request.staff.id}`, signal: goneFrom(reply) }
      const bytes = await makeArchive(id, turn)
      request.done = { subject: id }
      return sendFile(reply, `${archiveName(id, config.keepRoundKey)}.zip`, bytes)
    },
  )

  app.get('/rounds/:roundId/results/protocol.pdf', { config: { may } }, async (request, reply) => {
    const { round, release } = await findRelease(stores, request)
    const protocol = await signedProtocol(stores, keys, release)
    const words = { language: languageOf(request, languages), languages }
    const made = { keyMark: keyMark(protocolSeed(keys)), isPractice: config.keepRoundKey, ...words }
    const turn = { owner: `protocols of ${request.staff.id}`, mostOfOne: 1, signal: goneFrom(reply) }
    const pdf = await printPdf(protocolSheet({ protocol, ...made }), turn)
    return sendFile(reply, `${protocolName(round.id, release.number)}.pdf`, pdf)
  })
}
