import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { bindArchive } from './actions/archive-package.ts'
import { bindClosing } from './actions/close-round.ts'
import { bindDestroying } from './actions/destroy-round.ts'
import { prepareCommit, prepareRecordResponse } from './actions/record-response.ts'
import type { AppOptions } from './app-options.ts'
import { newToken } from './crypto/secrets.ts'
import { closeDatabase, isPassing } from './database/connection.ts'
import { closeMail, filesOf, openMailDatabase } from './database/mail-connection.ts'
import { followMail, mailFileOf } from './database/mail-file.ts'
import { givingWay, patient } from './database/patience.ts'
import { followReadiness } from './database/readiness.ts'
import { prepareFindInvitation } from './invitation/store.ts'
import { type Language, loadLanguages } from './language/languages.ts'
import { countedLog } from './log/counted-log.ts'
import { silentLog } from './log/log.ts'
import { mailKeys } from './mail/mail-keys.ts'
import type { MailOffice } from './mail/mail-office.ts'
import { recipientOf } from './mail/opt-out.ts'
import { queueStaffMail } from './mail/queueing.ts'
import { apiRoutes } from './pages/api/api-routes.ts'
import { tellProgram } from './pages/api/problems.ts'
import { followOffered } from './pages/offered.ts'
import { healthRoutes } from './pages/public/health-routes.ts'
import { loadRecordings } from './pages/respondent/audio.ts'
import { entryRoutes } from './pages/respondent/entry-routes.ts'
import { followNotices } from './pages/respondent/follow-notices.ts'
import { makeNoticePages } from './pages/respondent/notice-pages.ts'
import { noticeRoutes } from './pages/respondent/notice-routes.ts'
import { optOutRoutes } from './pages/respondent/opt-out-routes.ts'
import { publicRoutes } from './pages/respondent/public-routes.ts'
import { questionnaireRoutes } from './pages/respondent/questionnaire-routes.ts'
import { visitCookie } from './pages/respondent/visit-cookie.ts'
import { limitWrongCodes } from './pages/respondent/wrong-codes.ts'
import { publicHeard } from './pages/results/heard-app.ts'
import { publicResults } from './pages/results/results-app.ts'
import { staffApp } from './pages/staff-app.ts'
import { limitDeliveries } from './pages/tablet/deliveries.ts'
import { tabletRoutes } from './pages/tablet/tablet-routes.ts'
import type { SendMail } from './people/telling-owners.ts'
import { bindAllStores, type Stores } from './stores.ts'
import { prepareFindPublicKey } from './urn/store.ts'
import { loadAssetAddresses, readAsset } from './web/assets.ts'
import { watchDoor } from './web/door.ts'
import { addErrorPages, type ErrorPages } from './web/error-pages.ts'
import { mayBeHttp, noteLostCookies } from './web/lost-cookies.ts'
import { noteAddresses } from './web/near-addresses.ts'
import { onlyHttps, refuseForeignForms, sayOnlyHttps } from './web/security.ts'
import { serveAssets } from './web/serve-assets.ts'
import { makeServer } from './web/server.ts'
import { makeRenderPage } from './web/views.ts'

/** How often somebody comes goes by the time of the machine, also where a test has days stand still. */
const machineClock = () => new Date()

/** Assembles the whole service. A request passes through it from top to bottom. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, db, keys, languages = loadLanguages(), clock = machineClock } = options
  const { mailFile = mailFileOf(openMailDatabase(':memory:')) } = options
  const { db: mailDb, isOff: isMailOff } = mailFile
  const { log = silentLog, door = watchDoor() } = options
  let errors: () => ErrorPages | undefined = () => undefined
  const app = makeServer(config.trustedProxies, door, () => errors())
  app.addHook('onClose', async () => {
    closeDatabase(db)
    closeMail(mailDb)
  })
  const isSecure = config.publicUrl.startsWith('https:')
  if (options.eachRoute) app.addHook('onRoute', options.eachRoute)
  const addresses = noteAddresses(app)

  app.removeAllContentTypeParsers()
  await app.register(formbody, { bodyLimit: 16 * 1024 })
  await app.register(cookie, { hook: false }) // parsed only where a visit is asked for
  refuseForeignForms(app, config.publicUrl)
  if (isSecure) sayOnlyHttps(app)
  const render = await makeRenderPage(app, languages, isSecure ? onlyHttps : {})

  const responses = prepareRecordResponse(db, config.patienceMs, options.commit ?? prepareCommit(db, clock))
  const readiness = followReadiness({ db, run: responses.whenIdle, clock })
  const recordResponse = readiness.follow(door.follow(options.recordResponse ?? responses))
  const patiently = patient(config.patienceMs, responses.whenIdle)
  /** Staff give way to those who answer before each of their steps, however many they take. */
  const politely = givingWay(patiently)
  const [stores, staffStores] = [patiently, politely].map((run) => bindAllStores(db, mailFile, run)) as [Stores, Stores]

  const recordings = loadRecordings(config.audioDir)
  const assets = loadAssetAddresses()
  const offered = await followOffered({
    ...{ languages, render, assets, findRecording: recordings.find, settings: config.notice },
    publicUrl: config.publicUrl,
    listRounds: stores.round.listRounds,
  })
  errors = () => offered.now().errors
  if (options.makesPagesAhead) app.addHook('onListen', async () => void offered.makeAhead())
  const responsible = await followNotices(stores.notice.listMunicipalityNotices)
  const lookAtOffered = async () => {
    await Promise.all([offered.look(), responsible.look()]).catch((error) =>
      log.error({ code: error.code }, 'the rounds could not be read'),
    )
  }
  const looking = setInterval(() => void lookAtOffered(), 30_000).unref()
  app.addHook('preClose', async () => clearInterval(looking))
  const pages = () => offered.now().survey
  const troubles = countedLog(log)
  app.addHook('preClose', async () => troubles.close())
  const { findMeant } = addresses
  addErrorPages(app, { errors: () => offered.now().errors, isPassing, findMeant, tellProgram, troubles })

  await serveAssets(app)
  const isHttp = mayBeHttp(config.publicUrl)
  const noteLostCookie = noteLostCookies(isHttp, log)
  const visits = visitCookie(app, { key: keys.visitKey, isSecure, maxAgeSeconds: config.visit.maxAgeSeconds, clock })

  const isMailUsable = followMail(mailFile, clock)
  const isOff = { mail: async () => !(await isMailUsable()), night: () => options.isNightOff?.() ?? false }
  await app.register(healthRoutes, { whyNotReady: readiness.why, isOff })
  await app.register(noticeRoutes, {
    notices: makeNoticePages({
      render: () => offered.now().render,
      list: responsible.now,
      settings: config.notice,
      visitMinutes: config.visit.maxAgeSeconds / 60,
    }),
    languages,
    offered: () => pages().offered,
    visits,
    municipalityOf: stores.notice.municipalityOf,
  })
  await app.register(publicRoutes, { pages, languages, recordings: recordings.all })
  await app.register(entryRoutes, {
    ...{ pages, languages, visits },
    findInvitation: readiness.follow(door.follow(prepareFindInvitation(db, keys.codePepper, patiently))),
    spentPepper: keys.spentPepper,
    isHttp,
    wrongCodes: limitWrongCodes(config.wrongCodesPerHour, machineClock),
    door,
    troubles,
  })
  await app.register(questionnaireRoutes, {
    ...{ pages, languages, visits, recordResponse, noteLostCookie, troubles },
    findPublicKey: prepareFindPublicKey(db, patiently),
  })
  await app.register(tabletRoutes, {
    tablets: stores.tablet,
    recordResponse,
    pages: () => offered.now().tablet(),
    languages,
    assets,
    worker: readAsset('tablet-worker.js'),
    settings: config.tablet,
    deliveries: limitDeliveries(60, machineClock),
    async municipalityAt(stratumId) {
      const code = await stores.notice.municipalityOf(stratumId)
      const { name, responsible: named } = responsible.now().find((one) => one.code === code)!
      return { name, responsible: named }
    },
    clock,
    troubles,
  })
  await publicResults(app, { stores, render, languages, clock, settings: config })
  await publicHeard(app, { stores, render, languages, clock, settings: config })
  await app.register(apiRoutes, { stores, render, languages, clock, settings: config })
  await app.register(optOutRoutes, {
    languages,
    render: (view: string, language: Language, data: Record<string, unknown>) =>
      offered.now().render(view, language, data),
    isOurs: (token) => recipientOf(mailKeys(keys.staffKey), token) !== undefined,
    async optOut(token) {
      const recipientId = recipientOf(mailKeys(keys.staffKey), token)
      if (recipientId) await stores.mail.recordOptOut(recipientId)
    },
  })
  const mail: MailOffice = {
    ...{ stores: staffStores, files: () => filesOf(db, mailDb), mailFile, keys, languages, server: {} },
    ...{ publicUrl: config.publicUrl, from: config.mail.from },
  }
  let stopMail: (() => Promise<void>) | undefined
  app.addHook('onReady', async () => {
    stopMail = options.startMail?.(mail)
  })
  app.addHook('preClose', async () => stopMail?.())

  const canSend = !isMailOff() && config.mail.smtpUrl !== undefined
  const queue: SendMail = (message) => queueStaffMail({ stores: staffStores, keys }, message, clock())
  const { setUpToken = newToken(), sendMail = canSend ? queue : undefined } = options
  const staff = {
    ...{ stores: staffStores, mail, isMailOff, keys, config, languages, clock, log, troubles, recordResponse },
    findInvitation: prepareFindInvitation(db, keys.codePepper, politely),
    ...{ findPublicKey: prepareFindPublicKey(db, politely), closing: bindClosing(db, politely) },
    ...{ answersEnd: bindDestroying(db, politely, config), makeArchive: bindArchive(db, { keys, config }) },
    ...{ sendMail, render, setUpToken, lookAtOffered, addresses, noteLostCookie },
  }
  await app.register(staffApp, { ...staff, prefix: '/staff' })
  addresses.leadToForms(app)
  return app
}
