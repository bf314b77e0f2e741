/** What runs in the process of one print: it reads the sheet, sets it, hands it over and ends. */
import { text } from 'node:stream/consumers'
import type { PrintMessage, PrintWork } from './print-process.ts'
import { typeset } from './typeset.ts'

// The service that asked is gone, however it ended: nobody waits for the print, and the codes in it are to be nowhere.
process.once('disconnect', () => process.exit())
if (process.connected === false) process.exit()

// As in every program: Node's inspector stays shut, and what is printed holds codes.
process.on('SIGUSR1', () => {})

const say = (message: PrintMessage) => process.send?.(message)

try {
  const { sheet, format }: PrintWork = JSON.parse(await text(process.stdin))
  const made = await typeset(sheet, format, (done) => say({ done }))
  process.stdout.write(made, () => process.disconnect?.())
} catch (error) {
  say({ error: (error as Error).message })
  process.exitCode = 1
  process.disconnect?.()
}
