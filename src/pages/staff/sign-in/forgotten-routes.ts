import { randomInt } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { fingerprint, newToken } from '../../../crypto/secrets.ts'
import { fewAnHour } from '../../../memory/few-an-hour.ts'
import { writeStaffLink } from '../../../people/invitation-mail.ts'
import type { CountRefusal } from '../../../people/refusals.ts'
import { email, readForm } from '../../../web/form.ts'
import { networksOf } from '../../../web/network.ts'
import type { StaffContext } from '../context.ts'
import type { Views } from './views.ts'

const form = z.object({ email })
/** Mails to one account, and asked for from one network, where a whole office sits, from a wider one, and in all. */
const mostAnHour = { account: 3, own: 30, wide: 120, all: 600 }
const days = 1
/** A wish waits so long, in milliseconds, before anything is looked up for it. */
const delay = { least: 500, most: 8_000 }

/**
 * A new password for somebody who has forgotten theirs, by a link to their own mailbox. The answer is the same, and as quick, whether or
 * not there is an account; the work comes a random while after it and is the same too, down to what is written on the disk. The second
 * factor is asked for as ever. Somebody who never had a password has an invitation, which stays.
 */
export async function forgottenRoutes(
  app: FastifyInstance,
  options: StaffContext<Views> & { countRefusal: CountRefusal },
): Promise<void> {
  const { stores, config, languages, clock, log, sendMail, page, countRefusal } = options
  const limits = Object.fromEntries(
    Object.entries(mostAnHour).map(([name, most]) => [name, fewAnHour(most, clock)]),
  ) as Record<keyof typeof mostAnHour, ReturnType<typeof fewAnHour>>
  const open = { isOpen: true, isSilent: true }
  const canMail = sendMail !== undefined
  const waiting = new Set<NodeJS.Timeout>()
  app.addHook('preClose', async () => {
    for (const timer of waiting) clearTimeout(timer)
  })

  app.get('/forgotten', { config: open }, async (request, reply) =>
    page(request, reply, 'staff/sign-in/forgotten', { canMail }),
  )

  app.post('/forgotten', { config: open }, async (request, reply) => {
    const read = readForm(form, request.body)
    if (!canMail) return page(request, reply, 'staff/sign-in/forgotten', { canMail }, 400)
    if ('problems' in read) return page(request, reply, 'staff/sign-in/forgotten', { canMail, ...read }, 400)
    if (mayAsk(request.ip)) workOffLater(read.data.email)
    else countRefusal('limit')
    return page(request, reply, 'staff/sign-in/forgotten', { canMail, isSent: true })
  })

  function mayAsk(address: string): boolean {
    const { own, wide } = networksOf(address)
    const keys = { all: 'all', wide, own } as const
    const names = ['all', 'wide', 'own'] as const
    return (
      names.every((name) => limits[name].isLeft(keys[name])) && names.every((name) => limits[name].take(keys[name]))
    )
  }

  function workOffLater(to: string): void {
    const timer = setTimeout(
      () => {
        waiting.delete(timer)
        send(to).catch(({ name, code }) => log.error({ name, code }, 'a link could not be sent'))
      },
      randomInt(delay.least, delay.most),
    )
    waiting.add(timer.unref())
  }

  async function send(to: string): Promise<void> {
    const token = newToken()
    const invitation = { tag: fingerprint(token), until: inDays(), by: 'owner' }
    const mayHave = (id: string) => limits.account.isLeft(id)
    const account = await stores.people.inviteWhoAsked(to, { invitation, mayHave })
    if (account) limits.account.take(account.id)
    const link = `${config.publicUrl}/staff/invitations/${token}`
    const { email = '', name = '', language = 'sv' } = account ?? {}
    const written = writeStaffLink(languages, { kind: 'forgotten', name, language, link, days })
    await sendMail!({ to: email, ...written, isAskedFor: true }) // a mail to nobody waits and is taken out like any other
  }

  const inDays = () => new Date(clock().getTime() + days * 24 * 3_600_000)
}
