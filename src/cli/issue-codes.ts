import type { Config } from '../config.ts'
import { codeAddress } from '../invitation/code-address.ts'
import type { InvitationChannel } from '../invitation/disposition.ts'
import type { IssuedBatch } from '../invitation/issue-store.ts'
import type { AnswerStores } from '../stores.ts'
import { swedishDay } from '../time/swedish-day.ts'
import type { Output } from './command.ts'
import { progressBar } from './progress.ts'

export interface DrawOptions extends Output {
  stratum: string
  channel: InvitationChannel
  count: number
}

/** Codes with their links. */
export const withAddress = ({ publicUrl }: Config, codes: string[]) =>
  codes.map((code) => ({ code, url: codeAddress(publicUrl, code) }))

/** Issues a batch of codes, with a bar on the terminal when it takes its time. */
export async function issue(
  stores: AnswerStores,
  codePepper: Buffer,
  options: DrawOptions,
  drawn: boolean,
): Promise<IssuedBatch> {
  const { stratum: stratumId, channel, count } = options
  const bar = count > 2000 ? progressBar('Issuing codes', count) : undefined
  const issuedOn = swedishDay(new Date())
  const batch = await stores.invitation.issueCodes(codePepper, {
    stratumId,
    channel,
    count,
    drawn,
    issuedOn,
    onProgress: bar?.update,
  })
  bar?.end()
  return batch
}
