import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * The settings with a port, where they leave it to this machine (`PORT=0`): every link says it, so it is chosen before the service
 * is put together. Where `PUBLIC_URL` is set, the links are as it says.
 */
export async function withPort<C extends { host: string; port: number; publicUrl: string }>(config: C): Promise<C> {
  if (config.port !== 0) return config
  const port = await freePort(config.host)
  return { ...config, port, publicUrl: config.publicUrl.replace(/^http:\/\/localhost:0$/, `http://localhost:${port}`) }
}

/** The one port among those chosen from that every browser refuses to open ("bad ports" of the Fetch standard). */
const refusedByBrowsers = 10_080

/**
 * A port nobody listens on just now, at the host given. It is one of those that the system hands out to nobody by itself
 * (Linux begins at 32 768), so that it is still free a while later.
 */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = 10_000 + Math.floor(Math.random() * 22_000)
    if (port === refusedByBrowsers) continue
    const probe = createServer().listen(port, host)
    try {
      await once(probe, 'listening')
    } catch {
      continue // somebody listens there
    }
    probe.close()
    await once(probe, 'close')
    return port
  }
  throw new Error('no port is free')
}
