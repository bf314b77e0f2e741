import { DomainError } from '../errors.ts'
import { fingerprint, invitationHours, newToken } from '../sign-in/secrets.ts'
import type { StaffPage } from '../web/staff-page.ts'
import type { StaffContext } from './context.ts'
import { writeStaffLink } from './invitation-mail.ts'

/** Whom a one-time link is for. */
export interface Invited {
  id: string
  name: string
  email: string
  language: string
  /** Whether they have chosen a password before. */
  hasPassword: boolean
}

type Request = Parameters<StaffPage>[0]
type Reply = Parameters<StaffPage>[1]

const days = invitationHours / 24

/**
 * One-time links to accounts: made, and handed over. Where mail is set, one that sets a new password in place of an old one goes to its
 * owner's mailbox and is shown to nobody: whoever helps must not choose the password.
 */
export function handingOver({ config, clock, languages, log, sendMail, page, tellOwner }: StaffContext) {
  function newInvitation(by: string) {
    const token = newToken()
    const until = new Date(clock().getTime() + invitationHours * 3_600_000)
    return { tag: fingerprint(token), until, by, link: `${config.publicUrl}/staff/invitations/${token}` }
  }

  /** By mail where the service can send it; else, or where it is wanted, the link is shown. */
  async function handOver(request: Request, reply: Reply, invited: Invited & { link: string; isShown?: boolean }) {
    const { id, name, email, language, hasPassword, link, isShown } = invited
    const mayBeShown = !sendMail || !hasPassword
    if (!sendMail || (isShown && mayBeShown)) return showLink(request, reply, invited)
    const kind = hasPassword ? 'link' : 'invite'
    const { name: who } = request.staff
    try {
      await sendMail({ to: email, ...writeStaffLink(languages, { kind, name, language, link, days, who }) })
    } catch (cause) {
      log.error({ code: (cause as { code?: string }).code }, 'an invitation could not be sent')
      if (mayBeShown) return showLink(request, reply, invited)
      throw new DomainError('unavailable', 'The link could not be mailed.', { messageKey: 'linkNotMailed', cause })
    }
    return page(request, reply, 'staff/people/mailed', { id, name, email, days, mayBeShown })
  }

  async function showLink(request: Request, reply: Reply, invited: Invited & { link: string }) {
    await tellOwner(invited, { change: 'linkMade' }, { who: request.staff.name })
    const { name, email, link } = invited
    return page(request, reply, 'staff/people/invited', { name, email, link, hours: invitationHours })
  }

  return { newInvitation, handOver }
}
