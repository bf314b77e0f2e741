import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { deedText } from '../../../audit/deeds.ts'
import { DomainError } from '../../../errors.ts'
import { agesInDays } from '../../../people/ages.ts'
import { hashPassword, passwordLength } from '../../../people/password.ts'
import { passwordProblems } from '../../../people/password-problems.ts'
import type { FailedTries } from '../../../people/refusals.ts'
import { needsSecondFactor } from '../../../people/roles.ts'
import type { Account } from '../../../people/rows-store.ts'
import { line, readForm } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import { backTo } from '../back-to.ts'
import type { StaffContext } from '../context.ts'
import type { Attempt } from '../guesses.ts'
import { ownPasswordProblem } from '../own-password.ts'
import { renew } from '../renewing.ts'
import type { SessionCookie } from '../session-cookie.ts'
import type { Views } from './views.ts'

const passwordForm = z.object({
  old: z.string().max(1000).default(''),
  password: z.string('staff.web.problem.required').min(1, 'staff.web.problem.required').max(1000),
})
const removalForm = z.object({ current: z.string().max(1000).catch('') })
const own = { may: 'use own account' } as const

/** What everybody can do with their own account: name, language, password, second factor, sessions. */
export async function accountRoutes(
  app: FastifyInstance,
  options: StaffContext<Views> & { cookie: SessionCookie; attempt: Attempt; tries: FailedTries },
): Promise<void> {
  const { stores, clock, page, attempt, tellOwner, tries, cookie, config } = options

  const shown = async (request: FastifyRequest) => {
    const { id, email, sessionTag } = request.staff
    return {
      recoveryCodes: await stores.people.countRecoveryCodes(id),
      needsFactor: needsSecondFactor(request.staff.role, config),
      sessions: (await stores.people.listSessions(id, clock())).map(({ tag, ...session }) => ({
        ...session,
        id: tag.toString('hex'),
        isThis: tag.equals(sessionTag),
      })),
      failed: tries.of(id),
      length: passwordLength,
      months: (agesInDays.deeds / 365) * 12,
      deeds: (await stores.audit.listDeedsOf({ id, email, limit: 10 })).map((deed) => ({
        ...deed,
        text: deedText(deed.action),
      })),
    }
  }

  app.get('/account', { config: own }, async (request, reply) =>
    page(request, reply, 'staff/account/account', await shown(request)),
  )

  app.post('/account', { config: { ...own, does: 'account.changed' } }, async (request, reply) => {
    const form = readForm(z.object({ name: line() }), request.body)
    if ('problems' in form)
      return page(request, reply, 'staff/account/account', { ...(await shown(request)), ...form }, 400)
    const { id, name: before, role } = request.staff
    const isOther = form.data.name !== before
    await stores.people.changePerson(id, form.data)
    request.done = { number: isOther ? 1 : 0 }
    if (isOther) await tellOwner({ ...request.staff, ...form.data }, { change: 'changed', role }, 'owner')
    return seeOther(reply, '/staff/account?done=account.changed')
  })

  app.post('/account/language', { config: { ...own, isSilent: true } }, async (request, reply) => {
    const language = request.staff.language === 'en' ? 'sv' : 'en'
    await stores.people.changePerson(request.staff.id, { language })
    return seeOther(reply, backTo(request, '/staff/account'))
  })

  app.post('/account/password', { config: { ...own, does: 'signIn.passwordSet' } }, async (request, reply) => {
    const form = readForm(passwordForm, request.body)
    const account = await stores.people.findAccountById(request.staff.id)
    const wrong = 'problems' in form ? { said: form, status: 400 } : await wrongOf(reply, account!, form.data)
    if (wrong || 'problems' in form) {
      const data = { ...(await shown(request)), ...wrong?.said, typed: {} }
      return page(request, reply, 'staff/account/account', data, wrong?.status)
    }
    const passwordHash = await hashPassword(form.data.password, account!.id)
    await stores.people.setPassword(account!.id, passwordHash, { keep: request.staff.sessionTag })
    await renew(request, reply, cookie, (tag, newTag) => stores.people.renewSession(tag, newTag))
    await tellOwner(account!, { change: 'passwordSet' }, 'owner')
    return seeOther(reply, '/staff/account?done=account.password')
  })

  app.post(
    '/account/second-factor/removal',
    { config: { ...own, does: 'account.factorRemoved' } },
    async (request, reply) => {
      const { id, role, sessionTag } = request.staff
      if (needsSecondFactor(role, config)) throw new DomainError('invalid', 'With this role there is a second factor.')
      const account = await stores.people.findAccountById(id)
      const wrong = await ownPasswordProblem(attempt, reply, account!, removalForm.parse(request.body).current)
      if (wrong) {
        const data = { ...(await shown(request)), problems: { current: wrong.problem }, values: wrong.values }
        return page(request, reply, 'staff/account/account', data, wrong.status)
      }
      request.done = { isDone: account!.hasSecondFactor }
      if (account!.hasSecondFactor) {
        const nothing = { totpSealed: null, totpStep: 0, recoveryTags: [] }
        await stores.people.setSecondFactor(id, { ...nothing, keep: sessionTag })
        await tellOwner(account!, { change: 'factorRemoved' }, 'owner')
      }
      return seeOther(reply, '/staff/account?done=account.factorRemoved')
    },
  )

  app.post('/account/sessions/ending', { config: { ...own, does: 'account.sessionEnded' } }, async (request, reply) => {
    const { session } = z.object({ session: z.string().regex(/^[0-9a-f]{64}$|^others$/) }).parse(request.body)
    const { id, sessionTag } = request.staff
    const number = await (session === 'others'
      ? stores.people.endOtherSessions(id, sessionTag)
      : stores.people.endSession(id, Buffer.from(session, 'hex')))
    request.done = { number }
    return seeOther(reply, '/staff/account?done=account.sessionEnded')
  })

  async function wrongOf(reply: FastifyReply, account: Account, { old, password }: { old: string; password: string }) {
    const problems = await passwordProblems(password, account)
    if (problems) return { said: { problems, values: { count: passwordLength.min } }, status: 400 }
    const wrong = await ownPasswordProblem(attempt, reply, account, old)
    return wrong && { said: { problems: { old: wrong.problem }, values: wrong.values }, status: wrong.status }
  }
}
