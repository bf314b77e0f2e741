import { readFileSync } from 'node:fs'
import { archivePackage, archiveTools } from '../actions/archive-package.ts'
import { destroyRound } from '../actions/destroy-round.ts'
import { protocolSeed, signedProtocol, verifyProtocol } from '../actions/release-protocol.ts'
import type { Config } from '../config.ts'
import type { Keys } from '../database/key-folder.ts'
import { DomainError } from '../errors.ts'
import { defaultLanguage, loadLanguages } from '../language/languages.ts'
import { printPdf } from '../print/print-process.ts'
import { protocolSheet } from '../print/protocol.ts'
import { keyMark, type Protocol } from '../results/protocol.ts'
import { isPracticeOf } from '../results/release.ts'
import type { Release } from '../results/release-store.ts'
import type { AnswerStores } from '../stores.ts'
import { ask } from './ask.ts'
import { type Output, print, withStores } from './command.ts'
import { writeNewFile } from './new-file.ts'

/** Who acts, in the trail and in the protocol: whoever has the machine. */
export const operator = 'operator'

export interface ReleaseAsked extends Output {
  release?: number
}

/** A release, and what is done with it. */
export async function withRelease<Found>(
  config: Config,
  roundId: string,
  { release: number }: ReleaseAsked,
  work: (release: Release, stores: AnswerStores, keys: Keys) => Promise<Found>,
): Promise<Found> {
  return withStores(config, async (stores, keys) => {
    await stores.round.getRound(roundId)
    const releases = await stores.results.listReleases(roundId)
    const release = number === undefined ? releases[0] : releases.find((one) => one.number === number)
    if (!release)
      throw new DomainError(
        'not-found',
        `Round ${roundId} has no such release. Next: brukarsvar round close ${roundId}`,
      )
    return work(release, stores, keys)
  })
}

export async function protocol(config: Config, id: string, options: ReleaseAsked & { file?: string }): Promise<void> {
  const { file } = options
  const made = await withRelease(config, id, options, async (release, stores, keys) => {
    const signed = await signedProtocol(stores, keys, release)
    return file?.endsWith('.pdf')
      ? protocolPdf(config.keepRoundKey || isPracticeOf(release), keys, signed)
      : `${JSON.stringify(signed, null, 1)}\n`
  })
  if (file === undefined) process.stdout.write(made)
  else {
    writeNewFile(file, made)
    print(options, { file }, `The protocol: ${file}`)
  }
}

/** In Swedish, the language of the records. */
function protocolPdf(isPractice: boolean, keys: Keys, protocol: Protocol): Promise<Buffer> {
  const languages = loadLanguages()
  const words = { language: languages.find(defaultLanguage)!, languages }
  return printPdf(protocolSheet({ protocol, keyMark: keyMark(protocolSeed(keys)), isPractice, ...words }))
}

export interface ArchiveAsked extends Output {
  file: string
  /** The code of whose part it is alone. */
  municipality?: string
}

export async function archive(config: Config, id: string, asked: ArchiveAsked): Promise<void> {
  const { file, municipality, ...options } = asked
  const part = municipality === undefined ? undefined : { municipality, now: new Date() }
  const bytes = await withStores(config, (_stores, keys, db) =>
    archivePackage(db, id, archiveTools(keys, config), { owner: operator, part }),
  )
  writeNewFile(file, bytes)
  print(options, { file }, `The archive package: ${file}. Unpack it and check it with: sha256sum -c SHA256SUMS`)
}

export async function destroy(
  config: Config,
  id: string,
  { decision, yes, ...options }: Output & { decision: string; yes?: boolean },
): Promise<void> {
  const question = `The answers of round ${id} cannot be counted again after this. Destroy old backups too. Type the round to go on: `
  const typed = yes ? id : await ask(question, 'Use --yes to do it without being asked. Nothing was changed.')
  if (typed !== id) throw new DomainError('conflict', 'That is not the round. Nothing was changed.')
  await withStores(config, (_stores, _keys, db) =>
    destroyRound(db, id, {
      decision,
      by: operator,
      keyDir: config.keyDir,
      keptDays: config.answersKeptDays,
      now: new Date(),
    }),
  )
  print(options, { destroyed: id }, `The answers of round ${id} are destroyed. What was released stays.`)
}

export async function verify(config: Config, file: string, options: Output): Promise<void> {
  const found = await withStores(config, (stores, keys) => verifyProtocol(stores, keys, readText(file)))
  print(
    options,
    found,
    `The protocol is that of release ${found.release} of round ${found.round}: the signature and all ${found.indicators} indicators fit. ${offersText[found.offers ?? 'unknown']}`,
  )
}

const offersText = {
  'as they were counted': 'The offers are as they were counted.',
  'corrected since':
    'The offers were corrected since: only a correction, a release of its own, uses them as they are now.',
  unknown: 'It says nothing of the offers: an earlier version made the release.',
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new DomainError('not-found', `${file} cannot be read.`, { cause })
  }
}
