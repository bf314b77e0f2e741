import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { NewUnit } from '../../../enrolment/enrolment-form.ts'
import { listsPeople, readUnits, unitHeadings } from '../../../enrolment/unit-import.ts'
import { statusOf } from '../../../errors.ts'
import { foldedName } from '../../../organisation/unit-name.ts'
import { type TargetGroup, targetGroups } from '../../../questionnaire/target-groups.ts'
import { areGroupsOpen } from '../../../round/enrolment.ts'
import { beginningOf, howRead, type ReadTable } from '../../../table/how-read.ts'
import { pendingImports, sizeOfRead } from '../../../table/pending-imports.ts'
import type { ImportReport } from '../../../table/report.ts'
import { type RefusalValues, tableLimits, tableRefusal, type Way } from '../../../table/table.ts'
import { readTable } from '../../../table/table-file.ts'
import { readWay, refusalOfTable, refusalOfWay } from '../../../table/ways.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { file, readForm } from '../../../web/form.ts'
import { goneFrom } from '../../../web/gone.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import type { Views } from './views.ts'

const may = 'manage units' as const
/** No municipality has nearly as many units: more rows are another file. */
const limits = { ...tableLimits, rows: 2000 }
/** So many rejected rows are shown; the number says how many there are. */
const mostShown = 500

interface Pending {
  file: string
  /** The file itself, to be read in another way. */
  bytes: Buffer
  table: ReadTable
  report: ImportReport<NewUnit>
  /** The round whose groups it names; `undefined` when it could name none. */
  roundId?: string
}

const importId = ({ params }: FastifyRequest) => (params as { importId: string }).importId
const addressOf = (id: string) => `/staff/units/imports/${id}`
const chooseAgain = '/staff/units/import?gone=1'

/** Units of a municipality from a file: first what it holds and why rows are left out, then all at once. */
export async function unitImportRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, clock, config, page, languages } = context
  const pending = pendingImports<Pending>(clock, {
    minutes: config.uploadMinutes,
    sizeOf: ({ bytes, report }) => sizeOfRead({ bytes, rows: report.total }),
    bytesOf: ({ bytes }) => bytes,
  })

  const groupOf = new Map<string, TargetGroup>()
  for (const group of targetGroups) {
    groupOf.set(group, group)
    for (const code of ['sv', 'en'])
      groupOf.set(foldedName(languages.text(languages.find(code)!, `staff.words.groups.${group}`)), group)
  }

  const today = () => swedishDay(clock())

  /** The round whose groups the file may name; `undefined` when groups cannot change just now. */
  const findPlaced = async (municipalityCode: string) => {
    const round = await stores.round.findWorkingRound()
    if (!round) return undefined
    const at = { roundId: round.id, municipalityCode }
    return areGroupsOpen(round, { ...(await stores.enrolment.findPart(at)), today: today() })
      ? { roundId: round.id, groups: targetGroups.filter((group) => round.targetGroups.includes(group)) }
      : undefined
  }

  app.get('/units/import', { config: { may } }, async (request, reply) => {
    const isGone = (request.query as { gone?: string }).gone !== undefined
    return showForm(request, reply, isGone ? { isGone } : undefined, 200)
  })

  app.post(
    '/units/imports',
    { config: { may, isSilent: true, formAt: '/staff/units/import' } },
    async (request, reply) => {
      const form = readForm(z.object({ file }), request.body)
      if ('problems' in form) return showForm(request, reply, form)
      const { name, bytes } = form.data.file
      try {
        const id = pending.keep(request.staff, await readFile(request, reply, { file: name.slice(0, 100), bytes }))
        return seeOther(reply, addressOf(id))
      } catch (error) {
        const refusal = refusalOfTable(error)
        const again = { problems: { file: refusal.messageKey }, values: refusal.values }
        return showForm(request, reply, again, statusOf[refusal.code])
      }
    },
  )

  app.post('/units/imports/:importId/way', { config: { may, isSilent: true } }, async (request, reply) => {
    const waiting = waitingOf(request)
    if (!waiting) return seeOther(reply, chooseAgain)
    const way = readWay(request.body)
    try {
      Object.assign(waiting, await readFile(request, reply, waiting, way))
      return seeOther(reply, addressOf(importId(request)))
    } catch (error) {
      return showReport(request, reply, waiting, { way, refusal: refusalOfWay(error, waiting.table.ways, way) })
    }
  })

  app.get('/units/imports/:importId', { config: { may } }, async (request, reply) => {
    const waiting = waitingOf(request)
    return waiting ? showReport(request, reply, waiting) : seeOther(reply, chooseAgain)
  })

  app.post('/units/imports/:importId', { config: { may, does: 'units.imported' } }, async (request, reply) => {
    const waiting = waitingOf(request)
    if (!waiting) return showForm(request, reply, { isGone: true })
    const municipalityCode = request.staff.scope.municipalityCode!
    const { report, roundId } = waiting
    const { accepted } = report
    const round = roundId === undefined ? undefined : { roundId, today: today() }
    await stores.enrolment.addUnitsWithGroups(municipalityCode, accepted, round)
    pending.forget(importId(request))
    request.done = { subject: municipalityCode, municipalityCode, number: accepted.length }
    return seeOther(reply, '/staff/units?done=units.imported')
  })

  /** Reads a file as it is, or in the way that somebody chose. */
  async function readFile(
    request: FastifyRequest,
    reply: FastifyReply,
    { file: name, bytes }: Pick<Pending, 'file' | 'bytes'>,
    way?: Way,
  ) {
    const table = await readTable(bytes, name, {
      owner: request.staff.id,
      signal: goneFrom(reply),
      limits,
      way,
      headings: { words: unitHeadings },
    })
    if (listsPeople(table)) throw tableRefusal('addresses', { file: name })
    const units = await stores.organisation.listUnits(request.staff.scope)
    const placed = await findPlaced(request.staff.scope.municipalityCode!)
    const report = readUnits(table, { units, groups: placed?.groups ?? [], groupOf })
    const beginning = beginningOf(table)
    const told = { ...beginning, notes: [...beginning.notes, ...report.notes] }
    return { file: name, bytes, table: told, report, roundId: placed?.roundId }
  }

  const waitingOf = (request: FastifyRequest) => pending.find(request.staff.sessionTag, importId(request))

  function showReport(
    request: FastifyRequest,
    reply: FastifyReply,
    { table, file, report }: Pending,
    { way, refusal }: { way?: Way; refusal?: ReturnType<typeof refusalOfWay> } = {},
  ) {
    const again = refusal && { problems: { way: refusal.messageKey }, valuesOf: { way: refusal.values } }
    const shown = { ...howRead(table, way), wayAction: `${addressOf(importId(request))}/way`, ...again }
    const rejected = report.rejected.slice(0, mostShown)
    const data = { ...shown, file, report, importId: importId(request), rejected }
    return page(request, reply, 'staff/units/report', data, refusal ? statusOf[refusal.code] : 200)
  }

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    again?: { problems?: Record<string, string>; values?: RefusalValues; isGone?: true },
    status = again?.isGone ? 404 : 400,
  ) {
    const placed = await findPlaced(request.staff.scope.municipalityCode!)
    return page(request, reply, 'staff/units/import', { groups: placed?.groups ?? [], ...again }, status)
  }
}
