import type { Config } from '../config.ts'
import { type Database, fileOf } from '../database/connection.ts'
import type { Keys } from '../database/key-folder.ts'
import { atOnce } from '../database/patience.ts'
import { askThread } from '../database/thread.ts'
import { DomainError } from '../errors.ts'
import { defaultLanguage, loadLanguages } from '../language/languages.ts'
import { fairTurns } from '../memory/fair-turns.ts'
import { printPdf } from '../print/print-process.ts'
import { protocolSheet } from '../print/protocol.ts'
import { inProject } from '../project-folder.ts'
import type { Wanted } from '../results/indicators-store.ts'
import { keyMark, type Protocol } from '../results/protocol.ts'
import { askedWords } from '../round/asked-words.ts'
import { bindStores } from '../stores.ts'
import { type ArchivedFile, checkedArchive } from '../table/zip.ts'
import {
  areasCsv,
  indicatorsCsv,
  ownTextFile,
  readmeText,
  releasesCsv,
  responsibleCsv,
  wordsText,
} from './archive-files.ts'
import { type ArchivePart, areasFor, indicatorsOf, releasesFor } from './archive-part.ts'
import { protocolSeed, signedProtocol } from './release-protocol.ts'
import { type NamedInNotices, namedInNotices, writtenNotices } from './written-notices.ts'

/** What an archive package is made with beside the database. */
export interface ArchiveTools extends NamedInNotices {
  staffKey: Keys['staffKey']
  /** The figures are made up, which every name says. */
  isPractice: boolean
}

/** As the settings say it. */
export const archiveTools = ({ staffKey }: Pick<Keys, 'staffKey'>, config: Config): ArchiveTools => ({
  ...{ staffKey, isPractice: config.keepRoundKey },
  ...namedInNotices(config),
})

/** What the thread is started with: its own connection is to this file. */
export interface ArchiveWork {
  databaseFile: string
  roundId: string
  tools: ArchiveTools
  part?: ArchivePart
}

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const archiving = { program: inProject('dist/actions/archive-thread-program.js'), what: 'The archive package' }

/** The whole nation is half a million rows, and each protocol some hundred pages. */
const most = { megabytes: 512, seconds: 300 }

const inTurn = fairTurns({
  mostOfOne: 1,
  most: 5,
  refusal: () => new DomainError('too-many', 'An archive package is being made.', { messageKey: 'printBusy' }),
})

/** What the package of a round is called, without its ending. @param municipality the code of whose it is, where it is of one alone */
export const archiveName = (roundId: string, isPractice: boolean, municipality?: string): string =>
  [isPractice ? 'ovningssiffror' : 'brukarsvar', roundId, ...(municipality === undefined ? [] : [municipality])].join(
    '-',
  )

/**
 * What an archive keeps of a round, as a ZIP: the protocols, what was released, the questions as they were asked, the privacy notices and
 * the steps of the releases, with checksums. In Swedish, the language of the records; the same state gives the same bytes. It is made on a
 * thread; of a database in memory, where it is.
 * @param turn whose it is, and with `part` what of it one municipality may hold: its own figures and units of what participants may see
 * @throws DomainError `not-found` where nothing was counted, or nothing may be seen; `too-many` while others are made, `unavailable` when it takes too long
 */
export async function archivePackage(
  db: Database,
  roundId: string,
  tools: ArchiveTools,
  { part, ...turn }: ArchiveTurn,
): Promise<Buffer> {
  const databaseFile = fileOf(db)
  await refuseUncounted(db, roundId, part)
  return inTurn(turn, async () => {
    if (!databaseFile) return makeArchive(db, roundId, tools, part)
    const work: ArchiveWork = { databaseFile, roundId, tools, part }
    return Buffer.from(await askThread<Uint8Array>(archiving, work, most))
  })
}

/** Who waits for a package, until when, and of which municipality it is. */
export interface ArchiveTurn {
  owner: string
  signal?: AbortSignal
  part?: ArchivePart
}

/** The same as a page has it. */
export const bindArchive =
  (db: Database, { keys, config }: { keys: Keys; config: Config }) =>
  (roundId: string, turn: ArchiveTurn): Promise<Buffer> =>
    archivePackage(db, roundId, archiveTools(keys, config), turn)

async function refuseUncounted(db: Database, roundId: string, part?: ArchivePart): Promise<void> {
  const { round, results } = bindStores(db, atOnce)
  await round.getRound(roundId)
  const releases = await results.listReleases(roundId)
  if (releases.length === 0)
    throw new DomainError('not-found', `Round ${roundId} has no release. Next: brukarsvar round close ${roundId}`)
  if (!part) return
  for (const { number } of releasesFor(releases, part))
    if (areasFor(await results.listReleasedAreas({ roundId, number }), part).length > 0) return
  throw new DomainError('not-found', `Round ${roundId} has no release that participants there may see.`)
}

/** What the thread does. */
export async function makeArchive(
  db: Database,
  roundId: string,
  tools: ArchiveTools,
  part?: ArchivePart,
): Promise<Buffer> {
  const stores = bindStores(db, atOnce)
  const round = await stores.round.getRound(roundId)
  const isPractice = tools.isPractice || round.isPractice
  const staffKey = Buffer.from(tools.staffKey)
  const languages = loadLanguages()
  const language = languages.find(defaultLanguage)!
  const municipality = part?.municipality
  const of = municipality === undefined ? '' : `-${municipality}`
  const end = (number: number) => `${roundId}-${number}${of}${isPractice ? '-ovning' : ''}`
  const files: ArchivedFile[] = []
  const add = (path: string, content: Buffer | string) => files.push({ path, bytes: Buffer.from(content) })

  const protocols: Protocol[] = []
  let name = ''
  for (const release of releasesFor(await stores.results.listReleases(roundId), part).toReversed()) {
    const { number } = release
    const areas = areasFor(await stores.results.listReleasedAreas({ roundId, number }), part)
    if (part && areas.length === 0) continue
    const protocol = await signedProtocol(stores, { staffKey }, release, municipality)
    const sheet = {
      protocol,
      keyMark: keyMark(protocolSeed({ staffKey })),
      isPractice,
      isArchived: true,
      language,
      languages,
    }
    protocols.push(protocol)
    add(`protokoll/protokoll-${end(number)}.json`, `${JSON.stringify(protocol, null, 1)}\n`)
    add(`protokoll/protokoll-${end(number)}.pdf`, await printPdf(protocolSheet(sheet)))
    const all = (wanted: Wanted) => stores.results.listIndicators({ roundId, number }, wanted)
    const list = part ? async (wanted: Wanted) => indicatorsOf(areas, await all(wanted)) : all
    name = areas.find(({ area }) => area === municipality)?.name ?? ''
    add(`resultat/indikatorer-${end(number)}.csv`, await indicatorsCsv(list, areas, isPractice))
    add(`resultat/omraden-${end(number)}.csv`, await areasCsv(areas))
  }
  add('slapp.csv', await releasesCsv(protocols))
  for (const one of await stores.ownTexts.listPublishedOf({ roundId, area: municipality }))
    add(`texter/${one.area}-${one.kind}-${one.language}.txt`, ownTextFile(one))

  const kept = await stores.round.listAskedWords(roundId)
  for (const one of kept.length > 0 ? kept : askedWords(languages, round))
    add(`fragor/${one.language}.txt`, wordsText(one))
  const notices = await stores.round.listNotices(roundId)
  for (const { language, text } of notices.length > 0 ? notices : writtenNotices(languages, round, tools))
    add(`personuppgifter/${language}.txt`, text)
  const named = (await stores.notice.listNamedFor(roundId)).filter(({ code }) => !part || code === municipality)
  add('personuppgifter/ansvariga.csv', await responsibleCsv(named))
  const are = { areWordsKept: kept.length > 0, areNoticesKept: notices.length > 0 }
  add('LASMIG.txt', readmeText(languages, language, { id: roundId, name, isPractice, ...are }))
  return checkedArchive(archiveName(roundId, isPractice, municipality), files)
}
