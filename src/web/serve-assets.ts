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
    lastModified: false, // the name says which it is, and a first visit has no byte to spare
    maxAge: '1y',
    setHeaders: (reply) => {
      reply.headers(securityHeaders)
    },
  })
}
