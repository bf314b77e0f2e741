import type { FastifyInstance } from 'fastify'
import { deedText } from '../../../audit/deeds.ts'
import { sendTable } from '../../../web/send-table.ts'
import type { StaffContext } from '../context.ts'

/** What is kept about somebody's own account, to take out as a file (GDPR 15 and 20). No secrets: neither hashes nor seals are theirs to use. */
export async function accountCopyRoutes(app: FastifyInstance, options: StaffContext): Promise<void> {
  const { stores, clock, languages } = options

  app.get('/account/copy', { config: { may: 'use own account' } }, async (request, reply) => {
    const { id, email, language } = request.staff
    const own = languages.find(language)!
    const say = (key: string) => languages.text(own, key)
    const [account, sessions, deeds] = [
      (await stores.people.findAccountById(id))!,
      await stores.people.listSessions(id, clock()),
      await stores.audit.listDeedsOf({ id, email }),
    ]
    const units = await stores.organisation.listUnits({ municipalityCode: account.municipalityCode })
    const unitNames = units.filter(({ id }) => account.unitIds.includes(id)).map(({ name }) => name)
    const part = (name: string) => say(`staff.account.copy.${name}`)
    const rows = [
      ['', part('account'), say('staff.signIn.name'), account.name],
      ['', part('account'), say('staff.signIn.email'), account.email],
      ['', part('account'), say('staff.people.role'), say(`staff.words.roles.${account.role}`)],
      ['', part('account'), say('staff.audit.municipality'), account.municipalityCode ?? ''],
      ['', part('account'), say('staff.people.units'), unitNames.join(', ')],
      ['', part('account'), part('language'), account.language],
      ['', part('account'), part('factor'), say(account.hasSecondFactor ? 'staff.web.yes' : 'staff.web.no')],
      ...sessions.map(({ begunAt, seenAt, device }) => [begunAt, part('session'), device, seenAt]),
      ...deeds.map(({ at, action, subject, number, who, isOwn }) => [
        at,
        part(isOwn ? 'did' : 'done'),
        `${say(deedText(action))} (${number})`,
        isOwn ? subject : who,
      ]),
    ]
    const head = ['at', 'kind', 'what', 'detail'].map((name) => part(`head.${name}`))
    return sendTable(request, reply, { name: 'account', head, rows })
  })
}
