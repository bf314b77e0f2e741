import { InvalidArgumentError } from 'commander'
import { renderUnicodeCompact } from 'uqr'
import type { Config } from '../config.ts'
import { fewestQuota } from '../disclosure/thresholds.ts'
import type { AnswerStores } from '../stores.ts'
import { hashPin, newLink, newPin, pinDigits as pinPattern } from '../tablet/secrets.ts'
import { linkHours, type SeenTablet, usualQuota } from '../tablet/tablet.ts'
import { withAsciiDigits } from '../text/digits.ts'
import { unitName, wholeNumber } from './arguments.ts'
import { type AddCommands, type Output, print, table, withStores } from './command.ts'
import { rangeText } from './rates.ts'

interface EnrolOptions extends Output {
  stratum: string[]
  name: string
  pin?: string
  quota: number
}

export const tabletCommands: AddCommands = (program, config) => {
  const tablet = program.command('tablet').description('On-site tablets: set up, follow, take out of use.')

  tablet
    .command('enrol')
    .description(`Create a one-time link for a tablet. Open it on the tablet within ${linkHours} hours.`)
    .requiredOption('--stratum <ids...>', 'one stratum, or several of one unit: staff then choose on the tablet')
    .requiredOption('--name <name>', 'the name of the tablet, such as "Reception 1"', unitName)
    .option('--pin <digits>', 'the PIN for its staff page, 4 to 8 digits; made at random without it', pinDigits)
    .option(
      '--quota <number>',
      `how many responses a day are accepted without asking, at least ${fewestQuota}`,
      quota,
      usualQuota,
    )
    .action((options: EnrolOptions) => enrol(config(), options))

  tablet
    .command('list')
    .description(
      'All tablets: last contact (hour, UTC), whether responses are waiting to be sent, held; whether it works offline and its browser has promised to keep what waits. Never the time of a response.',
    )
    .argument('[round]')
    .action((round: string | undefined, options: Output) => list(config(), round, options))

  tablet
    .command('rename')
    .argument('<id>')
    .argument('<name>', 'in quotes when it has spaces', unitName)
    .action((id: string, name: string, options: Output) => rename(config(), id, name, options))

  tablet
    .command('revoke')
    .description(
      'Take a tablet out of use. Everything on it is deleted at its next contact, after it has sent the responses it still has.',
    )
    .argument('<id>')
    .option('--stolen', 'accept nothing more from it')
    .action((id: string, options: Output & { stolen?: boolean }) => revoke(config(), id, options))

  tablet
    .command('pin')
    .description('Change the PIN for the staff page. The tablet gets it at its next contact.')
    .argument('<id>')
    .option('--pin <digits>', '4 to 8 digits; made at random without it', pinDigits)
    .action((id: string, options: Output & { pin?: string }) => changePinOf(config(), id, options))

  const held = tablet
    .command('held')
    .description(
      'Responses above a tablet’s daily quota. They are waiting for approval. How many they are is told once a night.',
    )
  held
    .command('accept')
    .description('Count the responses, because they seem genuine.')
    .argument('<id>', 'the tablet')
    .action((id: string, options: Output) => decide(config(), id, 'accepted', options))
  held
    .command('discard')
    .description('Destroy the responses, because they do not seem genuine. This cannot be undone.')
    .argument('<id>', 'the tablet')
    .action((id: string, options: Output) => decide(config(), id, 'discarded', options))
}

function quota(text: string): number {
  const number = wholeNumber(text)
  if (number < fewestQuota) throw new InvalidArgumentError(`A quota is at least ${fewestQuota}.`)
  return number
}

function pinDigits(text: string): string {
  const digits = withAsciiDigits(text)
  if (!pinPattern.test(digits)) throw new InvalidArgumentError('A PIN has 4 to 8 digits.')
  return digits
}

/** Invites a tablet, and gives its id, its one-time link and its PIN: both are nowhere else. @throws what inviteTablet throws. */
export async function makeLink(
  { publicUrl }: Config,
  stores: AnswerStores,
  { pin = newPin(), ...tablet }: { name: string; strata: string[]; pin?: string; dailyQuota: number },
): Promise<{ id: string; url: string; pin: string }> {
  const { url, ...link } = newLink(publicUrl, new Date())
  return { id: await stores.tablet.inviteTablet({ ...tablet, ...link, pin: hashPin(pin) }), url, pin }
}

async function enrol(config: Config, options: EnrolOptions): Promise<void> {
  const { stratum: strata, name, quota: dailyQuota } = options
  const { id, url, pin } = await withStores(config, (stores) =>
    makeLink(config, stores, { name, strata, pin: options.pin, dailyQuota }),
  )
  print(options, { id, name, url, pin }, [
    `Tablet ${id}: ${name}`,
    `PIN for the staff page: ${pin}`,
    `Open this link on the tablet within ${linkHours} hours. It can be used once:`,
    url,
    '',
    renderUnicodeCompact(url),
  ])
}

async function list(config: Config, round: string | undefined, options: Output): Promise<void> {
  const tablets = await withStores(config, (stores) => stores.tablet.listTablets(round))
  if (tablets.length === 0) return print(options, [], 'There are no tablets yet. Add one with: brukarsvar tablet enrol')
  print(options, tablets, tabletsTable(tablets))
}

/** Tablets as lines of a table. */
export function tabletsTable(tablets: SeenTablet[]): string[] {
  const rows = tablets.map(({ id, name, state, strata, lastContactHour, held, keeping }) => [
    ...[id, name, strata[0]?.unit ?? '', strata.map(({ targetGroup }) => targetGroup).join(', '), state],
    ...[lastContactHour ?? 'never', rangeText(held)],
    ...[inWords(keeping.worksOffline), inWords(keeping.isPromised)],
  ])
  const head = ['tablet', 'name', 'unit', 'target groups', 'state', 'last contact', 'held']
  return table([...head, 'offline', 'promised'], rows)
}

const inWords = (has: boolean | undefined) => (has === undefined ? 'not known' : has ? 'yes' : 'NO')

async function rename(config: Config, id: string, name: string, options: Output): Promise<void> {
  await withStores(config, (stores) => stores.tablet.renameTablet(id, name))
  print(options, { id, name }, `Tablet ${id} is now called ${name}.`)
}

async function revoke(config: Config, id: string, options: Output & { stolen?: boolean }): Promise<void> {
  const { stolen = false } = options
  await withStores(config, (stores) => stores.tablet.revokeTablet(id, { stolen }))
  print(
    options,
    { id, state: stolen ? 'stolen' : 'revoked' },
    stolen
      ? `Nothing more is accepted from tablet ${id}.`
      : `Tablet ${id} is out of use. A day’s quota of the responses that are still on it is accepted. Any more must be approved.`,
  )
}

async function changePinOf(config: Config, id: string, options: Output & { pin?: string }): Promise<void> {
  const { pin = newPin() } = options
  await withStores(config, (stores) => stores.tablet.changePin(id, hashPin(pin)))
  print(options, { id, pin }, `The PIN for tablet ${id} will be ${pin} from its next contact.`)
}

async function decide(config: Config, id: string, how: 'accepted' | 'discarded', options: Output): Promise<void> {
  await withStores(config, (stores) => stores.tablet[how === 'accepted' ? 'acceptHeld' : 'discardHeld'](id))
  print(options, { id, held: how }, `What was waiting from tablet ${id} was ${how}.`)
}
