import type { FastifyRequest } from 'fastify'
import { DomainError } from '../errors.ts'

/** A form with a file as a form without one is read: names and texts, and the file as its name and bytes. */
export async function readParts(request: FastifyRequest): Promise<Record<string, unknown>> {
  const read = new Map<string, unknown[]>()
  try {
    for await (const part of request.parts()) {
      const value =
        part.type === 'file' ? { name: part.filename ?? '', bytes: await part.toBuffer() } : textOf(part.value)
      read.set(part.fieldname, [...(read.get(part.fieldname) ?? []), value])
    }
  } catch (cause) {
    if ((cause as { statusCode?: number }).statusCode) throw cause
    throw new DomainError('invalid', 'The form broke off, or is no form.', { cause })
  }
  return Object.fromEntries([...read].map(([name, values]) => [name, values.length > 1 ? values : values[0]]))
}

/** A part of a form may say that it is JSON; what pages show again is text. */
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
