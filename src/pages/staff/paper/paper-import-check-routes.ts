import { setImmediate as breath } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { spentTag } from '../../../invitation/code-tag.ts'
import { type ImportedForm, placeByNames, readForms } from '../../../paper/import-rows.ts'
import { packImport } from '../../../paper/pack-import.ts'
import {
  addressOf,
  chooseAgain,
  type DryRun,
  findOpen,
  importTag,
  mostRows,
  type PendingImport,
  type ReadyForm,
} from '../../../paper/pending-import.ts'
import type { TargetGroup } from '../../../questionnaire/target-groups.ts'
import type { PendingImports } from '../../../table/pending-imports.ts'
import type { RejectedRow } from '../../../table/report.ts'
import { rowRanges } from '../../../table/row-ranges.ts'
import { tick } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import { sendTable } from '../../../web/send-table.ts'
import type { StaffContext } from '../context.ts'
import type { Refused } from '../staff-page.ts'
import type { Views } from './views.ts'

const may = 'enter paper' as const
const url = '/paper/imports/:importId'
const mostShown = 500
const atATime = 50

/** The end of an import: a dry run with every row that is left out, and then all of it at once or nothing. */
export async function paperImportCheckRoutes(
  app: FastifyInstance,
  options: StaffContext<Views> & { imports: PendingImports<PendingImport> },
): Promise<void> {
  const { stores, keys, languages, page, imports, findInvitation } = options
  const groupNames = (group: TargetGroup) =>
    ['sv', 'en'].map((code) => languages.text(languages.find(code)!, `staff.words.groups.${group}`))
  const importId = ({ params }: FastifyRequest) => (params as { importId: string }).importId
  const at = (request: FastifyRequest) => addressOf(importId(request))
  const openOf = (request: FastifyRequest) => findOpen(imports, request.staff.sessionTag, importId(request))

  app.get(`${url}/check`, { config: { may } }, async (request, reply) => {
    const found = openOf(request)
    if ('leadsTo' in found) return seeOther(reply, found.leadsTo)
    if (!found.meanings) return seeOther(reply, `${at(request)}/values`)
    found.dryRun ??= await dryRun(request, found)
    return showCheck(request, reply, found)
  })

  app.get(`${url}/rejected`, { config: { may } }, async (request, reply) => {
    const found = openOf(request)
    if ('leadsTo' in found) return seeOther(reply, found.leadsTo)
    if (!found.dryRun) return seeOther(reply, `${at(request)}/check`)
    const { staff } = request
    const language = languages.find(staff.language === 'en' ? 'en' : 'sv')!
    const text = (key: string, values?: Record<string, string | number>) => languages.text(language, key, values)
    const head = ['row', 'cell', 'reason'].map((name) => text(`staff.paper.rejectedHead.${name}`))
    const rows = found.dryRun.rejected.map(({ row, cell = '', reason, values }) => [row, cell, text(reason, values)])
    return sendTable(request, reply, { name: 'rejected', head, rows })
  })

  app.post(
    `${url}/confirmation`,
    { config: { may, does: 'paper.imported', formAt: `/staff${url}/check` } },
    async (request, reply) => {
      request.done = { municipalityCode: request.staff.municipalityCode, number: 0 }
      const found = openOf(request)
      if ('isGone' in found) return page(request, reply, 'staff/paper/import', { isGone: true, limit: mostRows }, 404)
      if ('leadsTo' in found) return seeOther(reply, found.leadsTo)
      const { dryRun } = found
      if (!dryRun) return seeOther(reply, `${at(request)}/check`)
      if (dryRun.forms.length === 0)
        return showCheck(request, reply, found, { problems: { again: 'staff.paper.problem.nothing' }, status: 409 })

      const isFirst = found.running === undefined
      const isAgain = tick.parse((request.body as { again?: string }).again)
      found.running ??= importAll(request, found, isAgain)
      const result = await found.running.finally(() => {
        found.running = undefined
      })
      if (result !== 'imported') {
        if (result === 'imported-before') dryRun.wasImported = true
        const problems = { again: `staff.paper.problem.${result}` }
        return showCheck(request, reply, found, { problems, status: 409 })
      }
      forgetAnswers(found, dryRun)
      if (isFirst) request.done = { ...request.done, number: dryRun.forms.length }
      return seeOther(reply, `${at(request)}/done`)
    },
  )

  app.get(`${url}/done`, { config: { may } }, async (request, reply) => {
    const pending = imports.find(request.staff.sessionTag, importId(request))
    if (!pending?.done) return seeOther(reply, pending ? `${at(request)}/check` : chooseAgain)
    return page(request, reply, 'staff/paper/imported', { ...pending.done })
  })

  /** Reads all of the file as it would be imported, and looks its codes up; writes nothing. */
  async function dryRun(request: FastifyRequest, pending: PendingImport) {
    const { table, choice, meanings, digest } = pending
    const { columns, stratumId } = choice!
    const round = await stores.round.findWorkingRound()
    const strata = round ? await stores.organisation.listStrata(round.id, request.staff.scope) : []
    const place = stratumId === undefined ? placeByNames(strata, groupNames) : { stratumId }
    const reading = await readForms(table, { columns, meanings: meanings!, place })
    const here = new Set(strata.map(({ id }) => id))
    const forms: ReadyForm[] = []
    for (const [at, form] of reading.forms.entries()) {
      const found = await destinationOf(form, { here, roundId: round!.id })
      if (typeof found === 'string')
        reading.rejected.push({ row: form.row, cell: table.header[columns.code!], reason: found })
      else forms.push(found)
      if (at % atATime === 0) await breath()
    }
    const rejected = reading.rejected.sort((a: RejectedRow, b: RejectedRow) => a.row - b.row)
    const tag = importTag(keys.staffKey, digest, `${round!.id}|${stratumId ?? 'columns'}`)
    return { ...reading, forms, rejected, tag, wasImported: await stores.paper.wasImported(tag) }
  }

  /** A code leads to its own stratum and channel, used or not. */
  async function destinationOf(
    { digits, stratumId, code, lacksZeros }: ImportedForm,
    { here, roundId }: { here: Set<string>; roundId: string },
  ): Promise<ReadyForm | string> {
    if (code === undefined) return { digits, stratumId, channel: 'paper' }
    const invitation = await findInvitation(code)
    if (!invitation) return `staff.paper.problem.code.${lacksZeros ? 'short' : 'unknown'}`
    if (invitation.roundId !== roundId) return 'staff.paper.problem.code.otherRound'
    if (!here.has(invitation.stratumId)) return 'staff.paper.problem.code.elsewhere'
    const { stratumId: its, channel, tag } = invitation
    return { digits, stratumId: its, channel, spentTag: spentTag(keys.spentPepper, tag) }
  }

  async function showCheck(
    request: FastifyRequest,
    reply: FastifyReply,
    { name, dryRun }: PendingImport,
    { status, ...shown }: Pick<Refused, 'problems'> & { status?: number } = {},
  ) {
    const { forms, blank, rejected, total, wasImported } = dryRun!
    const data = {
      at: at(request),
      name,
      forms: forms.length,
      blank,
      total,
      wasImported,
      rejectedCount: rejected.length,
    }
    const eaten = rejected.filter(({ reason }) => reason === 'staff.paper.problem.code.eaten').map(({ row }) => row)
    return page(
      request,
      reply,
      'staff/paper/check',
      {
        ...data,
        rejected: rejected.slice(0, mostShown),
        eaten: { count: eaten.length, rows: rowRanges(eaten) },
        ...shown,
      },
      status,
    )
  }

  /** Seals in slices, so that nobody else waits, and writes everything at once. */
  async function importAll(request: FastifyRequest, pending: PendingImport, isAgain: boolean) {
    const { ballotIds, dryRun, choice } = pending
    const round = await stores.round.findWorkingRound()
    const { forms, tag } = dryRun!
    const packed = await packImport(forms, { publicKey: round!.publicKey, language: choice!.language })
    const municipalityCode = request.staff.municipalityCode!
    const file = { tag, roundId: round!.id, municipalityCode, forms: forms.length, isAgain }
    return stores.paper.writeOnThread({ ballotIds, ...packed, spentPepper: keys.spentPepper, file })
  }
}

/** The answers are in the urn, and nowhere else from now on. */
function forgetAnswers(pending: PendingImport, { forms, blank, rejected }: DryRun): void {
  pending.done = { forms: forms.length, blank, rejected: rejected.length }
  pending.dryRun = undefined
  pending.table = { ...pending.table, header: [], rows: [], notes: [] }
  pending.bytes = Buffer.alloc(0)
  pending.meanings = undefined
}
