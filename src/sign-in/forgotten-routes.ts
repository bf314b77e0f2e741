import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { StaffContext } from '../staff/context.ts'
import { writeStaffLink } from '../staff/invitation-mail.ts'
import { findAccountByEmail, inviteAgain } from '../staff/store.ts'
import { email, readForm } from '../web/form.ts'
import { networkOf } from '../web/network.ts'
import { fewAnHour } from './few-an-hour.ts'
import { fingerprint, newToken } from './secrets.ts'

const form = z.object({ email })
/** Mails to one account, and asked for from one network, where a whole office sits. */
const mostAnHour = { account: 3, network: 30 }
const days = 1

/**
 * A new password for somebody who has forgotten theirs, by a link to their own mailbox. The answer is the same, and as quick, whether or
 * not there is an account. The second factor is asked for as ever. Somebody who never had a password has an invitation, which stays.
 */
export async function forgottenRoutes(app: FastifyInstance, options: StaffContext): Promise<void> {
  const { db, between, config, languages, clock, log, sendMail, page } = options
  const toAccount = fewAnHour(mostAnHour.account, clock)
  const fromNetwork = fewAnHour(mostAnHour.network, clock)
  const open = { isOpen: true, isSilent: true }
  const canMail = sendMail !== undefined

  app.get('/forgotten', { config: open }, async (request, reply) =>
    page(request, reply, 'staff/sign-in/forgotten', { canMail }),
  )

  app.post('/forgotten', { config: open }, async (request, reply) => {
    const read = readForm(form, request.body)
    if (!canMail || 'problems' in read)
      return page(request, reply, 'staff/sign-in/forgotten', { canMail, ...read }, 400)
    // Behind the answer, so that nobody can tell by the time it takes whether there is an account.
    if (fromNetwork.take(networkOf(request.ip)))
      setImmediate(() =>
        send(read.data.email).catch(({ name, code }) => log.error({ name, code }, 'a link could not be sent')),
      )
    return page(request, reply, 'staff/sign-in/forgotten', { canMail, isSent: true })
  })

  async function send(to: string): Promise<void> {
    const account = await between(() => findAccountByEmail(db, to))
    if (!account?.passwordHash || !toAccount.take(account.id)) return
    const token = newToken()
    const until = new Date(clock().getTime() + days * 24 * 3_600_000)
    await between(() => inviteAgain(db, account.id, { tag: fingerprint(token), until, by: 'owner' }))
    const link = `${config.publicUrl}/staff/invitations/${token}`
    const { name, language } = account
    await sendMail!({
      to: account.email,
      ...writeStaffLink(languages, { kind: 'forgotten', name, language, link, days }),
    })
  }
}
