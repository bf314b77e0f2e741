#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { backupCommands } from './cli/backup.ts'
import { codesCommands } from './cli/codes.ts'
import { exitCodeOf, explain } from './cli/command.ts'
import { doctorCommand } from './cli/doctor.ts'
import { initCommand } from './cli/init.ts'
import { offerCommands } from './cli/offer.ts'
import { ratesCommand } from './cli/rates.ts'
import { roundCommands } from './cli/round.ts'
import { unitCommands } from './cli/unit.ts'
import { parseConfig } from './config.ts'

const program = new Command('brukarsvar')
  .description('The national user survey of social services, for those who run it.')
  .addHelpText(
    'after',
    `
Settings come from the environment (DATA_DIR, KEY_DIR, ...): see .env.example.
Exit codes: 0 done, 1 defect, 2 wrong input, 3 not found, 4 not possible in this state, 5 try again later.`,
  )
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })

try {
  const config = () => parseConfig(process.env)
  for (const add of [
    initCommand,
    roundCommands,
    unitCommands,
    codesCommands,
    offerCommands,
    ratesCommand,
    backupCommands,
    doctorCommand,
  ]) {
    add(program, config)
  }
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else {
    process.stderr.write(`${explain(error)}\n`)
    process.exitCode = exitCodeOf(error)
  }
}
