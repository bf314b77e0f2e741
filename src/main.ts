import closeWithGrace from 'close-with-grace'
import { explain } from './cli/explain.ts'
import { parseConfig } from './config.ts'
import { serve } from './serve.ts'

try {
  const app = await serve(parseConfig(process.env))
  closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
    if (err) app.log.error({ name: err.name, code: (err as { code?: string }).code }, 'stopping because of a defect')
    await app.close()
  })
} catch (error) {
  const { message, exitCode } = explain(error)
  console.error(message)
  process.exitCode = exitCode
}
