import type { Config } from '../config.ts'
import { fingerprint, newToken } from '../crypto/secrets.ts'
import { DomainError } from '../errors.ts'
import { worksAtUnits } from '../people/person.ts'
import { type Role, roles } from '../people/roles.ts'
import { invitationHours } from '../people/session.ts'
import { oneOf } from './arguments.ts'
import { type AddCommands, type Output, print, table, withStores } from './command.ts'
import { requireTelling, tellOwner } from './tell-owner.ts'

interface InviteOptions extends Output {
  name?: string
  role: Role
  municipality?: string
  unit?: string[]
}

export const staffCommands: AddCommands = (program, config) => {
  const staff = program.command('staff').description('Accounts for people who work with the survey.')

  staff
    .command('invite')
    .description('Create a one-time link for a new account, or a new link for an existing account.')
    .argument('<email>')
    .option('--name <name>', 'the person’s name; if left out, the email address is used')
    .option('--role <role>', roles.join(', '), oneOf(roles), 'national')
    .option('--municipality <code>', 'four digits; not for a national administrator')
    .option('--unit <ids...>', 'the units of a caseworker or a host')
    .action((email: string, options: InviteOptions) => invite(config(), email, options))

  staff
    .command('list')
    .description('List everyone who has an account.')
    .action((options: Output) => list(config(), options))

  staff
    .command('remove-second-factor')
    .description('For someone who has lost their authenticator app and all their recovery codes.')
    .argument('<email>')
    .action((email: string, options: Output) => removeSecondFactor(config(), email, options))
}

async function invite(config: Config, email: string, options: InviteOptions): Promise<void> {
  const { role, name = email, municipality: municipalityCode, unit: unitIds = [] } = options
  const token = newToken()
  const until = new Date(Date.now() + invitationHours * 3_600_000)
  const invitation = { tag: fingerprint(token), until, by: 'operator' }
  const isKnown = await withStores(config, async (stores, keys) => {
    const known = await stores.people.findAccountByEmail(email)
    if (known) {
      if (known.passwordHash !== null) await requireTelling(config, email)
      await stores.people.inviteAgain(known.id, invitation)
      await tellOwner(config, keys, known, 'linkMade')
    } else {
      refuseMissingPlace(options)
      await stores.people.addPerson({ email, name, role, municipalityCode, unitIds }, invitation)
    }
    return known !== undefined
  })
  const link = `${config.publicUrl}/staff/invitations/${token}`
  print(options, { email, link, until: until.toISOString() }, [
    isKnown ? `A new link for ${email}; the old one no longer works:` : `A link for ${email} (${role}):`,
    link,
    `It can be used once, within ${invitationHours / 24} days.`,
  ])
}

function refuseMissingPlace({ role, municipality, unit = [] }: InviteOptions): void {
  if ((role === 'national') !== (municipality === undefined))
    throw new DomainError(
      'invalid',
      'A national administrator has no municipality. Everyone else needs one: --municipality <code>.',
    )
  if (worksAtUnits(role) && unit.length === 0)
    throw new DomainError('invalid', `A ${role} needs at least one unit: --unit <ids...>.`)
}

async function list(config: Config, options: Output): Promise<void> {
  const people = await withStores(config, (stores) => stores.people.listPeople({}))
  const shown = people.map(({ email, name, role, municipality = '', hasPassword, hasSecondFactor }) => ({
    ...{ email, name, role, municipality, hasPassword, hasSecondFactor },
  }))
  const state = ({ hasPassword, hasSecondFactor }: (typeof shown)[number]) =>
    hasPassword ? (hasSecondFactor ? 'active, second factor' : 'active') : 'invited'
  print(
    options,
    shown,
    shown.length === 0
      ? 'There are no accounts yet. Create one with: brukarsvar staff invite <email>'
      : table(
          ['email', 'name', 'role', 'municipality', 'state'],
          shown.map((person) => [person.email, person.name, person.role, person.municipality, state(person)]),
        ),
  )
}

async function removeSecondFactor(config: Config, email: string, options: Output): Promise<void> {
  await withStores(config, async (stores, keys) => {
    const known = await stores.people.findAccountByEmail(email)
    if (!known) throw new DomainError('not-found', `There is no account ${email}. See: brukarsvar staff list`)
    await requireTelling(config, email)
    await stores.people.setSecondFactor(known.id, { totpSealed: null, totpStep: 0, recoveryTags: [] })
    await tellOwner(config, keys, known, 'factorRemoved')
  })
  print(options, { email }, `${email} now signs in with a password only, until they set up a new authenticator app.`)
}
