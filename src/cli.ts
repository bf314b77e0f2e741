#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { backupCommands } from './cli/backup.ts'
import { codesCommands } from './cli/codes.ts'
import { doctorCommand } from './cli/doctor.ts'
import { historyCommands } from './cli/history.ts'
import { initCommand } from './cli/init.ts'
import { offerCommands } from './cli/offer.ts'
import { ratesCommand } from './cli/rates.ts'
import { resultsCommands } from './cli/results.ts'
import { roundCommands } from './cli/round.ts'
import { staffCommands } from './cli/staff.ts'
import { tabletCommands } from './cli/tablet.ts'
import { unitCommands } from './cli/unit.ts'
import { parseConfig } from './config.ts'
import { explain } from './explain.ts'

const exitCodes =
  'Exit codes: 0 done, 1 defect, 2 wrong input, 3 not found, 4 not possible in this state, 5 try again later.'

process.umask(0o077) // what is made, codes and databases among it, is nobody else's to read

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') fail(error) // whoever closed the pipe has read enough
  process.exit()
})

try {
  await program().parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else fail(error)
}

function program(): Command {
  const program = new Command('brukarsvar')
    .description('The national user survey of social services: commands for those who run it.')
    .addHelpText(
      'after',
      `\nSettings come from the environment (DATA_DIR, KEY_DIR, ...): see .env.example.\n${exitCodes}`,
    )
    .exitOverride()
    .showHelpAfterError('Add --help to see how to use the command.')

  const config = () => parseConfig(process.env)
  initCommand(program, config)
  roundCommands(program, config)
  unitCommands(program, config)
  codesCommands(program, config)
  tabletCommands(program, config)
  staffCommands(program, config)
  offerCommands(program, config)
  ratesCommand(program, config)
  resultsCommands(program, config)
  historyCommands(program, config)
  backupCommands(program, config)
  doctorCommand(program, config)
  addJsonOption(program)
  return program
}

/** Every command that does something can also print for a program. */
function addJsonOption(command: Command): void {
  if (command.commands.length === 0) command.option('--json', 'print JSON')
  for (const part of command.commands) addJsonOption(part)
}

function fail(error: unknown): void {
  const { message, exitCode } = explain(error)
  process.stderr.write(`${message}\n`)
  process.exitCode = exitCode
}
