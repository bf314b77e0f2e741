import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { deedText } from '../../../audit/deeds.ts'
import type { AuditEntry, AuditFilter } from '../../../audit/store.ts'
import { DomainError } from '../../../errors.ts'
import type { Language } from '../../../language/languages.ts'
import type { WrittenCell } from '../../../table/written.ts'
import { sendFile } from '../../../web/page.ts'
import { askedFormat, sendTable } from '../../../web/send-table.ts'
import type { StaffContext } from '../context.ts'
import type { Views } from './views.ts'

const nothing = z
  .string()
  .trim()
  .length(0)
  .transform(() => undefined)
const filter = z.object({
  who: nothing.or(z.string().max(100)).optional(),
  action: nothing.or(z.string().max(60)).optional(),
  municipalityCode: nothing.or(z.string().max(4)).optional(),
  from: nothing.or(z.iso.date()).optional(),
  until: nothing.or(z.iso.date()).optional(),
  at: nothing.or(z.string().max(30)).optional(),
  id: nothing.or(z.string().max(1000)).optional(),
})

const onAPage = 100
const inAPiece = 500

/** The longest trail that is written as a workbook, which is made in memory, in rows. */
const mostInWorkbook = 100_000

/** What staff did, for the national administrator: read, filtered, taken out. */
export async function auditRoutes(
  app: FastifyInstance,
  { stores, page, languages, deeds }: StaffContext<Views>,
): Promise<void> {
  const may = 'read the audit trail' as const

  app.get('/audit', { config: { may } }, async (request, reply) => {
    const { at, id, ...wanted } = filter.parse(request.query)
    const before = at && id ? { at, id } : undefined
    const entries = await stores.audit.listDeeds(wanted, { limit: onAPage + 1, before })
    const last = entries.length > onAPage ? entries[onAPage - 1] : undefined
    const query = (more: Record<string, string>) =>
      new URLSearchParams(Object.entries({ ...wanted, ...more }).filter(([, value]) => value) as [string, string][])
    return page(request, reply, 'staff/audit/list', {
      entries: entries.slice(0, onAPage),
      typed: wanted,
      deeds: [...deeds].sort(),
      deedText,
      municipalities: await stores.organisation.listMunicipalities(),
      exportQuery: query({}).toString(),
      nextQuery: last && query({ at: last.at, id: last.id }).toString(),
    })
  })

  app.get('/audit/export', { config: { may, does: 'audit.exported' } }, async (request, reply) => {
    const { at: _at, id: _id, ...wanted } = filter.parse(request.query)
    const language = languages.find(request.staff.language)!
    if (askedFormat(request) !== 'xlsx') return sendFile(reply, 'audit.csv', Readable.from(asCsv(wanted, language)))
    const rows: WrittenCell[][] = []
    for await (const piece of pieces(wanted, language)) {
      rows.push(...piece)
      if (rows.length > mostInWorkbook)
        throw new DomainError('invalid', 'The trail is too long for a workbook.', { messageKey: 'trailTooLong' })
    }
    return sendTable(request, reply, { name: 'audit', head: headOf(language), rows })
  })

  const columns = ['at', 'who', 'email', 'deed', 'subject', 'municipality', 'number']
  const headOf = (language: Language) => columns.map((name) => languages.text(language, `staff.audit.${name}`))

  /** The trail may be longer than memory: it is sent as it is read. */
  async function* asCsv(wanted: AuditFilter, language: Language) {
    const { stringify } = await import('csv-stringify/sync')
    const written = (rows: unknown[][]) => stringify(rows, { delimiter: ';', escape_formulas: true })
    yield `\uFEFF${written([headOf(language)])}`
    for await (const rows of pieces(wanted, language)) yield written(rows)
  }

  /** A piece at a time, so that respondents are served in between. */
  async function* pieces(wanted: AuditFilter, language: Language): AsyncGenerator<WrittenCell[][]> {
    let before: AuditEntry | undefined
    do {
      const entries = await stores.audit.listDeeds(wanted, { limit: inAPiece, before })
      yield entries.map(({ at, who, email = '', action, subject, municipality = '', number }) => [
        ...[at, who, email, languages.text(language, deedText(action)), subject, municipality, number],
      ])
      before = entries[inAPiece - 1]
      await setImmediate()
    } while (before)
  }
}
