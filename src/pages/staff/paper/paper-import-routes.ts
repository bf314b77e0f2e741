import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { statusOf } from '../../../errors.ts'
import { fields, headings } from '../../../paper/headings.ts'
import type { ImportField } from '../../../paper/import-rows.ts'
import { guessMeaning, type Meanings, mostValues, readMeaning } from '../../../paper/import-values.ts'
import { addressOf, findOpen, mostRows, newPending, type PendingImport } from '../../../paper/pending-import.ts'
import type { Question } from '../../../questionnaire/questions.ts'
import type { ColumnMapping } from '../../../table/columns.ts'
import { columnLetters, guessColumns } from '../../../table/columns.ts'
import { howRead } from '../../../table/how-read.ts'
import type { PendingImports } from '../../../table/pending-imports.ts'
import { type RefusalValues, tableLimits, type Way } from '../../../table/table.ts'
import { readTable } from '../../../table/table-file.ts'
import { readWay, refusalOfTable, refusalOfWay } from '../../../table/ways.ts'
import { file, readForm } from '../../../web/form.ts'
import { goneFrom } from '../../../web/gone.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import type { Refused } from '../staff-page.ts'
import { countColumns, problemsOf, valuesOf } from './import-columns.ts'
import type { Views } from './views.ts'

const may = 'enter paper' as const
const url = '/paper/imports/:importId'
const limits = { ...tableLimits, rows: mostRows, columns: 60 }
const column = z
  .string()
  .regex(/^\d{0,3}$/)
  .default('')
const columnsForm = z.object({
  stratum: z.string().max(40).default(''),
  language: z.string().max(8).default('sv'),
  ...(Object.fromEntries(fields.map((field) => [field, column])) as Record<ImportField, typeof column>),
})

/** What the steps of an import share: the files that wait, in memory. */
export type ImportContext = StaffContext<Views> & { imports: PendingImports<PendingImport> }

/** Answers from a municipality's own tool: a file, and what its columns and values mean. Nothing is written here. */
export async function paperImportRoutes(app: FastifyInstance, options: ImportContext): Promise<void> {
  const { stores, keys, languages, page, imports } = options
  const guessedFrom = [languages.find('sv')!, languages.find('en')!]
  const inBoth = (key: string) => guessedFrom.map((language) => languages.text(language, key))
  const labels = ({ scale }: Question, option: string) => [
    ...inBoth(`questionnaire.options.${scale}.${option}`),
    ...(scale === 'gender' ? inBoth(`questionnaire.options.gender_young.${option}`) : []),
  ]
  const read = (
    request: FastifyRequest,
    reply: FastifyReply,
    { name, bytes }: { name: string; bytes: Buffer },
    way?: Way,
  ) =>
    readTable(bytes, name, {
      owner: request.staff.id,
      signal: goneFrom(reply),
      limits,
      way,
      headings: { words: headings(inBoth), byWidth: true },
    })

  app.get('/paper/import', { config: { may } }, async (request, reply) => {
    const isGone = (request.query as { gone?: string }).gone !== undefined
    return page(request, reply, 'staff/paper/import', { isGone, limit: mostRows })
  })

  app.post('/paper/import', { config: { may, isSilent: true } }, async (request, reply) => {
    const form = readForm(z.object({ file }), request.body)
    const refused = (problem: string, values = {}, status = 400) =>
      page(request, reply, 'staff/paper/import', { problems: { file: problem }, values, limit: mostRows }, status)
    if ('problems' in form) return refused('staff.web.problem.file')
    const { name, bytes } = form.data.file
    try {
      const table = await read(request, reply, form.data.file)
      if (table.rows.length === 0) return refused('staff.paper.problem.noRows')
      const id = imports.keep(request.staff, newPending(keys.staffKey, { name, bytes, table }))
      return seeOther(reply, `${addressOf(id)}/columns`)
    } catch (error) {
      const refusal = refusalOfTable(error)
      return refused(refusal.messageKey, refusal.values, statusOf[refusal.code])
    }
  })

  app.post(
    `${url}/way`,
    { config: { may, isSilent: true, formAt: `/staff${url}/columns` } },
    async (request, reply) => {
      const found = openOf(request)
      if ('leadsTo' in found) return seeOther(reply, found.leadsTo)
      const { name, bytes } = found
      const way = readWay(request.body)
      const again = (problem: string, values: RefusalValues = {}, status = 400) =>
        showColumns(request, reply, found, { way, problems: { way: problem }, valuesOf: { way: values }, status })
      try {
        const table = await read(request, reply, found, way)
        if (table.rows.length === 0) return again('staff.paper.problem.noRows')
        if (found.running) return again('staff.paper.problem.not-now')
        Object.assign(found, newPending(keys.staffKey, { name, bytes, table }))
        for (const step of ['choice', 'meanings', 'dryRun'] as const) delete found[step]
        return seeOther(reply, `${at(request)}/columns`)
      } catch (error) {
        const refusal = refusalOfWay(error, found.table.ways, way)
        return again(refusal.messageKey, refusal.values, statusOf[refusal.code])
      }
    },
  )

  app.get(`${url}/columns`, { config: { may } }, async (request, reply) => {
    const found = openOf(request)
    return 'leadsTo' in found ? seeOther(reply, found.leadsTo) : showColumns(request, reply, found)
  })

  app.post(`${url}/columns`, { config: { may, isSilent: true } }, async (request, reply) => {
    const found = openOf(request)
    if ('leadsTo' in found) return seeOther(reply, found.leadsTo)
    const { stratum, language, ...chosen } = columnsForm.parse(request.body)
    const { strata } = await placesOf(request)
    const columns = Object.fromEntries(
      Object.entries(chosen).flatMap(([field, text]) => (text === '' ? [] : [[field, Number(text)]])),
    ) as ColumnMapping<ImportField>
    const counted = await countColumns(found, columns)
    const problems = problemsOf(found, columns, { stratum, counted })
    if (stratum !== '' && !strata.some(({ id }) => id === stratum)) problems.stratum = 'staff.web.problem.choose'
    if (Object.keys(problems).length > 0)
      return showColumns(request, reply, found, { problems, typed: request.body, status: 400 })
    const known = languages.find(language)?.code ?? 'sv'
    found.choice = { columns, counted, language: known, ...(stratum === '' ? {} : { stratumId: stratum }) }
    found.dryRun = undefined
    return seeOther(reply, `${at(request)}/values`)
  })

  app.get(`${url}/values`, { config: { may } }, async (request, reply) => {
    const found = openOf(request)
    if ('leadsTo' in found) return seeOther(reply, found.leadsTo)
    if (!found.choice) return seeOther(reply, `${at(request)}/columns`)
    const shown = valuesOf(found.choice).map(({ question, values, empty }) => ({
      question,
      values: values.map(({ value, count }) => ({ value, count, meaning: guessMeaning(value, question, labels) })),
      empty,
    }))
    return page(request, reply, 'staff/paper/values', { at: at(request), shown })
  })

  app.post(`${url}/values`, { config: { may, isSilent: true } }, async (request, reply) => {
    const found = openOf(request)
    if ('leadsTo' in found) return seeOther(reply, found.leadsTo)
    if (!found.choice) return seeOther(reply, `${at(request)}/columns`)
    const form = request.body as Record<string, unknown>
    const meanings: Meanings = {}
    for (const { question, values } of valuesOf(found.choice))
      meanings[question.id] = new Map(
        values.map(({ value }, at) => [value, readMeaning(form[`${question.id}-${at}`], question) ?? 'reject']),
      )
    found.meanings = meanings
    found.dryRun = undefined
    return seeOther(reply, `${at(request)}/check`)
  })

  const importId = ({ params }: FastifyRequest) => (params as { importId: string }).importId
  const at = (request: FastifyRequest) => addressOf(importId(request))
  const openOf = (request: FastifyRequest) => findOpen(imports, request.staff.sessionTag, importId(request))

  async function placesOf({ staff }: FastifyRequest) {
    const round = await stores.round.findWorkingRound()
    return { round, strata: round ? await stores.organisation.listStrata(round.id, staff.scope) : [] }
  }

  async function showColumns(
    request: FastifyRequest,
    reply: FastifyReply,
    pending: PendingImport,
    { status, way, ...shown }: Omit<Refused, 'values'> & { way?: Way; status?: number } = {},
  ) {
    const { header, rows } = pending.table
    const data = {
      at: at(request),
      name: pending.name,
      count: rows.length,
      ...{ ...howRead(pending.table, way), wayAction: `${at(request)}/way` },
      columns: header.map((heading, at) => ({ at, heading, letters: columnLetters(at), example: rows[0]?.cells[at] })),
      guessed: pending.choice?.columns ?? guessColumns(header, headings(inBoth)),
      fields,
      spoken: languages.all,
      strata: (await placesOf(request)).strata,
      typed: pending.choice ? { stratum: pending.choice.stratumId, language: pending.choice.language } : {},
      values: { most: mostValues },
      ...shown,
    }
    return page(request, reply, 'staff/paper/columns', data, status)
  }
}
