/** Every URL, and who may ask for it. */
import type { RouteOptions } from 'fastify'
import { buildApp } from '../src/app.ts'
import { parseConfig } from '../src/config.ts'
import { openDatabase } from '../src/database/connection.ts'

const key = Buffer.alloc(32)
const routes: RouteOptions[] = []
const app = await buildApp({
  config: parseConfig({}),
  db: openDatabase(':memory:'),
  keys: { codePepper: key, spentPepper: key, visitKey: key, staffKey: key },
  eachRoute: (route) => void routes.push(route),
})
for (const { method, url, config } of routes.filter(
  ({ method, url }) => method !== 'HEAD' && !url.startsWith('/assets'),
))
  console.log(`${String(method).padEnd(5)} ${url.padEnd(50)} ${config?.may ?? 'everybody'}`)
await app.close()
