import type { FastifyInstance } from 'fastify'
import { isDevice } from '../crypto/secrets.ts'
import { isPassing } from '../database/connection.ts'
import { mailIsOff } from '../database/mail-file.ts'
import { outageOf } from '../mail/outage.ts'
import { type PendingImport, sizeOfImport } from '../paper/pending-import.ts'
import { countRefusals, failedTries } from '../people/refusals.ts'
import { requiringTelling, tellingOwners } from '../people/telling-owners.ts'
import { printJobs } from '../print/print-jobs.ts'
import { pendingImports } from '../table/pending-imports.ts'
import { swedishDay } from '../time/swedish-day.ts'
import type { NoteLostCookie } from '../web/lost-cookies.ts'
import type { Addresses } from '../web/near-addresses.ts'
import type { AnyViews, RenderPage } from '../web/views.ts'
import { staffResults } from './results/results-app.ts'
import { accountCopyRoutes } from './staff/account/account-copy-routes.ts'
import { accountRoutes } from './staff/account/account-routes.ts'
import { auditRoutes } from './staff/audit/audit-routes.ts'
import type { StaffContext } from './staff/context.ts'
import { emailListRoutes } from './staff/email/email-list-routes.ts'
import { emailReminderRoutes } from './staff/email/email-reminder-routes.ts'
import { emailRoutes } from './staff/email/email-routes.ts'
import { abstentionRoutes } from './staff/enrolment/abstention-routes.ts'
import { enrolmentRoutes } from './staff/enrolment/enrolment-routes.ts'
import { approvalRoutes } from './staff/enrolments/approval-routes.ts'
import { enrolmentsRoutes } from './staff/enrolments/enrolments-routes.ts'
import { reminderRoutes } from './staff/enrolments/reminder-routes.ts'
import { fieldworkRoutes } from './staff/fieldwork/fieldwork-routes.ts'
import { forgettingAddresses } from './staff/forgetting-addresses.ts'
import { watchingGuesses } from './staff/guesses.ts'
import { historyRoutes } from './staff/history/history-routes.ts'
import { homeRoutes } from './staff/home/home-routes.ts'
import { keptForms as makeKeptForms } from './staff/kept-forms.ts'
import { leftoverRoutes } from './staff/leftovers/leftover-routes.ts'
import { linksLeft } from './staff/links-left.ts'
import { nationOf } from './staff/nation.ts'
import { offerRoutes } from './staff/offer/offer-routes.ts'
import { onceOnly } from './staff/once.ts'
import { paperBundleRoutes } from './staff/paper/paper-bundle-routes.ts'
import { paperEntryRoutes } from './staff/paper/paper-entry-routes.ts'
import { paperImportCheckRoutes } from './staff/paper/paper-import-check-routes.ts'
import { paperImportRoutes } from './staff/paper/paper-import-routes.ts'
import { paperRoutes } from './staff/paper/paper-routes.ts'
import { tallyRoutes } from './staff/paper/tally-routes.ts'
import { peopleHelpRoutes } from './staff/people/people-help-routes.ts'
import { peopleRoutes } from './staff/people/people-routes.ts'
import { severalRoutes } from './staff/people/several-routes.ts'
import { namesOfPlaces } from './staff/places.ts'
import { printJobRoutes } from './staff/print/print-job-routes.ts'
import { printOrderRoutes } from './staff/print/print-order-routes.ts'
import { printRoutes } from './staff/print/print-routes.ts'
import { releaseRoutes } from './staff/releases/release-routes.ts'
import { beginningRoutes } from './staff/rounds/beginning-routes.ts'
import { closingRoutes } from './staff/rounds/closing-routes.ts'
import { languageRoutes } from './staff/rounds/language-routes.ts'
import { roundKeyRoutes } from './staff/rounds/round-key-routes.ts'
import { roundRoutes } from './staff/rounds/round-routes.ts'
import { sessionCookie } from './staff/session-cookie.ts'
import { forgottenRoutes } from './staff/sign-in/forgotten-routes.ts'
import { keptFormRoutes } from './staff/sign-in/kept-form-routes.ts'
import { secondFactorRoutes } from './staff/sign-in/second-factor-routes.ts'
import { signInRoutes } from './staff/sign-in/sign-in-routes.ts'
import { slowDown } from './staff/slow-down.ts'
import { addStaffArea } from './staff/staff-area.ts'
import { tabletStaffRoutes } from './staff/tablets/tablet-staff-routes.ts'
import { textRoutes } from './staff/texts/text-routes.ts'
import { undoingOf } from './staff/undoing.ts'
import { matrixRoutes } from './staff/units/matrix-routes.ts'
import { unitEndingRoutes } from './staff/units/unit-ending-routes.ts'
import { unitImportRoutes } from './staff/units/unit-import-routes.ts'
import { unitRoutes } from './staff/units/unit-routes.ts'
import { waitingOf } from './staff/waiting.ts'

export interface StaffAppOptions
  extends Omit<
    StaffContext<AnyViews>,
    'page' | 'deeds' | 'nation' | 'undoing' | 'atClose' | 'tellOwner' | 'requireTelling' | 'links' | 'hadAccount'
  > {
  render: RenderPage<AnyViews>
  setUpToken: string
  /** Looks which languages are offered and who takes part, after whatever was done with a round or a registration. */
  lookAtOffered: () => Promise<void>
  addresses: Addresses
  /** Whether the mail file cannot be used. Then nothing of it is forgotten at a close: the operator destroys it. */
  isMailOff: () => boolean
  noteLostCookie: NoteLostCookie
}

/** Everything under /staff, in the order of the work: who asks, what is prepared, offered, entered and followed. */
export async function staffApp(area: FastifyInstance, options: StaffAppOptions): Promise<void> {
  const { render, setUpToken, stores, mail, keys, config, languages, clock, makeArchive } = options
  const { log, troubles, recordResponse, findInvitation, findPublicKey, closing, answersEnd, sendMail } = options
  const cookie = sessionCookie(area, {
    isSecure: config.publicUrl.startsWith('https:'),
    isDevice: (device) => isDevice(keys.staffKey, device),
  })
  const refusals = countRefusals(log)
  area.addHook('onClose', async () => refusals.close())
  const keptForms = makeKeptForms(clock)
  const nation = nationOf(stores, clock)
  const undoing = undoingOf(clock)
  const waiting = waitingOf({ stores, nation, clock, answersEnd, sendMail })
  const { page, deeds } = await addStaffArea(area, {
    keptForms,
    countRefusal: refusals.count,
    render,
    languages,
    cookie,
    findSignedIn: (tag) => stores.people.findSignedIn(tag, clock()),
    recordDeeds: ({ id: staffId, municipalityCode }, deeds) =>
      stores.audit.recordDeeds(deeds.map((deed) => ({ municipalityCode, ...deed, staffId, now: clock() }))),
    isPassing,
    findMeant: options.addresses.findMeant,
    log,
    troubles,
    ...{ keepsRoundKey: config.keepRoundKey, canMail: config.mail.smtpUrl !== undefined },
    today: () => swedishDay(clock()),
    mailTrouble: () => outageOf(mail.server),
    waitingFor: waiting.find,
    placeOf: namesOfPlaces(stores),
    undoFor: undoing.addressFor,
  })
  area.addHook('preHandler', async ({ routeOptions }) => {
    if (routeOptions.config.may === 'send e-mail' && options.isMailOff()) throw mailIsOff()
  })
  area.addHook('onSend', async ({ routeOptions, staff }, _reply, payload) => {
    const { does = '' } = routeOptions.config
    if (does && staff) waiting.forget(staff)
    if (does.startsWith('rounds.')) nation.forget()
    if (/^(rounds|enrolment|units)\./.test(does)) await options.lookAtOffered()
    return payload
  })
  const context: StaffContext<AnyViews> = {
    ...{ stores, mail, keys, config, languages, clock, log, troubles, nation, makeArchive },
    ...{ recordResponse, findInvitation, findPublicKey, closing, answersEnd, sendMail, undoing, page, deeds },
    tellOwner: tellingOwners({ sendMail, languages, clock, log, publicUrl: config.publicUrl }),
    requireTelling: requiringTelling(config.mail.smtpUrl !== undefined, () => stores.mail.tryStaffMail(clock())),
    hadAccount: stores.people.hadAccount,
    links: linksLeft((of) => {
      const actions = ['people.invited', 'people.invitedAgain']
      return stores.audit.countDeeds({ ...of, actions, day: swedishDay(clock()) })
    }, clock),
    atClose: [forgettingAddresses(options)],
  }
  const tries = failedTries()
  const signIn = {
    ...context,
    cookie,
    attempt: watchingGuesses({ slowDown: slowDown(clock), countRefusal: refusals.count, tries }),
    countRefusal: refusals.count,
    tries,
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
  await area.register(severalRoutes, context)
  await area.register(peopleHelpRoutes, context)
  await area.register(auditRoutes, context)
  for (const routes of [roundRoutes, roundKeyRoutes, beginningRoutes, languageRoutes])
    await area.register(routes, context)
  await area.register(closingRoutes, context)
  await area.register(releaseRoutes, context)
  await staffResults(area, { stores, render, languages, clock, framed: page, settings: config })
  await area.register(historyRoutes, context)
  await area.register(textRoutes, context)
  await area.register(enrolmentRoutes, context)
  await area.register(abstentionRoutes, context)
  await area.register(enrolmentsRoutes, context)
  for (const routes of [approvalRoutes, reminderRoutes]) await area.register(routes, context)
  for (const routes of [unitRoutes, unitEndingRoutes, matrixRoutes]) await area.register(routes, context)
  await area.register(unitImportRoutes, context)
  await area.register(offerRoutes, context)
  const prints = { ...context, jobs: printJobs(clock), sent: onceOnly(clock) }
  await area.register(printRoutes, prints)
  await area.register(printOrderRoutes, prints)
  await area.register(printJobRoutes, prints)
  await area.register(emailRoutes, context)
  await area.register(emailListRoutes, context)
  await area.register(emailReminderRoutes, context)
  await area.register(leftoverRoutes, context)
  await area.register(tabletStaffRoutes, context)
  for (const routes of [paperRoutes, tallyRoutes, paperBundleRoutes, paperEntryRoutes])
    await area.register(routes, context)
  const imports = pendingImports<PendingImport>(clock, {
    minutes: config.uploadMinutes,
    sizeOf: sizeOfImport,
    bytesOf: ({ bytes }) => bytes,
  })
  await area.register(paperImportRoutes, { ...context, imports })
  await area.register(paperImportCheckRoutes, { ...context, imports })
  await area.register(fieldworkRoutes, context)
  options.addresses.leadToForms(area)
}
