import { existsSync, readFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { DomainError } from '../errors.ts'
import { keptKeyFile as keptIn } from '../round/kept-key.ts'
import { parseRoundKeyFile, type RoundKey } from '../round/round-key.ts'
import { ask } from './ask.ts'
import type { Output } from './command.ts'

export interface KeyOptions extends Output {
  keyFile?: string
}

/** A command on one round that needs its private key. */
export function takesRoundKey(command: Command): Command {
  return command
    .argument('<id>')
    .option('--key-file <file>', 'the private key of the round; - reads it from standard input; asked for without it')
}

/** Where the private key of a round lies when it is kept on the server. */
export const keptKeyFile = ({ keyDir }: Config, roundId: string) => keptIn(keyDir, roundId)

/** Said at every step of a round whose private key is kept on the server. */
export function keptKeyNotice(config: Config, roundId: string): string[] {
  if (!existsSync(keptKeyFile(config, roundId))) return []
  return [
    `The private key of round ${roundId} is on this server. Anyone who controls the server can read the responses.`,
  ]
}

/**
 * The private key from the file that was named, from the one kept on the server, or from the one a person names when asked.
 * @throws DomainError when there is none or it is no key file.
 */
export async function readRoundKey(config: Config, roundId: string, { keyFile }: KeyOptions): Promise<RoundKey> {
  const kept = keptKeyFile(config, roundId)
  const file =
    keyFile ??
    (existsSync(kept)
      ? kept
      : await ask(`Key file of round ${roundId}: `, 'The key file is needed: --key-file <file>.'))
  return parseRoundKeyFile(textOf(file))
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (cause) {
    throw new DomainError('not-found', `The key file ${file} cannot be read.`, { cause })
  }
}
