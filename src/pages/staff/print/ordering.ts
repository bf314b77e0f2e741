import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import * as z from 'zod'
import { DomainError } from '../../../errors.ts'
import { longestContact, mostLines } from '../../../print/letters.ts'
import { type PrintedFile, type PrintJob, type PrintJobs, sessionOf } from '../../../print/print-jobs.ts'
import { channelOf } from '../../../print/print-order.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import type { StaffContext } from '../context.ts'
import type { OnceOnly } from '../once.ts'
import { bytesOfOne, extension, type FileOrder, type IssuedPart, makeFile } from './print-file.ts'

/** What each form of an order has: its number, by which it counts once, and what is printed whatever it is for. */
export const sharedFields = {
  once: z.string().regex(/^[\w-]{10,40}$/),
  emptyBacks: z.literal('1').optional(),
  contact: z.string().max(400, 'staff.web.problem.long').default(''),
}

/** What is wrong with the lines that say whom to ask, as the key of a text with its values. */
export function contactProblem(lines: string[]): { key: string; values: { most: number } } | undefined {
  const values = { most: mostLines.contact }
  if (lines.length > values.most) return { key: 'staff.print.contactLines', values }
  return lines.some((line) => line.length > longestContact) ? { key: 'staff.web.problem.long', values } : undefined
}

/** How what is ordered is begun: all of it becomes one file, and nothing of it where there is no room for that. */
export function ordering(options: StaffContext & { jobs: PrintJobs; sent: OnceOnly }) {
  const { stores, keys, clock, log, jobs, sent } = options

  /** Codes first, then their file; when there is no file the codes are counted back, for nobody will ever see them. */
  async function carryOut(request: FastifyRequest, order: FileOrder, job: PrintJob): Promise<PrintedFile> {
    const { parts, kind } = order
    const issuedOn = swedishDay(clock())
    const orderId = parts.length > 1 ? randomBytes(4).toString('hex') : undefined
    const issued: IssuedPart[] = []
    try {
      for (const part of parts) {
        const batch = {
          stratumId: part.stratum.id,
          channel: channelOf(kind),
          count: part.number,
          drawn: false,
          ...{ issuedOn, orderId },
        }
        issued.push({ ...part, ...(await stores.invitation.issueCodes(keys.codePepper, batch)) })
      }
      job.units = issued.map(({ stratum }) => stratum.unit)
      const bytes = await makeFile(options, { staff: request.staff, order, job, issued })
      return { name: `${kind}-${issued[0]!.batchId}.${extension[kind]}`, bytes }
    } catch (error) {
      const { name, code } = error as Error & { code?: string }
      log.error({ name, code }, 'a batch could not be printed') // its message may quote an address
      for (const { batchId, number } of issued) await stores.invitation.recordLeftover(batchId, number)
      throw error
    }
  }

  return {
    /** Begins it, or says why not with the key of a text: the same form may then be sent again. */
    start(request: FastifyRequest, order: FileOrder, once: string): { job: PrintJob } | { refused: string } {
      const whose = { owner: request.staff.id, session: sessionOf(request.staff) }
      const total = order.parts.reduce((sum, { number }) => sum + number, 0)
      try {
        const what = { total, expectedBytes: total * bytesOfOne[order.kind] }
        const job = jobs.start(whose, what, (job) => carryOut(request, order, job))
        request.done = order.parts.map(({ stratum, number }) => ({
          ...{ subject: stratum.unit, municipalityCode: stratum.municipalityCode, number },
        }))
        return { job }
      } catch (error) {
        sent.giveBack(whose.session, once)
        if (!(error instanceof DomainError)) throw error
        return { refused: `staff.web.${error.messageKey}.text` }
      }
    },
  }
}
