import { getTableName, is, SQL } from 'drizzle-orm'
import { getTableConfig, SQLiteAsyncDialect, type SQLiteTable } from 'drizzle-orm/sqlite-core'

const dialect = new SQLiteAsyncDialect()

/** A text of our own in its place: a check, a default. */
const textOf = (text: SQL) => dialect.sqlToQuery(text.inlineParams()).sql

const quoted = (name: string) => `"${name}"`
const listed = (columns: readonly { name: string }[]) => columns.map(({ name }) => quoted(name)).join(', ')

/** What a column is there: text that is compared byte by byte, as SQLite does; whole numbers; bytes. */
function typeOf(kind: string): string {
  if (kind === 'blob') return 'bytea'
  return kind === 'integer' ? 'bigint' : kind === 'real' ? 'double precision' : 'text collate "C"'
}

/** The tables of a subject for PostgreSQL, from the one definition that there is, and what refers to others by itself: those have to be there first. */
export function statementsFor(tables: readonly SQLiteTable[]): string[] {
  const configs = tables.map((table) => getTableConfig(table))
  const made = configs.map(({ name, columns, primaryKeys, checks, uniqueConstraints }) => {
    const lines = columns.map((column) => {
      const given = column.hasDefault && column.default !== undefined ? ` default ${literal(column.default)}` : ''
      return `${quoted(column.name)} ${typeOf(column.getSQLType())}${given}${column.notNull ? ' not null' : ''}${
        column.primary ? ' primary key' : ''
      }${column.isUnique ? ' unique' : ''}`
    })
    const keys = primaryKeys.map(({ columns }) => `primary key (${listed(columns)})`)
    const alone = uniqueConstraints.map(({ columns }) => `unique (${listed(columns)})`)
    const checked = checks.map((check) => `constraint ${quoted(check.name)} check (${textOf(check.value)})`)
    return `create table ${quoted(name)} (${[...lines, ...keys, ...alone, ...checked].join(', ')})`
  })
  const referring = configs.flatMap(({ name, foreignKeys }) =>
    foreignKeys.map((key) => {
      const { columns, foreignColumns, foreignTable } = key.reference()
      const other = quoted(getTableName(foreignTable))
      return `alter table ${quoted(name)} add foreign key (${listed(columns)}) references ${other} (${listed(foreignColumns)})`
    }),
  )
  const indexes = configs.flatMap(({ name, indexes }) =>
    indexes.map(({ config }) => {
      const columns = config.columns.map((column) => (is(column, SQL) ? textOf(column) : quoted(column.name)))
      const where = config.where ? ` where ${textOf(config.where)}` : ''
      return `create ${config.unique ? 'unique ' : ''}index on ${quoted(name)} (${columns.join(', ')})${where}`
    }),
  )
  return [...made, ...referring, ...indexes]
}

function literal(value: unknown): string {
  if (is(value, SQL)) return textOf(value)
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(Number(value))
}
