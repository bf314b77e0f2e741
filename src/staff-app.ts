import type { FastifyInstance } from 'fastify'
import { auditRoutes } from './audit/audit-routes.ts'
import { recordDeed } from './audit/store.ts'
import { isPassing } from './database/connection.ts'
import { mailIsOff } from './database/mail-connection.ts'
import { listDays } from './disclosure/store.ts'
import { nationPlace } from './disclosure/told-numbers.ts'
import { enrolmentRoutes } from './enrolment/enrolment-routes.ts'
import { enrolmentsRoutes } from './enrolment/enrolments-routes.ts'
import { fieldworkRoutes } from './fieldwork/fieldwork-routes.ts'
import { followNation } from './fieldwork/nation.ts'
import { listChannelRecords, listParticipants, listPlaces, listTold } from './fieldwork/store.ts'
import { leftoverRoutes } from './invitation/leftover-routes.ts'
import { offerRoutes } from './invitation/offer-routes.ts'
import { printJobRoutes } from './invitation/print-job-routes.ts'
import { printJobs } from './invitation/print-jobs.ts'
import { printRoutes } from './invitation/print-routes.ts'
import { emailListRoutes } from './mail/email-list-routes.ts'
import { emailReminderRoutes } from './mail/email-reminder-routes.ts'
import { emailRoutes } from './mail/email-routes.ts'
import { forgetAddresses } from './mail/store.ts'
import { unitImportRoutes } from './organisation/unit-import-routes.ts'
import { unitRoutes } from './organisation/unit-routes.ts'
import { paperBundleRoutes } from './paper/paper-bundle-routes.ts'
import { paperEntryRoutes } from './paper/paper-entry-routes.ts'
import { paperImportCheckRoutes } from './paper/paper-import-check-routes.ts'
import { paperImportRoutes } from './paper/paper-import-routes.ts'
import { paperRoutes } from './paper/paper-routes.ts'
import { type PendingImport, sizeOfImport } from './paper/pending-import.ts'
import { closingRoutes } from './round/closing-routes.ts'
import { languageRoutes } from './round/language-routes.ts'
import { openingRoutes } from './round/opening-routes.ts'
import { roundKeyRoutes } from './round/round-key-routes.ts'
import { roundRoutes } from './round/round-routes.ts'
import { forgottenRoutes } from './sign-in/forgotten-routes.ts'
import { keptFormRoutes } from './sign-in/kept-form-routes.ts'
import { keptForms as makeKeptForms } from './sign-in/kept-forms.ts'
import { countRefusals, failedTries } from './sign-in/refusals.ts'
import { secondFactorRoutes } from './sign-in/second-factor-routes.ts'
import { isDevice } from './sign-in/secrets.ts'
import { signInRoutes } from './sign-in/sign-in-routes.ts'
import { slowDown } from './sign-in/slow-down.ts'
import { findSignedIn } from './sign-in/store.ts'
import { accountCopyRoutes } from './staff/account-copy-routes.ts'
import { accountRoutes } from './staff/account-routes.ts'
import type { StaffContext } from './staff/context.ts'
import { homeRoutes } from './staff/home-routes.ts'
import { peopleHelpRoutes } from './staff/people-help-routes.ts'
import { peopleRoutes } from './staff/people-routes.ts'
import { tellingOwners } from './staff/telling-owners.ts'
import { pendingImports } from './table/pending-imports.ts'
import { tabletStaffRoutes } from './tablet/tablet-staff-routes.ts'
import type { NoteLostCookie } from './web/lost-cookies.ts'
import type { Addresses } from './web/near-addresses.ts'
import { sessionCookie } from './web/session-cookie.ts'
import { addStaffArea } from './web/staff-area.ts'
import { swedishDay } from './web/swedish-day.ts'
import type { RenderPage } from './web/views.ts'

export interface StaffAppOptions extends Omit<StaffContext, 'page' | 'deeds' | 'nation' | 'atClose' | 'tellOwner'> {
  render: RenderPage
  setUpToken: string
  /** Looks which languages are offered and who takes part, after whatever was done with a round or a registration. */
  lookAtOffered: () => Promise<void>
  addresses: Addresses
  /** Whether the mail file can be used. Without it nothing of it is forgotten at a close: the operator destroys it. */
  hasMail: boolean
  noteLostCookie: NoteLostCookie
}

/** Everything under /staff, in the order of the work: who asks, what is prepared, offered, entered and followed. */
export async function staffApp(area: FastifyInstance, options: StaffAppOptions): Promise<void> {
  const {
    render,
    setUpToken,
    db,
    mail,
    between,
    keys,
    config,
    languages,
    clock,
    log,
    troubles,
    recordResponse,
    sendMail,
  } = options
  const cookie = sessionCookie(area, {
    isSecure: config.publicUrl.startsWith('https:'),
    isDevice: (device) => isDevice(keys.staffKey, device),
  })
  const refusals = countRefusals(log)
  area.addHook('onClose', async () => refusals.close())
  const keptForms = makeKeptForms(clock)
  const { page, deeds } = await addStaffArea(area, {
    keptForms,
    countRefusal: refusals.count,
    render,
    languages,
    cookie,
    findSignedIn: (tag) => between(() => findSignedIn(db, tag, clock())),
    recordDeed: ({ staff, ...deed }) =>
      between(() =>
        recordDeed(db, { municipalityCode: staff.municipalityCode, ...deed, staffId: staff.id, now: clock() }),
      ),
    isPassing,
    findMeant: options.addresses.findMeant,
    log,
    troubles,
    keepsRoundKey: config.keepRoundKey,
    today: () => swedishDay(clock()),
  })
  if (!options.hasMail)
    area.addHook('preHandler', async ({ routeOptions }) => {
      if (routeOptions.config.may === 'send e-mail') throw mailIsOff()
    })
  const nation = followNation(
    {
      participants: (roundId) => between(() => listParticipants(db, roundId)),
      ledger: (roundId, municipalityCodes) =>
        between(async () => ({
          strata: await listPlaces(db, roundId, { municipalityCodes }),
          records: await listChannelRecords(db, roundId, { municipalityCodes }),
          told: await listTold(db, roundId, { municipalityCodes }),
        })),
      days: (roundId) => between(() => listDays(db, roundId, nationPlace)),
    },
    clock,
  )
  area.addHook('onSend', async ({ routeOptions }, _reply, payload) => {
    const { does = '' } = routeOptions.config
    if (does.startsWith('rounds.')) nation.forget()
    if (/^(rounds|enrolment|units)\./.test(does)) await options.lookAtOffered()
    return payload
  })
  const context: StaffContext = {
    ...{
      db,
      mail,
      between,
      keys,
      config,
      languages,
      clock,
      log,
      troubles,
      nation,
      recordResponse,
      sendMail,
      page,
      deeds,
    },
    tellOwner: tellingOwners({ sendMail, languages, clock, log, publicUrl: config.publicUrl }),
    atClose: options.hasMail ? [(roundId) => between(() => forgetAddresses(mail.mailDb, roundId))] : [],
  }
  const signIn = {
    ...context,
    cookie,
    slowDown: slowDown(clock),
    countRefusal: refusals.count,
    tries: failedTries(),
    setUpToken,
    noteLostCookie: options.noteLostCookie,
  }
  await area.register(signInRoutes, signIn)
  await area.register(secondFactorRoutes, signIn)
  await area.register(keptFormRoutes, { ...context, keptForms })
  await area.register(forgottenRoutes, signIn)
  await area.register(homeRoutes, context)
  await area.register(accountRoutes, signIn)
  await area.register(accountCopyRoutes, context)
  await area.register(peopleRoutes, context)
  await area.register(peopleHelpRoutes, context)
  await area.register(auditRoutes, context)
  await area.register(roundRoutes, context)
  await area.register(roundKeyRoutes, context)
  await area.register(openingRoutes, context)
  await area.register(languageRoutes, context)
  await area.register(closingRoutes, context)
  await area.register(enrolmentRoutes, context)
  await area.register(enrolmentsRoutes, context)
  await area.register(unitRoutes, context)
  await area.register(unitImportRoutes, context)
  await area.register(offerRoutes, context)
  const prints = { ...context, jobs: printJobs(clock) }
  await area.register(printRoutes, prints)
  await area.register(printJobRoutes, prints)
  await area.register(emailRoutes, context)
  await area.register(emailListRoutes, context)
  await area.register(emailReminderRoutes, context)
  await area.register(leftoverRoutes, context)
  await area.register(tabletStaffRoutes, context)
  await area.register(paperRoutes, context)
  await area.register(paperBundleRoutes, context)
  await area.register(paperEntryRoutes, context)
  const imports = pendingImports<PendingImport>(clock, sizeOfImport)
  await area.register(paperImportRoutes, { ...context, imports })
  await area.register(paperImportCheckRoutes, { ...context, imports })
  await area.register(fieldworkRoutes, context)
  options.addresses.leadToForms(area)
}
