import closeWithGrace from 'close-with-grace'
import { explain } from './cli/explain.ts'
import { parseConfig } from './config.ts'
import { makeLog } from './log.ts'
import { serve } from './serve.ts'

try {
  const config = parseConfig(process.env)
  const log = makeLog(config.logLevel)
  const app = await serve(config, log)
  closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
    if (err) log.error({ name: err.name, code: (err as { code?: string }).code }, 'stopping because of a defect')
    await app.close()
  })
} catch (error) {
  const { message, exitCode } = explain(error)
  console.error(message)
  process.exit(exitCode) // whatever was begun must not keep it alive
}
