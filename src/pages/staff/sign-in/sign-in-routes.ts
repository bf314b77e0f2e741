import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { fingerprint, knownDevice } from '../../../crypto/secrets.ts'
import { DomainError } from '../../../errors.ts'
import { type ChangedBy, linkMadeBy } from '../../../people/change-mail.ts'
import { hashPassword, isPassword, passwordLength } from '../../../people/password.ts'
import { passwordProblems } from '../../../people/password-problems.ts'
import { type Account, normalEmail } from '../../../people/rows-store.ts'
import { email, line, readForm } from '../../../web/form.ts'
import { tokensMeant } from '../../../web/near-addresses.ts'
import { networksOf } from '../../../web/network.ts'
import { seeOther } from '../../../web/page.ts'
import { type SignInOptions, signingIn } from './signing-in.ts'

const signInForm = z.object({
  email: z.string().max(200).catch(''),
  password: z.string().max(1000).catch(''),
  next: z.string().max(2000).catch(''),
  over: z.enum(['page', 'form', 'kept', 'file']).optional().catch(undefined),
})
const password = z.string('staff.web.problem.required').min(1, 'staff.web.problem.required').max(1000)
const invitedForm = z.object({ password })
const setUpForm = z.object({ name: line(), email, password })
const noCookie = 'staff.signIn.noCookie'
const tokenIn = z.object({
  token: z
    .string()
    .transform((token) => tokensMeant(token).find((meant) => meant.length === 43))
    .pipe(z.string()),
})

/** No token of ours has that length: nothing is known of the link but that. */
const linkCut = () => new DomainError('not-found', 'This link is not whole.', { messageKey: 'linkCut' })

/** In and out: passwords, one-time links, and the first account of all. */
export async function signInRoutes(app: FastifyInstance, options: SignInOptions): Promise<void> {
  const { stores, keys, config, clock, languages, page, cookie, attempt } = options
  const { setUpToken, tellOwner } = options
  const { isCookieLost, signIn } = signingIn(options)
  const open = { isOpen: true, isSilent: true }

  app.get('/sign-in', { config: open }, async (request, reply) => {
    const { next, over } = signInForm.pick({ next: true, over: true }).parse(request.query)
    cookie.tryOut(request, reply)
    return page(request, reply, 'staff/sign-in/sign-in', { next, over })
  })

  app.post('/sign-in', { config: { isOpen: true, does: 'signIn.in' } }, async (request, reply) => {
    const form = signInForm.parse(request.body ?? {})
    const again = (key: string, status: number, values = {}) => {
      const data = { next: form.next, over: form.over, typed: { email: form.email }, problems: { email: key }, values }
      return page(request, reply, 'staff/sign-in/sign-in', data, status)
    }
    if (isCookieLost(request)) return again(noCookie, 400, { address: config.publicUrl })
    const account = await stores.people.findAccountByEmail(form.email)
    const device = account && knownDevice(keys.staffKey, account.email)
    const isKnown = device !== undefined && cookie.readDevice(request) === device
    const networks = isKnown ? undefined : networksOf(request.ip)
    const asker = networks ? { network: networks.wide } : { account: account!.id }
    const guess = { what: 'password', staffId: account?.id, who: `${normalEmail(form.email)} ${isKnown}` } as const
    const { isRight, waitSeconds } = await attempt(reply, { ...guess, networks }, () =>
      isPassword(account?.passwordHash ?? null, form.password, asker),
    )
    if (waitSeconds > 0) return again('staff.signIn.wait', 429, { count: waitSeconds })
    if (!isRight) return again('staff.signIn.wrong', 400)
    return signIn(request, reply, account!, form.next)
  })

  app.post(
    '/sign-out',
    { config: { may: 'use own account', isHalfway: true, does: 'signIn.out' } },
    async (request, reply) => {
      await stores.people.endSession(request.staff.id, request.staff.sessionTag)
      cookie.clear(reply)
      return seeOther(reply, '/staff/sign-in')
    },
  )

  app.get('/invitations/:token', { config: open }, async (request, reply) => {
    const account = await invited(request)
    cookie.tryOut(request, reply)
    return page(request, reply, 'staff/sign-in/invited', { account, length: passwordLength })
  })

  app.post('/invitations/:token', { config: { isOpen: true, does: 'signIn.passwordSet' } }, async (request, reply) => {
    const account = await invited(request)
    const form = readForm(invitedForm, request.body)
    const problems = isCookieLost(request)
      ? { password: noCookie }
      : 'problems' in form
        ? form.problems
        : await passwordProblems(form.data.password, account)
    if (problems || 'problems' in form)
      return page(
        request,
        reply,
        'staff/sign-in/invited',
        { account, length: passwordLength, problems, values: { count: passwordLength.min, address: config.publicUrl } },
        400,
      )

    const passwordHash = await hashPassword(form.data.password, account.id)
    const { token } = tokenIn.parse(request.params)
    await stores.people.setPassword(account.id, passwordHash, { invitationTag: fingerprint(token) })
    const by = await makerOf(account)
    await tellOwner(account, { change: 'passwordSet' }, by)
    const said = linkMadeBy(by)
    request.done = { subject: languages.text(languages.find(account.language)!, said.key, said.values) }
    return signIn(request, reply, { ...account, passwordHash })
  })

  app.get('/set-up/:token', { config: open }, async (request, reply) => {
    await refuseSetUp(request)
    cookie.tryOut(request, reply)
    return page(request, reply, 'staff/sign-in/set-up', { length: passwordLength })
  })

  app.post('/set-up/:token', { config: { isOpen: true, does: 'signIn.setUp' } }, async (request, reply) => {
    await refuseSetUp(request)
    const form = readForm(setUpForm, request.body)
    const problems = isCookieLost(request)
      ? { password: noCookie }
      : 'problems' in form
        ? form.problems
        : await passwordProblems(form.data.password, form.data)
    if (problems || 'problems' in form) {
      const { password: _, ...typed } = (request.body ?? {}) as Record<string, unknown>
      return page(
        request,
        reply,
        'staff/sign-in/set-up',
        { length: passwordLength, typed, problems, values: { count: passwordLength.min, address: config.publicUrl } },
        400,
      )
    }
    const { name, email, password } = form.data
    const passwordHash = await hashPassword(password, 'set-up')
    const account = await stores.people.addFirstAdministrator({ name, email, passwordHash })
    return signIn(request, reply, account)
  })

  async function invited(request: FastifyRequest): Promise<Account> {
    const { success, data } = tokenIn.safeParse(request.params)
    if (!success) throw linkCut()
    const account = await stores.people.findInvited(fingerprint(data.token), clock())
    if (!account) throw new DomainError('not-found', 'This link cannot be used.', { messageKey: 'linkUsed' })
    return account
  }

  /** Who made the link that somebody came with. */
  async function makerOf({ invitationBy }: Account): Promise<ChangedBy> {
    if (invitationBy === 'owner') return 'owner'
    if (invitationBy === null || invitationBy === 'operator') return 'operator'
    return { linkOf: (await stores.people.findNameOf(invitationBy)) ?? invitationBy }
  }

  async function refuseSetUp(request: FastifyRequest): Promise<void> {
    const { success, data } = tokenIn.safeParse(request.params)
    if (!success) throw linkCut()
    const isRight = data.token === setUpToken && (await stores.people.hasNoStaff())
    if (!isRight) throw new DomainError('not-found', 'This link cannot be used.', { messageKey: 'setUpLinkUsed' })
  }
}
