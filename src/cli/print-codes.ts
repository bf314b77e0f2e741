import { rmSync, writeFileSync } from 'node:fs'
import type { Config } from '../config.ts'
import { DomainError } from '../errors.ts'
import type { InvitationChannel } from '../invitation/disposition.ts'
import type { IssuedBatch } from '../invitation/issue-store.ts'
import { type Language, type Languages, loadLanguages } from '../language/languages.ts'
import { letterSheet, longestContact, mostLines } from '../print/letters.ts'
import { printPdf } from '../print/print-process.ts'
import { unprintableLetters } from '../print/rich-text.ts'
import { checkNumber, type Sheet } from '../print/sheet.ts'
import { slipSheet } from '../print/slips.ts'
import type { AnswerStores } from '../stores.ts'
import { print, withStores } from './command.ts'
import { type DrawOptions, issue, withAddress } from './issue-codes.ts'
import { writeNewFile } from './new-file.ts'

export interface PrintCodesOptions extends Omit<DrawOptions, 'channel'> {
  channel?: InvitationChannel
  out?: string
  language: string
  letters?: boolean
  emptyBacks?: boolean
  contact: string[]
}

/** Issues a batch as stock and prints it; with `--json` and no file, only issues it. */
export async function printCodes(config: Config, options: PrintCodesOptions): Promise<void> {
  const { stratum, out, channel = options.letters ? 'letter' : 'handout' } = options
  if (!options.json && !out)
    throw new DomainError('invalid', 'Choose where to save it with --out <file.pdf>, or use --json.')
  if (out) checkNumber(options.count)
  const languages = loadLanguages()
  const language = languageOf(languages, options.language)

  const { batchId, codes } = await withStores(config, async (stores, { codePepper }) => {
    const issueStock = () => issue(stores, codePepper, { ...options, channel }, false)
    if (!out) return issueStock()
    const layOut = await sheetMaker(stores, config, options, language, languages)
    return issueToFile(stores, out, issueStock, layOut)
  })
  const settle =
    channel === 'handout'
      ? `brukarsvar offer leftover --batch ${batchId} --count <left over>`
      : `brukarsvar offer posted --batch ${batchId}`
  print(options, { batch: batchId, stratum, channel, codes: withAddress(config, codes) }, [
    `Batch ${batchId}: ${codes.length} ${codes.length === 1 ? 'code' : 'codes'} in ${out}. The codes are not saved anywhere else. Delete the file when you have printed it.`,
    `They do not count as offered until you say what happened to them: ${settle}`,
  ])
}

/** A file that cannot be written is found out before codes are issued; one that fails half-way leaves no offers behind. */
async function issueToFile(
  stores: AnswerStores,
  out: string,
  issue: () => Promise<IssuedBatch>,
  layOut: (batch: IssuedBatch) => Sheet,
): Promise<IssuedBatch> {
  writeNewFile(out, '')
  let batch: IssuedBatch | undefined
  try {
    batch = await issue()
    writeFileSync(out, await printPdf(layOut(batch)))
    return batch
  } catch (error) {
    rmSync(out, { force: true })
    if (batch) await stores.invitation.recordLeftover(batch.batchId, batch.codes.length)
    throw error
  }
}

/** What a batch becomes: slips, or letters from the unit of its stratum. */
async function sheetMaker(
  stores: AnswerStores,
  { publicUrl }: Config,
  { letters, stratum: id, contact, emptyBacks }: PrintCodesOptions,
  language: Language,
  languages: Languages,
): Promise<(batch: IssuedBatch) => Sheet> {
  const stratum = await stores.organisation.getStratumWithin({}, id)
  const municipality = { code: stratum.municipalityCode, name: stratum.municipality }
  const common = { municipality, publicUrl, language, languages, emptyBacks }
  if (contact.length > mostLines.contact)
    throw new DomainError(
      'invalid',
      `A letter has room for ${mostLines.contact} lines of --contact. Nothing was issued.`,
    )
  if (contact.some((line) => line.length > longestContact))
    throw new DomainError(
      'invalid',
      `A line of --contact has at most ${longestContact} characters. Nothing was issued.`,
    )
  refuseUnprintable([stratum.municipality, ...(letters ? [stratum.unit, ...contact] : [])])
  if (!letters) return ({ batchId, codes }) => slipSheet({ codes, batch: batchId, ...common })

  const { closesOn: lastDay } = await stores.round.getRound(stratum.roundId)
  const sender = [stratum.municipality, stratum.unit]
  const { targetGroup: group } = stratum
  return ({ codes }) =>
    letterSheet({ letters: codes.map((code) => ({ code })), group, sender, contact, lastDay, ...common })
}

/** @throws DomainError `invalid` that names the letters that no font has */
function refuseUnprintable(lines: string[]): void {
  const letters = unprintableLetters(lines)
  if (letters.length > 0) throw new DomainError('invalid', `These letters cannot be printed: ${letters.join(' ')}`)
}

function languageOf(languages: Languages, code: string): Language {
  const language = languages.find(code)
  if (!language) throw new DomainError('invalid', `Languages are: ${languages.all.map(({ code }) => code).join(', ')}.`)
  return language
}
