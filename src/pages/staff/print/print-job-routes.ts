import type { FastifyInstance, FastifyRequest } from 'fastify'
import { keptMinutes, type PrintJobs, sessionOf } from '../../../print/print-jobs.ts'
import { followSeconds } from '../../../web/follow-seconds.ts'
import { sendFile } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import type { Views } from './views.ts'

const may = 'print invitations' as const

/** What has been ordered: how far it is, and its file, which is fetched once. */
export async function printJobRoutes(
  app: FastifyInstance,
  { page, jobs }: StaffContext<Views> & { jobs: PrintJobs },
): Promise<void> {
  const jobOf = ({ params, staff }: FastifyRequest) => jobs.find(sessionOf(staff), (params as { jobId: string }).jobId)

  app.get('/print/jobs/:jobId', { config: { may } }, async (request, reply) => {
    const job = jobOf(request)
    const refreshSeconds = job.state === 'working' ? followSeconds : undefined
    return page(request, reply, 'staff/print/job', { job, refreshSeconds, keptMinutes })
  })

  app.post('/print/jobs/:jobId/file', { config: { may, does: 'print.fetched' } }, async (request, reply) => {
    const job = jobOf(request)
    if (!job.file) return page(request, reply, 'staff/print/job', { job, keptMinutes }, 409)
    const { name, bytes } = job.file
    reply.raw.once('finish', () => jobs.fetched(job)) // where the line broke, it is still there
    request.done = job.units.map((subject) => ({ subject }))
    return sendFile(reply, name, bytes)
  })
}
