import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { hashPassword, isPassword, passwordLength } from '../sign-in/password.ts'
import { passwordProblems } from '../sign-in/password-problems.ts'
import { endOtherSessions, endSession, listSessions } from '../sign-in/store.ts'
import { line, readForm } from '../web/form.ts'
import { seeOther } from '../web/page.ts'
import type { StaffContext } from './context.ts'
import { changePerson, countRecoveryCodes, findAccountById, setPassword, setSecondFactor } from './store.ts'

const passwordForm = z.object({
  old: z.string().max(1000).default(''),
  password: z.string('staff.web.problem.required').min(1, 'staff.web.problem.required').max(1000),
})
const own = { may: 'use own account' } as const

/** What everybody can do with their own account: name, language, password, second factor, sessions. */
export async function accountRoutes(app: FastifyInstance, options: StaffContext): Promise<void> {
  const { db, between, clock, page } = options

  const shown = async (request: FastifyRequest) => {
    const { id, sessionTag } = request.staff
    return between(async () => ({
      recoveryCodes: await countRecoveryCodes(db, id),
      sessions: (await listSessions(db, id, clock())).map(({ tag, ...session }) => ({
        ...session,
        id: tag.toString('hex'),
        isThis: tag.equals(sessionTag),
      })),
      length: passwordLength,
    }))
  }

  app.get('/account', { config: own }, async (request, reply) =>
    page(request, reply, 'staff/account/account', await shown(request)),
  )

  app.post('/account', { config: { ...own, does: 'account.changed' } }, async (request, reply) => {
    const form = readForm(z.object({ name: line() }), request.body)
    if ('problems' in form)
      return page(request, reply, 'staff/account/account', { ...(await shown(request)), ...form }, 400)
    await between(() => changePerson(db, request.staff.id, form.data))
    return seeOther(reply, '/staff/account?done=account.changed')
  })

  app.post('/account/language', { config: { ...own, isSilent: true } }, async (request, reply) => {
    const language = request.staff.language === 'en' ? 'sv' : 'en'
    await between(() => changePerson(db, request.staff.id, { language }))
    return seeOther(reply, '/staff/account')
  })

  app.post('/account/password', { config: { ...own, does: 'signIn.passwordSet' } }, async (request, reply) => {
    const form = readForm(passwordForm, request.body)
    const account = await between(() => findAccountById(db, request.staff.id))
    const problems = 'problems' in form ? form.problems : await wrongOf(account!, form.data)
    if (problems || 'problems' in form) {
      const data = { ...(await shown(request)), problems, values: { count: passwordLength.min } }
      return page(request, reply, 'staff/account/account', data, 400)
    }
    const passwordHash = await hashPassword(form.data.password)
    await between(() => setPassword(db, account!.id, passwordHash, { keep: request.staff.sessionTag }))
    return seeOther(reply, '/staff/account?done=account.password')
  })

  app.post(
    '/account/second-factor/removal',
    { config: { ...own, does: 'account.factorRemoved' } },
    async (request, reply) => {
      if (request.staff.role === 'national') return seeOther(reply, '/staff/account')
      await between(() => setSecondFactor(db, request.staff.id, { totpSealed: null, totpStep: 0, recoveryTags: [] }))
      return seeOther(reply, '/staff/account?done=account.factorRemoved')
    },
  )

  app.post('/account/sessions/ending', { config: { ...own, does: 'account.sessionEnded' } }, async (request, reply) => {
    const { session } = z.object({ session: z.string().regex(/^[0-9a-f]{64}$|^others$/) }).parse(request.body)
    const { id, sessionTag } = request.staff
    await between(() =>
      session === 'others' ? endOtherSessions(db, id, sessionTag) : endSession(db, id, Buffer.from(session, 'hex')),
    )
    return seeOther(reply, '/staff/account?done=account.sessionEnded')
  })
}

async function wrongOf(
  account: { passwordHash: string | null; email: string; name: string },
  { old, password }: { old: string; password: string },
) {
  if (!(await isPassword(account.passwordHash, old))) return { old: 'staff.account.oldWrong' }
  return passwordProblems(password, account)
}
