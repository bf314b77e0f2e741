/** What runs in the process of one print: it reads the sheet, sets it, hands it over and ends. */
import { text } from 'node:stream/consumers'
import type { PrintJob, PrintMessage } from './print-process.ts'
import { typeset } from './typeset.ts'

const say = (message: PrintMessage) => process.send?.(message)

try {
  const { sheet, format }: PrintJob = JSON.parse(await text(process.stdin))
  const made = await typeset(sheet, format, (done) => say({ done }))
  process.stdout.write(made, () => process.disconnect?.())
} catch (error) {
  say({ error: (error as Error).message })
  process.exitCode = 1
  process.disconnect?.()
}
