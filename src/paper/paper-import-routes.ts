import { setImmediate as breath } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { DomainError } from '../errors.ts'
import { spentTag } from '../invitation/code-tag.ts'
import { prepareFindInvitation } from '../invitation/store.ts'
import { listStrata } from '../organisation/store.ts'
import { type Question, questions } from '../questionnaire/questions.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { encodeBallot } from '../response/ballot.ts'
import type { SealedBallot } from '../response/store.ts'
import { sealTo } from '../round/round-key.ts'
import { findWorkingRound } from '../round/store.ts'
import type { StaffContext } from '../staff/context.ts'
import { columnLetters, guessColumns } from '../table/columns.ts'
import type { ColumnMapping, RejectedRow } from '../table/report.ts'
import { tableLimits } from '../table/table.ts'
import { readTable, writeCsv } from '../table/table-file.ts'
import { file, readForm, tick } from '../web/form.ts'
import { seeOther } from '../web/page.ts'
import { respondentHeaders } from '../web/security.ts'
import { answersOfDigits } from './digits.ts'
import { headings, type ImportedForm, type ImportField, placeByNames, readForms } from './import-rows.ts'
import { writeOnThread } from './import-thread.ts'
import { distinctValues, guessMeaning, type Meanings, mostValues, readMeaning } from './import-values.ts'
import { importTag, newPending, type PendingImport, pendingImports, type ReadyForm } from './pending-imports.ts'
import { wasImported } from './store.ts'

const may = 'enter paper' as const
const limits = { ...tableLimits, rows: 20_000, columns: 60 }
const mostShown = 500
const atATime = 200
const column = z
  .string()
  .regex(/^\d{0,3}$/)
  .default('')
const fields = Object.keys(headings) as ImportField[]
const columnsForm = z.object({
  stratum: z.string().max(40).default(''),
  language: z.string().max(8).default('sv'),
  ...(Object.fromEntries(fields.map((field) => [field, column])) as Record<ImportField, typeof column>),
})

/** Answers from a municipality's own tool: a file, what it means, a dry run, and all of it at once or nothing. */
export async function paperImportRoutes(app: FastifyInstance, options: StaffContext): Promise<void> {
  const { db, between, keys, languages, clock, page } = options
  const imports = pendingImports(clock)
  const findInvitation = prepareFindInvitation(db, keys.codePepper, between)
  const guessedFrom = [languages.find('sv')!, languages.find('en')!]
  const inBoth = (key: string) => guessedFrom.map((language) => languages.text(language, key))
  const groupNames = (group: TargetGroup) => inBoth(`staff.words.groups.${group}`)
  const labels = ({ scale }: Question, option: string) => [
    ...inBoth(`questionnaire.options.${scale}.${option}`),
    ...(scale === 'gender' ? inBoth(`questionnaire.options.gender_young.${option}`) : []),
  ]
  const again = (reply: FastifyReply) => seeOther(reply, '/staff/paper/import?gone=1')

  app.get('/paper/import', { config: { may } }, async (request, reply) => {
    const isGone = (request.query as { gone?: string }).gone !== undefined
    return page(request, reply, 'staff/paper/import', { isGone, limit: limits.rows })
  })

  app.post('/paper/import', { config: { may, isSilent: true } }, async (request, reply) => {
    const form = readForm(z.object({ file }), request.body)
    const refused = (problem: string, values = {}) =>
      page(request, reply, 'staff/paper/import', { problems: { file: problem }, values, limit: limits.rows }, 400)
    if ('problems' in form) return refused('staff.web.problem.file')
    const { name, bytes } = form.data.file
    try {
      const table = await readTable(bytes, name, { limits })
      if (table.rows.length === 0) return refused('staff.paper.problem.noRows')
      imports.keep(request.staff.sessionTag, newPending(keys.staffKey, { name, bytes, table }))
    } catch (error) {
      if (error instanceof DomainError && error.messageKey.startsWith('staff.table.'))
        return refused(error.messageKey, error.values)
      throw error
    }
    return seeOther(reply, '/staff/paper/import/columns')
  })

  app.get('/paper/import/columns', { config: { may } }, async (request, reply) => {
    const pending = pendingOf(request)
    return pending ? showColumns(request, reply, pending) : again(reply)
  })

  app.post('/paper/import/columns', { config: { may, isSilent: true } }, async (request, reply) => {
    const pending = pendingOf(request)
    if (!pending || !isSame(request, pending)) return again(reply)
    const { stratum, language, ...chosen } = columnsForm.parse(request.body)
    const { strata } = await placesOf(request)
    const columns = Object.fromEntries(
      Object.entries(chosen).flatMap(([field, text]) => (text === '' ? [] : [[field, Number(text)]])),
    ) as ColumnMapping<ImportField>
    const problems = problemsOf(pending, columns, stratum)
    if (stratum !== '' && !strata.some(({ id }) => id === stratum)) problems.stratum = 'staff.web.problem.choose'
    if (Object.keys(problems).length > 0)
      return showColumns(request, reply, pending, { problems, typed: request.body, status: 400 })
    const known = languages.find(language)?.code ?? 'sv'
    pending.choice = { columns, language: known, ...(stratum === '' ? {} : { stratumId: stratum }) }
    pending.dryRun = undefined
    return seeOther(reply, '/staff/paper/import/values')
  })

  app.get('/paper/import/values', { config: { may } }, async (request, reply) => {
    const pending = pendingOf(request)
    if (!pending?.choice) return again(reply)
    const shown = valuesOf(pending).map(({ question, values }) => ({
      question,
      values: values.map((value) => ({ value, meaning: guessMeaning(value, question, labels) })),
    }))
    return page(request, reply, 'staff/paper/values', { id: pending.id, shown, isYoung: false })
  })

  app.post('/paper/import/values', { config: { may, isSilent: true } }, async (request, reply) => {
    const pending = pendingOf(request)
    if (!pending?.choice || !isSame(request, pending)) return again(reply)
    const form = request.body as Record<string, unknown>
    const meanings: Meanings = {}
    for (const { question, values } of valuesOf(pending))
      meanings[question.id] = new Map(
        values.map((value, at) => [value, readMeaning(form[`${question.id}-${at}`], question) ?? 'reject']),
      )
    pending.meanings = meanings
    pending.dryRun = await dryRun(request, pending)
    return seeOther(reply, '/staff/paper/import/check')
  })

  app.get('/paper/import/check', { config: { may } }, async (request, reply) => {
    const pending = pendingOf(request)
    return pending?.dryRun ? showCheck(request, reply, pending) : again(reply)
  })

  app.get('/paper/import/rejected', { config: { may } }, async (request, reply) => {
    const pending = pendingOf(request)
    if (!pending?.dryRun) return again(reply)
    const { staff } = request
    const language = languages.find(staff.language === 'en' ? 'en' : 'sv')!
    const text = (key: string, values?: Record<string, string | number>) => languages.text(language, key, values)
    const head = ['row', 'cell', 'reason'].map((name) => text(`staff.paper.rejectedHead.${name}`))
    const rows = pending.dryRun.rejected.map(({ row, cell = '', reason, values }) => [row, cell, text(reason, values)])
    reply.headers(respondentHeaders).header('content-disposition', 'attachment; filename="rejected.csv"')
    return reply.type('text/csv; charset=utf-8').send(await writeCsv(head, rows))
  })

  app.post('/paper/import/confirmation', { config: { may, does: 'paper.imported' } }, async (request, reply) => {
    const pending = pendingOf(request)
    request.done = { municipalityCode: request.staff.municipalityCode, number: 0 }
    if (!pending || !isSame(request, pending)) return again(reply)
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
    pending.table = { header: [], rows: [], notes: [] }
    if (isFirst) request.done = { ...request.done, number: forms.length }
    return seeOther(reply, '/staff/paper/import/done')
  })

  app.get('/paper/import/done', { config: { may } }, async (request, reply) => {
    const pending = pendingOf(request)
    return pending?.done ? page(request, reply, 'staff/paper/imported', { ...pending.done }) : again(reply)
  })

  const pendingOf = ({ staff }: FastifyRequest) => imports.find(staff.sessionTag)
  /** A page of an earlier file must not be taken for the one that waits now. */
  const isSame = ({ body }: FastifyRequest, { id }: PendingImport) => (body as { import?: unknown })?.import === id

  async function placesOf({ staff }: FastifyRequest) {
    const round = await between(() => findWorkingRound(db))
    return { round, strata: round ? await between(() => listStrata(db, round.id, staff.scope)) : [] }
  }

  async function showColumns(
    request: FastifyRequest,
    reply: FastifyReply,
    pending: PendingImport,
    { status, ...shown }: { problems?: object; typed?: unknown; status?: number } = {},
  ) {
    const { header, rows, notes } = pending.table
    const data = {
      id: pending.id,
      name: pending.name,
      count: rows.length,
      notes,
      columns: header.map((heading, at) => ({ at, heading, letters: columnLetters(at), example: rows[0]?.cells[at] })),
      guessed: pending.choice?.columns ?? guessColumns(header, headings),
      fields,
      spoken: languages.all,
      strata: (await placesOf(request)).strata,
      typed: pending.choice ? { stratum: pending.choice.stratumId, language: pending.choice.language } : {},
      values: { most: mostValues },
      ...shown,
    }
    return page(request, reply, 'staff/paper/columns', data, status)
  }

  function* cellsOf({ table }: PendingImport, at: number) {
    for (const { cells } of table.rows) yield cells[at] ?? ''
  }

  function problemsOf(pending: PendingImport, columns: ColumnMapping<ImportField>, stratum: string) {
    const problems: Record<string, string> = {}
    if (stratum === '')
      for (const field of ['unit', 'group'] as const)
        if (columns[field] === undefined) problems[field] = 'staff.paper.problem.place'
    const asked = questions.filter(({ id }) => columns[id] !== undefined)
    if (asked.length === 0) problems.contact = 'staff.paper.problem.noQuestion'
    for (const { id } of asked) {
      const isTwice = fields.some((other) => other !== id && columns[other] === columns[id])
      if (isTwice) problems[id] = 'staff.paper.problem.columnTwice'
      else if (columns[id]! >= pending.table.header.length) problems[id] = 'staff.web.problem.choose'
      else if (distinctValues(cellsOf(pending, columns[id]!)).length > mostValues)
        problems[id] = 'staff.paper.problem.manyValues'
    }
    return problems
  }

  function valuesOf(pending: PendingImport) {
    const { columns } = pending.choice!
    const asked = questions.filter(({ id }) => columns[id] !== undefined)
    return asked.map((question) => ({
      question,
      values: distinctValues(cellsOf(pending, columns[question.id]!)),
    }))
  }

  /** Reads all of the file as it would be imported, and looks its codes up; writes nothing. */
  async function dryRun(request: FastifyRequest, pending: PendingImport) {
    const { table, choice, meanings, digest } = pending
    const { columns, stratumId } = choice!
    const { round, strata } = await placesOf(request)
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
    { digits, stratumId, code }: ImportedForm,
    { here, roundId }: { here: Set<string>; roundId: string },
  ): Promise<ReadyForm | string> {
    if (code === undefined) return { digits, stratumId, channel: 'paper' }
    const invitation = await findInvitation(code)
    if (!invitation) return 'staff.paper.problem.code.unknown'
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
    return page(
      request,
      reply,
      'staff/paper/check',
      { ...data, rejected: rejected.slice(0, mostShown), ...shown },
      status,
    )
  }

  /** Seals in slices, so that nobody else waits, and writes everything at once. */
  async function importAll(request: FastifyRequest, pending: PendingImport, isAgain: boolean) {
    const { ballotIds, dryRun, choice } = pending
    const round = await between(() => findWorkingRound(db))
    const { forms, tag } = dryRun!
    const ballots: SealedBallot[] = []
    for (const [at, { digits, ...destination }] of forms.entries()) {
      const answers = answersOfDigits(digits)
      const ballot = encodeBallot({ stratumId: destination.stratumId, language: choice!.language, answers })
      const sealed = sealTo(round!.publicKey, ballot)
      ballots.push({ ...destination, ballotId: ballotIds.subarray(at * 16, at * 16 + 16), roundId: round!.id, sealed })
      if (at % atATime === 0) await breath()
    }
    const municipalityCode = request.staff.municipalityCode!
    const file = { tag, roundId: round!.id, municipalityCode, forms: forms.length, isAgain }
    return between(() => writeOnThread(db, { ballots, file }))
  }
}
