import { SQLite } from '../../src/database/sqlite.ts'

/** A database as SQL text that makes it again, in one order, so that two of the same are the same. */
export function dump(file: string): string {
  const db = new SQLite(file, { readonly: true })
  const all = (sql: string, ...values: unknown[]) =>
    db
      .prepare(sql)
      .raw()
      .all(...values) as string[][]
  const named = (name: string) => `"${name.replaceAll('"', '""')}"`
  const made =
    all(`select type, name, sql from sqlite_schema where sql is not null and name not like 'sqlite\\_%' escape '\\'
    order by type <> 'table', name`)
  const version = db.pragma('user_version', { simple: true })
  const application = db.pragma('application_id', { simple: true })
  const rows = made
    .filter(([type]) => type === 'table')
    .flatMap(([, name]) => {
      const columns = all('select name from pragma_table_info(?)', name).map(([column]) => `quote(${named(column!)})`)
      const lines = all(`select ${columns.join(`||','||`)} from ${named(name!)}`).map(([values]) => values!)
      return lines.sort().map((values) => `insert into ${named(name!)} values (${values});`)
    })
  db.close()
  const pragmas = [`pragma user_version = ${version};`, `pragma application_id = ${application};`]
  return `${[...pragmas, ...made.map(([, , sql]) => `${sql};`), ...rows].join('\n')}\n`
}
