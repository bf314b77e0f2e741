import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { assetsFolder } from './assets.ts'
import { securityHeaders } from './security.ts'

/** Serves what was built of styles, scripts and fonts, under names that change with what is in them. */
export async function serveAssets(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: assetsFolder,
    prefix: '/assets/',
    index: false,
    wildcard: false,
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    setHeaders: (reply) => {
      reply.headers(securityHeaders)
    },
  })
}
