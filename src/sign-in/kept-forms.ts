import { hold } from '../held.ts'
import { newToken } from './secrets.ts'

/** A form that came when its session was over: where it was sent, and what was typed. */
export interface KeptForm {
  action: string
  fields: [name: string, value: string][]
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
    keep(device: string, action: string, body: unknown): string | undefined {
      const fields = fieldsOf(body)
      if (!fields || fields.length === 0) return undefined
      for (const [id, one] of kept.entries()) if (one.device === device) kept.forget(id)
      const size = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
      const id = newToken()
      kept.keep(id, { device, size, form: { action, fields } })
      return id
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

/** What a person has typed, to be looked at; a long form is not shown whole. */
export function shownOf(fields: KeptForm['fields']): string[] {
  const typed = fields.filter(([name, value]) => value.trim() !== '' && !unseen.has(name)).map(([, value]) => value)
  return typed.slice(0, mostShown)
}

const mostShown = 30
/** Fields that no person has typed. */
const unseen = new Set(['seen', 'state', 'rows', 'next', 'id', 'ticket', 'once'])

/** The form's mark, and the id under which an earlier one waited. */
const ownFields = new Set(['form', 'kept'])
