import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderSVG } from 'uqr'
import { z } from 'zod'
import type { StaffContext } from '../staff/context.ts'
import { type Account, findAccountById, setSecondFactor, useRecoveryCode, useTotpStep } from '../staff/store.ts'
import { seeOther } from '../web/page.ts'
import type { SessionCookie } from '../web/session-cookie.ts'
import { openFor, sealFor } from './sealing.ts'
import { newRecoveryCodes, newTotpSecret, recoveryTag, totpAddress, totpStepOf } from './second-factor.ts'
import { keyFor } from './secrets.ts'
import type { SlowDown } from './slow-down.ts'
import { completeSession } from './store.ts'

export interface SecondFactorOptions extends StaffContext {
  cookie: SessionCookie
  slowDown: SlowDown
}

const numberForm = z.object({ number: z.string().max(40).default('') })
const setUpForm = numberForm.extend({ secret: z.string().max(500) })

/** The number of the authenticator after the password, or a recovery code; and setting the authenticator up. */
export async function secondFactorRoutes(app: FastifyInstance, options: SecondFactorOptions): Promise<void> {
  const { db, between, keys, clock, page, slowDown } = options
  const key = keyFor(keys.staffKey, 'second factor')
  const may = 'use own account' as const

  app.get('/second-factor', { config: { may, isHalfway: true } }, async (request, reply) => {
    const { isComplete, hasSecondFactor } = request.staff
    if (!hasSecondFactor) return seeOther(reply, '/staff/second-factor/set-up')
    return isComplete ? seeOther(reply, '/staff/account') : page(request, reply, 'staff/sign-in/second-factor')
  })

  app.post(
    '/second-factor',
    { config: { may, isHalfway: true, does: 'signIn.factorGiven' } },
    async (request, reply) => {
      const { number } = numberForm.parse(request.body)
      const { id, sessionTag } = request.staff
      const again = (problem: string, status: number, values = {}) =>
        page(request, reply, 'staff/sign-in/second-factor', { problems: { number: problem }, values }, status)
      const seconds = slowDown.waitSeconds(id)
      if (seconds > 0) return again('staff.signIn.wait', 429, { count: seconds })

      const account = await between(() => findAccountById(db, id))
      if (!(await isRight(account!, number))) {
        slowDown.failed(id)
        return again('staff.signIn.wrongNumber', 400)
      }
      slowDown.succeeded(id)
      await between(() => completeSession(db, sessionTag))
      return seeOther(reply, '/staff')
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
      if (hasSecondFactor && !isComplete) return seeOther(reply, '/staff/second-factor')
      const form = setUpForm.parse(request.body)
      const secret = openFor(key, id, Buffer.from(form.secret, 'base64url'))?.toString()
      if (!secret) return showSetUp(request, reply, newTotpSecret())
      const step = totpStepOf(secret, form.number, clock(), 0)
      if (step === undefined) return showSetUp(request, reply, secret, { number: 'staff.signIn.wrongNumber' })

      const codes = newRecoveryCodes()
      await between(() =>
        setSecondFactor(db, id, {
          totpSealed: sealFor(key, id, Buffer.from(secret)),
          totpStep: step,
          recoveryTags: codes.map((code) => recoveryTag(id, code)),
        }),
      )
      await between(() => completeSession(db, sessionTag))
      request.staff = { ...request.staff, isComplete: true, hasSecondFactor: true }
      return page(request, reply, 'staff/sign-in/recovery-codes', { codes })
    },
  )

  /** The secret comes back with the form, sealed to this person: until it is confirmed it is stored nowhere. */
  async function showSetUp(request: FastifyRequest, reply: FastifyReply, secret: string, problems = {}) {
    const { id, email } = request.staff
    const data = {
      sealed: sealFor(key, id, Buffer.from(secret)).toString('base64url'),
      secret: secret.match(/.{1,4}/g)!.join(' '),
      qr: renderSVG(totpAddress(secret, email), { ecc: 'M', border: 4 }),
      isRequired: request.staff.role === 'national',
      problems,
    }
    return page(
      request,
      reply,
      'staff/sign-in/second-factor-set-up',
      data,
      Object.keys(problems).length > 0 ? 400 : 200,
    )
  }

  async function isRight({ id, totpSealed, totpStep }: Account, number: string): Promise<boolean> {
    const secret = totpSealed && openFor(key, id, totpSealed)?.toString()
    const step = secret ? totpStepOf(secret, number, clock(), totpStep) : undefined
    if (step !== undefined) return between(() => useTotpStep(db, id, { from: totpStep, to: step }))
    return between(() => useRecoveryCode(db, id, recoveryTag(id, number)))
  }
}
