import { finished } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { DomainError } from '../errors.ts'

/**
 * A form with a file as a form without one is read: names and texts, and the file as its name and bytes.
 * @param files `named`: of a file only the name, and no bytes: it passes by without taking memory.
 */
export async function readParts(request: FastifyRequest, files: 'read' | 'named'): Promise<Record<string, unknown>> {
  const read = new Map<string, unknown[]>()
  const bytesOf = (part: MultipartFile) => (files === 'read' ? part.toBuffer() : passBy(part))
  try {
    for await (const part of request.parts()) {
      const value =
        part.type === 'file' ? { name: part.filename ?? '', bytes: await bytesOf(part) } : textOf(part.value)
      read.set(part.fieldname, [...(read.get(part.fieldname) ?? []), value])
    }
  } catch (cause) {
    if ((cause as { statusCode?: number }).statusCode) throw cause
    throw new DomainError('invalid', 'The form broke off, or is no form.', { cause })
  }
  return Object.fromEntries([...read].map(([name, values]) => [name, values.length > 1 ? values : values[0]]))
}

async function passBy({ file }: MultipartFile): Promise<Buffer> {
  await finished(file.resume())
  return Buffer.alloc(0)
}

/** A part of a form may say that it is JSON; what pages show again is text. */
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
