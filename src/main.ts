import closeWithGrace from 'close-with-grace'
import { parseConfig } from './config.ts'
import { serve } from './serve.ts'

try {
  const app = await serve(parseConfig(process.env))
  closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
    if (err) app.log.error({ name: err.name, code: (err as { code?: string }).code }, 'stopping because of a defect')
    await app.close()
  })
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
