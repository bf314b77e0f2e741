import closeWithGrace from 'close-with-grace'
import { parseConfig } from './config.ts'
import { explain } from './explain.ts'
import { withPort } from './free-port.ts'
import { makeLog } from './log/log.ts'
import { linesTo } from './log/log-lines.ts'
import { serve } from './serve.ts'

/** How long requests in hand may take after the service was told to stop, and how long all of it. */
const [requestsMs, delay] = [5_000, 10_000]

process.umask(0o077) // databases, keys and whatever else is made is nobody else's to read

try {
  const config = await withPort(parseConfig(process.env))
  const lines = linesTo(1)
  const log = makeLog(config.logLevel, lines)
  const starting = serve(config, log, undefined, (line) => lines.write(`${line}\n`))
  closeWithGrace({ delay, logger: false }, async ({ err }) => {
    if (err) log.error({ name: err.name, code: (err as { code?: string }).code }, 'stopping because of a defect')
    const app = await starting
    setTimeout(() => app.server.closeAllConnections(), requestsMs).unref() // who has sent half a form may never send the rest
    await app.close()
  })
  await starting
} catch (error) {
  const { message, exitCode } = explain(error)
  console.error(message)
  process.exit(exitCode) // whatever was begun must not keep it alive
}
