import type { FastifyReply, FastifyRequest } from 'fastify'
import { fingerprint, newToken } from '../../../crypto/secrets.ts'
import { DomainError } from '../../../errors.ts'
import { writeStaffLink } from '../../../people/invitation-mail.ts'
import { invitationHours } from '../../../people/session.ts'
import type { StaffContext } from '../context.ts'
import type { Views } from './views.ts'

/** Whom a one-time link is for. */
export interface Invited {
  id: string
  name: string
  email: string
  language: string
  /** Whether they have chosen a password before. */
  hasPassword: boolean
}

const days = invitationHours / 24

/**
 * One-time links to accounts: made, and handed over. Where mail is set, one that sets a new password in place of an old one goes to its
 * owner's mailbox and is shown to nobody: whoever helps must not choose the password. So does one to an address that had an account.
 */
export function handingOver(context: StaffContext<Views>) {
  const { config, clock, languages, log, sendMail, page, tellOwner, links, requireTelling } = context

  function newInvitation(by: string) {
    const token = newToken()
    const until = new Date(clock().getTime() + invitationHours * 3_600_000)
    return { tag: fingerprint(token), until, by, link: `${config.publicUrl}/staff/invitations/${token}` }
  }

  /** Whether somebody has come in under that address, be it with an account that was closed: it is theirs, and nobody else may choose its password. */
  const isOfSomebody = async ({ email, hasPassword }: Pick<Invited, 'email' | 'hasPassword'>) =>
    hasPassword || context.hadAccount(email)

  /**
   * To be asked before a link is made: one that is made ends the one before.
   * @throws DomainError `too-many` when the municipality, or this national administrator, has made so many today, or the address was mailed so many in this hour
   */
  async function requireLinkLeft(
    { staff }: FastifyRequest,
    reply: FastifyReply,
    { isShown, ...invited }: Pick<Invited, 'email' | 'hasPassword'> & { isShown?: boolean },
  ) {
    const isMailed = sendMail && !(isShown && !(await isOfSomebody(invited)))
    if (isMailed && !links.isMailLeft(invited.email)) throw mailedOften()
    await links.take(staff, reply.raw)
  }

  /** By mail where the service can send it; else, or where it is wanted, the link is shown. */
  async function handOver(
    request: FastifyRequest,
    reply: FastifyReply,
    invited: Invited & { link: string; isShown?: boolean },
  ) {
    const { id, name, email, link } = invited
    const { isMailed, mayBeShown } = await give(request, invited)
    if (!isMailed) return page(request, reply, 'staff/people/invited', { name, link, hours: invitationHours })
    return page(request, reply, 'staff/people/mailed', { id, name, email, days, mayBeShown })
  }

  /** Mails a link, or has its owner told that it is shown; whoever asks shows it then. */
  async function give(
    { staff }: FastifyRequest,
    invited: Invited & { link: string; isShown?: boolean },
  ): Promise<{ isMailed: boolean; mayBeShown: boolean }> {
    const { name, email, language, hasPassword, link, isShown } = invited
    const isTheirs = await isOfSomebody(invited)
    const mayBeShown = !sendMail || !isTheirs
    const show = async () => {
      await tellOwner(invited, { change: 'linkMade' }, { who: staff.name })
      return { isMailed: false, mayBeShown }
    }
    if (isTheirs) await requireTelling() // no mail because none can be sent just now is not the same as none set
    if (!sendMail || (isShown && mayBeShown)) return show()
    const kind = hasPassword ? 'link' : 'invite'
    if (!links.takeMail(email)) throw mailedOften()
    try {
      await sendMail({ to: email, ...writeStaffLink(languages, { kind, name, language, link, days, who: staff.name }) })
    } catch (cause) {
      log.error({ code: (cause as { code?: string }).code }, 'an invitation could not be sent')
      if (mayBeShown) return show()
      throw new DomainError('unavailable', 'The link could not be mailed.', { messageKey: 'linkNotMailed', cause })
    }
    return { isMailed: true, mayBeShown }
  }

  return { newInvitation, requireLinkLeft, handOver, give, isOfSomebody }
}

const mailedOften = () =>
  new DomainError('too-many', 'The address was mailed enough links in this hour.', { messageKey: 'linksOfHour' })
