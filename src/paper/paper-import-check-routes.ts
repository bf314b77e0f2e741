import { setImmediate as breath } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { spentTag } from '../invitation/code-tag.ts'
import { prepareFindInvitation } from '../invitation/store.ts'
import { listStrata } from '../organisation/store.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { encodeBallot } from '../response/ballot.ts'
import { sealTo } from '../round/round-key.ts'
import { findWorkingRound } from '../round/store.ts'
import type { StaffContext } from '../staff/context.ts'
import type { PendingImports } from '../table/pending-imports.ts'
import type { RejectedRow } from '../table/report.ts'
import { rowRanges } from '../table/row-ranges.ts'
import { writeCsv } from '../table/table-file.ts'
import { tick } from '../web/form.ts'
import { seeOther, sendFile } from '../web/page.ts'
import { answersOfDigits } from './digits.ts'
import { type ImportedForm, placeByNames, readForms } from './import-rows.ts'
import { sealedLength, writeOnThread } from './import-thread.ts'
import { importTag, type PendingImport, type ReadyForm } from './pending-import.ts'
import { wasImported } from './store.ts'

const may = 'enter paper' as const
const mostShown = 500
const atATime = 50

/** The end of an import: a dry run with every row that is left out, and then all of it at once or nothing. */
export async function paperImportCheckRoutes(
  app: FastifyInstance,
  options: StaffContext & { imports: PendingImports<PendingImport> },
): Promise<void> {
  const { db, between, keys, languages, page, imports } = options
  const findInvitation = prepareFindInvitation(db, keys.codePepper, between)
  const groupNames = (group: TargetGroup) =>
    ['sv', 'en'].map((code) => languages.text(languages.find(code)!, `staff.words.groups.${group}`))
  const again = (reply: FastifyReply) => seeOther(reply, '/staff/paper/import?gone=1')
  const pendingOf = ({ staff }: FastifyRequest) => imports.findOf(staff.sessionTag)

  app.get('/paper/import/check', { config: { may } }, async (request, reply) => {
    const pending = pendingOf(request)
    if (!pending?.meanings || pending.done) return again(reply)
    pending.dryRun ??= await dryRun(request, pending)
    return showCheck(request, reply, pending)
  })

  app.get('/paper/import/rejected', { config: { may } }, async (request, reply) => {
    const pending = pendingOf(request)
    if (!pending?.dryRun) return again(reply)
    const { staff } = request
    const language = languages.find(staff.language === 'en' ? 'en' : 'sv')!
    const text = (key: string, values?: Record<string, string | number>) => languages.text(language, key, values)
    const head = ['row', 'cell', 'reason'].map((name) => text(`staff.paper.rejectedHead.${name}`))
    const rows = pending.dryRun.rejected.map(({ row, cell = '', reason, values }) => [row, cell, text(reason, values)])
    return sendFile(reply, 'rejected.csv', await writeCsv(head, rows))
  })

  app.post('/paper/import/confirmation', { config: { may, does: 'paper.imported' } }, async (request, reply) => {
    const pending = pendingOf(request)
    request.done = { municipalityCode: request.staff.municipalityCode, number: 0 }
    if (!pending || (request.body as { import?: unknown })?.import !== pending.id) return again(reply)
    if (pending.done) return seeOther(reply, '/staff/paper/import/done')
    const { dryRun } = pending
    if (!dryRun) return again(reply)
    if (dryRun.forms.length === 0)
      return showCheck(request, reply, pending, { problems: { again: 'staff.paper.problem.nothing' }, status: 409 })

    const isFirst = pending.running === undefined
    const isAgain = tick.parse((request.body as { again?: string }).again)
    pending.running ??= importAll(request, pending, isAgain)
    const result = await pending.running.finally(() => {
      pending.running = undefined
    })
    if (result !== 'imported') {
      if (result === 'imported-before') dryRun.wasImported = true
      const problems = { again: `staff.paper.problem.${result}` }
      return showCheck(request, reply, pending, { problems, status: 409 })
    }
    const { forms, blank, rejected } = dryRun
    pending.done = { forms: forms.length, blank, rejected: rejected.length }
    pending.dryRun = undefined // the answers are in the urn, and nowhere else from now on
    pending.table = { ...pending.table, header: [], rows: [], notes: [] }
    pending.bytes = Buffer.alloc(0)
    pending.meanings = undefined
    if (isFirst) request.done = { ...request.done, number: forms.length }
    return seeOther(reply, '/staff/paper/import/done')
  })

  app.get('/paper/import/done', { config: { may } }, async (request, reply) => {
    const pending = pendingOf(request)
    return pending?.done ? page(request, reply, 'staff/paper/imported', { ...pending.done }) : again(reply)
  })

  /** Reads all of the file as it would be imported, and looks its codes up; writes nothing. */
  async function dryRun(request: FastifyRequest, pending: PendingImport) {
    const { table, choice, meanings, digest } = pending
    const { columns, stratumId } = choice!
    const round = await between(() => findWorkingRound(db))
    const strata = round ? await between(() => listStrata(db, round.id, request.staff.scope)) : []
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
    return { ...reading, forms, rejected, tag, wasImported: await between(() => wasImported(db, tag)) }
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
    { id, name, dryRun }: PendingImport,
    { status, ...shown }: { problems?: object; status?: number } = {},
  ) {
    const { forms, blank, rejected, total, wasImported } = dryRun!
    const data = { id, name, forms: forms.length, blank, total, wasImported, rejectedCount: rejected.length }
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
    const round = await between(() => findWorkingRound(db))
    const { forms, tag } = dryRun!
    const sealed = Buffer.alloc(sealedLength * forms.length)
    for (const [at, { digits, stratumId }] of forms.entries()) {
      const answers = answersOfDigits(digits)
      const ballot = encodeBallot({ stratumId, language: choice!.language, answers })
      sealTo(round!.publicKey, ballot).copy(sealed, at * sealedLength)
      if (at % atATime === 0) await breath()
    }
    const destinations = forms.map(({ digits, ...destination }) => destination)
    const municipalityCode = request.staff.municipalityCode!
    const file = { tag, roundId: round!.id, municipalityCode, forms: forms.length, isAgain }
    return between(() => writeOnThread(db, { ballotIds, sealed, destinations, file }))
  }
}
