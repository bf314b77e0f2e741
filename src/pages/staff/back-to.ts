import type { FastifyRequest } from 'fastify'
import { ownPage } from '../../web/page.ts'

/** The page where a button stood that stands on several, without what was asked of it; `home` where the form does not say. */
export const backTo = ({ body }: FastifyRequest, home: string): string =>
  ownPage(String((body as { back?: unknown } | undefined)?.back ?? home).replace(/[?#].*/, ''))

/** The page from which a form was opened, as its address or the form itself says; absent where neither does. */
export function cameFrom({ query, body }: FastifyRequest): string | undefined {
  const { back } = { ...(query as object), ...(body as object) } as { back?: unknown }
  return typeof back === 'string' ? ownPage(back) : undefined
}
