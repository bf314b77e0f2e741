import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderSVG } from 'uqr'
import * as z from 'zod'
import { openFor, sealFor } from '../../../crypto/sealing.ts'
import { keyFor } from '../../../crypto/secrets.ts'
import { DomainError } from '../../../errors.ts'
import { needsSecondFactor } from '../../../people/roles.ts'
import { newRecoveryCodes, newTotpSecret, recoveryTag, totpAddress, totpStepOf } from '../../../people/second-factor.ts'
import { ownPage, seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import type { Attempt } from '../guesses.ts'
import { ownPasswordProblem } from '../own-password.ts'
import { renew } from '../renewing.ts'
import type { SessionCookie } from '../session-cookie.ts'
import type { Views } from './views.ts'

export interface SecondFactorOptions extends StaffContext<Views> {
  cookie: SessionCookie
  attempt: Attempt
}

const text = (max: number) => z.string().max(max).catch('')
const numberForm = z.object({ number: text(40), next: text(2000) })
const setUpForm = z.object({ number: text(40), password: text(1000), secret: text(500), next: text(2000) })
const nextIn = z.object({ next: text(2000) })

/** The number of the authenticator after the password, or a recovery code; and setting the authenticator up. */
export async function secondFactorRoutes(app: FastifyInstance, options: SecondFactorOptions): Promise<void> {
  const { stores, keys, clock, page, attempt, tellOwner, cookie, config } = options
  const key = keyFor(keys.staffKey, 'second factor')
  const may = 'use own account' as const

  app.get('/second-factor', { config: { may, isHalfway: true } }, async (request, reply) => {
    const { isComplete, hasSecondFactor } = request.staff
    const { next } = nextIn.parse(request.query)
    if (!hasSecondFactor) return seeOther(reply, '/staff/second-factor/set-up')
    return isComplete ? seeOther(reply, ownPage(next)) : page(request, reply, 'staff/sign-in/second-factor', { next })
  })

  app.post(
    '/second-factor',
    { config: { may, isHalfway: true, does: 'signIn.factorGiven' } },
    async (request, reply) => {
      const { number, next } = numberForm.parse(request.body)
      const { id } = request.staff
      const again = (problem: string, status: number, values = {}) =>
        page(request, reply, 'staff/sign-in/second-factor', { problems: { number: problem }, values, next }, status)
      const guess = { what: 'number', staffId: id, who: `number of ${id}` } as const
      const { isRight, waitSeconds } = await attempt(reply, guess, () => isMyNumber(id, number))
      if (waitSeconds > 0) return again('staff.signIn.wait', 429, { count: waitSeconds })
      if (!isRight) return again('staff.signIn.wrongNumber', 400)

      await renewed(request, reply)
      return seeOther(reply, ownPage(next))
    },
  )

  app.get('/second-factor/set-up', { config: { may, isHalfway: true } }, async (request, reply) => {
    if (request.staff.hasSecondFactor && !request.staff.isComplete) return seeOther(reply, '/staff/second-factor')
    return showSetUp(request, reply, newTotpSecret())
  })

  app.post(
    '/second-factor/set-up',
    { config: { may, isHalfway: true, does: 'signIn.factorSetUp' } },
    async (request, reply) => {
      const { id, hasSecondFactor, isComplete, sessionTag } = request.staff
      if (hasSecondFactor && !isComplete)
        throw new DomainError('conflict', 'The second factor comes first.', { messageKey: 'conflict' })
      const form = setUpForm.parse(request.body)
      const secret = openFor(key, id, Buffer.from(form.secret, 'base64url'))?.toString()
      const step = secret && totpStepOf(secret, form.number, clock(), 0)
      if (!secret || !step)
        return showSetUp(request, reply, secret ?? newTotpSecret(), { number: 'staff.signIn.wrongNumber' })
      const account = await stores.people.findAccountById(id)
      if (!account) throw new DomainError('not-found', 'The account has ended.')
      const wrong = isComplete && (await ownPasswordProblem(attempt, reply, account, form.password))
      if (wrong) return showSetUp(request, reply, secret, { password: wrong.problem }, wrong)

      const codes = newRecoveryCodes()
      await stores.people.setSecondFactor(id, {
        totpSealed: sealFor(key, id, Buffer.from(secret)),
        totpStep: step,
        recoveryTags: codes.map((code) => recoveryTag(key, id, code)),
        keep: sessionTag,
      })
      await tellOwner(account, { change: 'factorSetUp' }, 'owner')
      await renewed(request, reply)
      request.staff = { ...request.staff, hasSecondFactor: true }
      return page(request, reply, 'staff/sign-in/recovery-codes', { codes })
    },
  )

  const renewed = (request: FastifyRequest, reply: FastifyReply) =>
    renew(request, reply, cookie, (tag, newTag) => stores.people.renewSession(tag, newTag))

  /** The secret comes back with the form, sealed to this person: until it is confirmed it is stored nowhere. */
  async function showSetUp(
    request: FastifyRequest,
    reply: FastifyReply,
    secret: string,
    problems = {},
    { values = {}, status = Object.keys(problems).length > 0 ? 400 : 200 } = {},
  ) {
    const { id, email, isComplete } = request.staff
    const data = {
      asksPassword: isComplete,
      sealed: sealFor(key, id, Buffer.from(secret)).toString('base64url'),
      secret: secret.match(/.{1,4}/g)!.join(' '),
      qr: renderSVG(totpAddress(secret, email), { ecc: 'M', border: 4 }),
      isRequired: needsSecondFactor(request.staff.role, config),
      problems,
      values,
    }
    return page(request, reply, 'staff/sign-in/second-factor-set-up', data, status)
  }

  async function isMyNumber(id: string, number: string): Promise<boolean> {
    const { totpSealed, totpStep } = (await stores.people.findAccountById(id))!
    const secret = totpSealed && openFor(key, id, totpSealed)?.toString()
    const step = secret ? totpStepOf(secret, number, clock(), totpStep) : undefined
    if (step !== undefined) return stores.people.useTotpStep(id, { from: totpStep, to: step })
    return stores.people.useRecoveryCode(id, recoveryTag(key, id, number))
  }
}
