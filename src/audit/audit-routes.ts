import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { listMunicipalities } from '../organisation/store.ts'
import type { StaffContext } from '../staff/context.ts'
import type { Language } from '../web/languages.ts'
import { sendFile } from '../web/page.ts'
import { deedText } from './deeds.ts'
import { type AuditEntry, type AuditFilter, listDeeds } from './store.ts'

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

/** What staff did, for the national administrator: read, filtered, taken out. */
export async function auditRoutes(
  app: FastifyInstance,
  { db, between, page, languages, deeds }: StaffContext,
): Promise<void> {
  const may = 'read the audit trail' as const

  app.get('/audit', { config: { may } }, async (request, reply) => {
    const { at, id, ...wanted } = filter.parse(request.query)
    const before = at && id ? { at, id } : undefined
    const entries = await between(() => listDeeds(db, wanted, { limit: onAPage + 1, before }))
    const last = entries.length > onAPage ? entries[onAPage - 1] : undefined
    const query = (more: Record<string, string>) =>
      new URLSearchParams(Object.entries({ ...wanted, ...more }).filter(([, value]) => value) as [string, string][])
    return page(request, reply, 'staff/audit/list', {
      entries: entries.slice(0, onAPage),
      typed: wanted,
      deeds: [...deeds].sort(),
      deedText,
      municipalities: await between(() => listMunicipalities(db)),
      exportQuery: query({}).toString(),
      nextQuery: last && query({ at: last.at, id: last.id }).toString(),
    })
  })

  app.get('/audit/export', { config: { may, does: 'audit.exported' } }, async (request, reply) => {
    const { at: _at, id: _id, ...wanted } = filter.parse(request.query)
    const language = languages.find(request.staff.language)!
    return sendFile(reply, 'audit.csv', Readable.from(asCsv(wanted, language)))
  })

  /** A piece at a time, so that respondents are served in between. */
  async function* asCsv(wanted: AuditFilter, language: Language) {
    const { stringify } = await import('csv-stringify/sync')
    const written = (rows: unknown[][]) => stringify(rows, { delimiter: ';', escape_formulas: true })
    const head = ['at', 'who', 'email', 'deed', 'subject', 'municipality', 'number']
    yield `\uFEFF${written([head.map((name) => languages.text(language, `staff.audit.${name}`))])}`

    let before: AuditEntry | undefined
    do {
      const entries = await between(() => listDeeds(db, wanted, { limit: inAPiece, before }))
      yield written(
        entries.map(({ at, who, email = '', action, subject, municipality = '', number }) => [
          ...[at, who, email, languages.text(language, deedText(action)), subject, municipality, number],
        ]),
      )
      before = entries[inAPiece - 1]
      await setImmediate()
    } while (before)
  }
}
