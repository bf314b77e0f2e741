import { parseArgs } from 'node:util'
import closeWithGrace from 'close-with-grace'
import { renderUnicodeCompact } from 'uqr'
import { type Config, parseConfig } from './config.ts'
import { demoFileIn } from './database/demo-file.ts'
import type { DemoFile } from './demo/issuing.ts'
import { fewestCodes, prepare, refuseOthersData, startOver } from './demo/preparing.ts'
import { DomainError } from './errors.ts'
import { explain } from './explain.ts'
import { withPort } from './free-port.ts'
import { codeAddress } from './invitation/code-address.ts'
import { inFours } from './invitation/survey-code.ts'
import type { Round } from './round/round.ts'
import { serve } from './serve.ts'

process.umask(0o077) // as the service: what is made is nobody else's to read

try {
  const { values } = parseArgs({
    options: {
      codes: { type: 'string', default: '240' },
      fresh: { type: 'boolean', default: false },
      national: { type: 'boolean', default: false },
    },
  })
  const wanted = Number(values.codes)
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 1_000_000)
    throw new DomainError('invalid', '--codes must be a number from 1 to 1000000.')
  const settings = parseConfig({
    ...{ DATA_DIR: './data/demo', KEEP_ROUND_KEY: 'true', LOG_LEVEL: 'warn' },
    ...{
      OWNER_NAME: 'Exempelmyndigheten',
      OWNER_CONTACT: 'brukarsvar@example.se',
      DPO_CONTACT: 'dataskydd@example.se',
    },
    ...process.env,
  })
  const config = await withPort(settings)
  refuseOthersData(config)
  if (values.fresh) startOver(config)
  await run(config, await prepare(config, Math.max(wanted, fewestCodes), values.national))
} catch (error) {
  const { message, exitCode } = plainly(error)
  console.error(message)
  process.exit(exitCode) // whatever was begun must not keep it alive
}

function plainly(error: unknown) {
  const { code, port } = error as { code?: string; port?: number }
  if (code !== 'EADDRINUSE') return explain(error)
  return { message: `Port ${port} is in use: PORT=${port! + 1} npm run demo`, exitCode: 4 }
}

async function run(
  config: Config,
  { demo, round, isPublished }: { demo: DemoFile; round: Round; isPublished: boolean },
): Promise<void> {
  const starting = serve(config)
  closeWithGrace({ delay: 5_000, logger: false }, async () => (await starting).close())
  await starting

  const { code } = demo.codes[Math.floor(Math.random() * demo.codes.length)]!
  const address = codeAddress(demo.url, code)
  const data = config.dataDir
  const tablet = demo.tabletEnrolment[0]
  if (round.state !== 'collecting')
    console.log(`Round ${round.id} is ${round.state}: no more answers. npm run demo -- --fresh starts over.`)
  console.log(`
Brukarsvar is running:  ${demo.url}

A survey code:          ${inFours(code)}
The same as a link:     ${address}

${renderUnicodeCompact(address)}
${
  tablet === undefined
    ? ''
    : `
A tablet for the waiting room, once on one device (staff corner: PIN ${tablet.pin}):
                        ${tablet.url}

${renderUnicodeCompact(tablet.url)}
`
}
${isPublished ? `Published results:      ${demo.url}/sv/results\n` : ''}For staff:              ${demo.url}/staff
${demo.staff.map(({ email, password }) => `                        ${email.padEnd(24)} ${password}`).join('\n')}
                        The first, the administrator, also needs a one-time number: use one of the recovery codes in demo.json.

Where to look next:
  ${demoFileIn(config.dataDir)}   ${demo.codes.length} codes and ${demo.tabletEnrolment.length} tablet links, for every target group
  DATA_DIR=${data} npm run -s brukarsvar -- rates
      how the fieldwork goes, as it was told last night
  DATA_DIR=${data} npm run -s brukarsvar -- round close ${round.id}
      close the round, unlock the responses, count
  npm run demo -- --fresh   starts over
This demo keeps the round's private key beside the database. A real round must not.
Ctrl+C stops.`)
}
