/** Every URL, and who may ask for it. */
import { allRoutes } from './all-routes.ts'

for (const { method, url, config } of await allRoutes())
  console.log(`${String(method).padEnd(5)} ${url.padEnd(50)} ${config?.may ?? 'everybody'}`)
