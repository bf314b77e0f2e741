import { newToken } from '../../crypto/secrets.ts'
import { hold } from '../../memory/held.ts'

/** A form that came when its session was over: where it was sent, and what was typed. */
export interface KeptForm {
  action: string
  fields: [name: string, value: string][]
  /** The files that were sent along, by the name of their field. They are not kept, and must be chosen anew. */
  files: { field: string; name: string }[]
}

/** How long a form waits for its writer to sign in again, in minutes. */
export const keptMinutes = 60
const mostKept = 100
/** Of all forms together. A stranger can send forms too, and must not fill the memory of a service that others answer in. */
const mostCharacters = 4 * 1024 * 1024

/** Fields that are never kept, nor what stands beside them: passwords, keys, what proves a key. */
const secretFields = /^(?:old|password|current|secret|pin|opened|challenge|key\w*)$/i

/**
 * Forms whose session ran out while they were being filled in: in memory only, bounded in number, size and age. Each is found by
 * an address that nobody guesses, and only in the browser it came from, by the person who used that browser last.
 */
export function keptForms(clock: () => Date) {
  const bounds = { minutes: keptMinutes, most: mostKept, mostSize: mostCharacters }
  const kept = hold<{ device: string; size: number; form: KeptForm }>(clock, { ...bounds, sizeOf: ({ size }) => size })

  return {
    /** Keeps it for a browser, in place of the one before, and gives its id; `undefined` when there is nothing that may be kept. */
    keep(device: string, action: string, body: unknown): { id: string; form: KeptForm } | undefined {
      const { rest, files } = withoutFiles(body)
      const fields = fieldsOf(rest)
      if (!fields || files.some(({ field }) => secretFields.test(field))) return undefined
      if (fields.length + files.length === 0) return undefined
      for (const [id, one] of kept.entries()) if (one.device === device) kept.forget(id)
      const size = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
      const id = newToken()
      const form = { action, fields, files }
      kept.keep(id, { device, size, form })
      return { id, form }
    },
    /** What waits under that id for that browser. */
    find(device: string, id: string): KeptForm | undefined {
      const one = kept.find(id)
      return one?.device === device ? one.form : undefined
    },
    /** It was sent again. */
    forget: kept.forget,
  }
}

export type KeptForms = ReturnType<typeof keptForms>

/** Names and values in their order, without the mark of the session; `undefined` where something of it is secret, or a file. */
export function fieldsOf(body: unknown): KeptForm['fields'] | undefined {
  const given = Object.entries((body ?? {}) as Record<string, unknown>).filter(([name]) => !ownFields.has(name))
  if (given.some(([name]) => secretFields.test(name))) return undefined
  const fields = given.flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
  const isText = (field: readonly [string, unknown]): field is readonly [string, string] => typeof field[1] === 'string'
  return fields.every(isText) ? fields.map(([name, value]) => [name, value]) : undefined
}

/** The texts of a form with a file, and the names of its files: those must be chosen anew. */
export function withoutFiles(body: unknown): { rest: Record<string, unknown>; files: KeptForm['files'] } {
  const given = Object.entries((body ?? {}) as Record<string, unknown>)
  const nameOf = (value: unknown) =>
    Buffer.isBuffer((value as Partial<SentFile>)?.bytes) ? (value as SentFile).name : undefined
  const files = given.flatMap(([field, value]) => {
    const name = nameOf(value)
    return name === undefined ? [] : [{ field, name: name.slice(0, 100) }]
  })
  return { rest: Object.fromEntries(given.filter(([, value]) => nameOf(value) === undefined)), files }
}

interface SentFile {
  name: string
  bytes: Buffer
}

/** The form's mark, and the id under which an earlier one waited. */
const ownFields = new Set(['form', 'kept'])
