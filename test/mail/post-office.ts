import type { MailDatabase } from '../../src/database/mail-connection.ts'
import { mailFileOf } from '../../src/database/mail-file.ts'
import { patiently } from '../../src/database/patience.ts'
import type { InvitationChannel } from '../../src/invitation/disposition.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { deliverOutbox } from '../../src/mail/delivery.ts'
import type { MailOffice } from '../../src/mail/mail-office.ts'
import { bindMailStores } from '../../src/mail/mail-stores.ts'
import type { ServerState } from '../../src/mail/outage.ts'
import { queueInvitations } from '../../src/mail/queueing.ts'
import { openSmtp } from '../../src/mail/smtp.ts'
import type { TargetGroup } from '../../src/questionnaire/target-groups.ts'
import { listChannelRecords, rateLine } from '../support/exact-ledger.ts'
import { browse, openRound, type ServiceOptions, startService } from '../support/service.ts'
import { startMailServer } from './mail-server.ts'

const languages = loadLanguages()

export const publicUrl = 'https://svar.example.se'

/** The real service with an open round, and a real mail server beside it. Mail leaves when `deliver` is called. */
export async function openPostOffice(options: ServiceOptions = {}) {
  let state: ServerState = {}
  const startMail = (office: MailOffice) => {
    state = office.server
    return async () => {}
  }
  const service = await startService({ ...options, startMail })
  await service.app.ready()
  const round = await openRound(service.db)
  const server = await startMailServer()
  const office: MailOffice & { mailDb: MailDatabase } = {
    stores: bindMailStores(service.db, service.mailDb, patiently),
    ...{
      mailDb: service.mailDb,
      files: () => undefined,
      mailFile: mailFileOf(service.mailDb),
      keys: service.keys,
      languages,
      publicUrl,
    },
    from: { name: 'Undersökningen', address: 'svar@kommun.example' },
    server: state,
  }
  return {
    service,
    round,
    server,
    office,
    async invite(addresses: string[], { group = 'economic_assistance' as TargetGroup, language = 'sv' } = {}) {
      const stratumId = round.strata[group]
      return queueInvitations(office, { stratumId, language, addresses, now: service.clock.now })
    },
    async deliver({ url = server.url, timeoutMs = 5_000, limit = undefined as number | undefined } = {}) {
      const transport = await openSmtp({ url, from: office.from, timeoutMs })
      return deliverOutbox(office, { transport, now: service.clock.now, limit })
    },
    async answer(text: string) {
      const browser = browse(service.app)
      await browser.post('/entry', { code: codeIn(text) })
      const sent = await browser.post('/response', { views: 'yes' })
      if (sent.headers.location !== '/thanks') throw new Error(`not thanked: ${sent.statusCode}`)
    },
    /** What the ledger says of a channel of the round. */
    async ledger(channel: InvitationChannel = 'email') {
      const records = (await listChannelRecords(service.db, round.id)).filter((record) => record.channel === channel)
      const { offered, undeliverable, responded, unsettledBatches } = rateLine(records)
      return { offered, undeliverable, responded, unsettledBatches }
    },
    /** Hours go by. */
    wait(hours: number) {
      service.clock.now = new Date(service.clock.now.getTime() + hours * 3_600_000)
    },
    async close() {
      await service.close()
      await server.close()
    },
  }
}

export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>

/** The survey code in the link of a mail. */
export const codeIn = (text: string) => /#(\d{16})$/m.exec(text)![1]!

/** The path of the opt-out link of a mail. */
export const wayOutIn = (text: string) => /^https:\/\/svar\.example\.se(\/\w+\/stop\/\S+)$/m.exec(text)![1]!

export const people = (count: number, at = 'example.org') =>
  Array.from({ length: count }, (_, index) => `person${index}@${at}`)
