import type { RouteOptions } from 'fastify'
import { buildApp } from '../src/app.ts'
import { parseConfig } from '../src/config.ts'
import { openDatabase } from '../src/database/connection.ts'

/** Every route of the service as it was added, but for HEAD and the assets. */
export async function allRoutes(): Promise<RouteOptions[]> {
  const key = Buffer.alloc(32)
  const routes: RouteOptions[] = []
  const app = await buildApp({
    config: parseConfig({}),
    db: openDatabase(':memory:'),
    keys: { codePepper: key, spentPepper: key, visitKey: key, staffKey: key },
    eachRoute: (route) => void routes.push(route),
  })
  await app.close()
  return routes.filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/assets'))
}
