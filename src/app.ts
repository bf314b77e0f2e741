import { setImmediate as letOthersIn } from 'node:timers/promises'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify'
import type { Config } from './config.ts'
import { countedLog } from './counted-log.ts'
import { type Database, isPassing } from './database/connection.ts'
import type { Keys } from './database/key-folder.ts'
import { type MailDatabase, noMailDatabase, openMailDatabase } from './database/mail-connection.ts'
import { type ReadDatabase, whenFree } from './database/patience.ts'
import { followReadiness } from './database/readiness.ts'
import { prepareFindInvitation } from './invitation/store.ts'
import { type Log, silentLog } from './log.ts'
import { mailKeys } from './mail/mail-keys.ts'
import type { MailOffice } from './mail/mail-office.ts'
import { recipientOf } from './mail/opt-out.ts'
import { optOutRoutes } from './mail/opt-out-routes.ts'
import { queueStaffMail } from './mail/queueing.ts'
import { recordOptOut } from './mail/store.ts'
import { followNotices } from './notice/follow-notices.ts'
import { noticeRoutes } from './notice/notice-routes.ts'
import { makeNoticePages } from './notice/pages.ts'
import { listMunicipalityNotices, municipalityOf } from './notice/store.ts'
import { loadRecordings } from './response/audio.ts'
import { entryRoutes } from './response/entry-routes.ts'
import { followOffered } from './response/offered.ts'
import { publicRoutes } from './response/public-routes.ts'
import { questionnaireRoutes } from './response/questionnaire-routes.ts'
import {
  type Commit,
  prepareCommit,
  prepareFindPublicKey,
  prepareRecordResponse,
  type RecordResponse,
} from './response/store.ts'
import { visitCookie } from './response/visit-cookie.ts'
import { limitWrongCodes } from './response/wrong-codes.ts'
import { listRounds } from './round/store.ts'
import { newToken } from './sign-in/secrets.ts'
import type { SendMail } from './staff/context.ts'
import { staffApp } from './staff-app.ts'
import { limitDeliveries } from './tablet/deliveries.ts'
import { tabletRoutes } from './tablet/tablet-routes.ts'
import { assetsFolder, loadAssetAddresses, readAsset } from './web/assets.ts'
import { type Door, serverWithDoor, watchDoor } from './web/door.ts'
import { addErrorPages, type ErrorPages } from './web/error-pages.ts'
import { healthRoutes } from './web/health-routes.ts'
import { type Languages, loadLanguages } from './web/languages.ts'
import { noteLostCookies } from './web/lost-cookies.ts'
import { noteAddresses } from './web/near-addresses.ts'
import { trustOf } from './web/network.ts'
import { onlyHttps, refuseForeignForms, sayOnlyHttps, securityHeaders } from './web/security.ts'
import { makeRenderPage } from './web/views.ts'

export interface AppOptions {
  config: Config
  db: Database
  /** Addresses and outgoing mail; without it, in memory; `off` where the file cannot be used. */
  mailDb?: MailDatabase | 'off'
  keys: Keys
  /** Is given what it takes to send mail, once the service is ready; what it returns is called before the databases close. */
  startMail?: (office: MailOffice) => () => Promise<void>
  languages?: Languages
  clock?: () => Date
  /** Without it nothing is logged. */
  log?: Log
  /** Where a transaction of answers is carried out; without it on this thread. */
  commit?: Commit
  /** The token of the link that makes the first administrator. */
  setUpToken?: string
  /** Is told of every route: for the list of them, and for the test that walks them all. */
  eachRoute?: (route: RouteOptions) => void
  /** How an answer is stored; the benchmark measures others beside the real one. */
  recordResponse?: RecordResponse
  /** Sends letters of the service to staff; without it none are sent, and the pages say so. */
  sendMail?: SendMail
  /** Says when there is no room for anybody more; without it the event loop does. */
  door?: Door
}

/** So long a request may take to arrive, with its body. A file of 5 MB comes in a minute and a half over 0.5 Mbit/s. */
const mostRequestMs = 120_000

/** Assembles the whole service. A request passes through it from top to bottom. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, db, keys, languages = loadLanguages(), clock = () => new Date() } = options
  const { log = silentLog } = options
  const hasMail = options.mailDb !== 'off'
  const mailDb = options.mailDb === 'off' ? noMailDatabase() : (options.mailDb ?? openMailDatabase(':memory:'))
  const { door = watchDoor() } = options
  let errors: () => ErrorPages | undefined = () => undefined
  const app: FastifyInstance = Fastify({
    serverFactory: serverWithDoor(door, () => errors()),
    trustProxy: config.trustedProxies.length > 0 ? trustOf(config.trustedProxies) : false,
    bodyLimit: 16 * 1024,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => app.errorHandler(error, request, reply),
    requestTimeout: mostRequestMs,
    clientErrorHandler(error, socket) {
      const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request'
      if (socket.writable) socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      socket.destroySoon() // only ended, it would stand open until the other side closes too
    },
  })
  app.addHook('onClose', async () => {
    db.$client.close()
    if (hasMail) mailDb.$client.close()
  })
  const isSecure = config.publicUrl.startsWith('https:')
  if (options.eachRoute) app.addHook('onRoute', options.eachRoute)
  const addresses = noteAddresses(app)

  app.removeAllContentTypeParsers()
  await app.register(formbody, { bodyLimit: 16 * 1024 })
  await app.register(cookie, { hook: false }) // parsed only where a visit is asked for
  refuseForeignForms(app)
  if (isSecure) sayOnlyHttps(app)
  const render = await makeRenderPage(app, languages, isSecure ? onlyHttps : {})

  const responses = prepareRecordResponse(db, config.patienceMs, options.commit ?? prepareCommit(db, clock))
  const readiness = followReadiness({ client: db.$client, between: responses.between, clock })
  const recordResponse = readiness.follow(options.recordResponse ?? responses)
  const between = <T>(work: () => T | Promise<T>) => whenFree(() => responses.between(work), config.patienceMs)
  const read: ReadDatabase = between
  /** Staff give way to those who answer before each of their steps, however many they take. */
  const afterOthers: typeof between = async (work) => {
    await letOthersIn()
    return between(work)
  }

  const recordings = loadRecordings(config.audioDir)
  const assets = loadAssetAddresses()
  const offered = await followOffered({
    ...{ languages, render, assets, findRecording: recordings.find, settings: config.notice },
    publicUrl: config.publicUrl,
    listRounds: () => between(() => listRounds(db)),
  })
  errors = () => offered.now().errors
  const responsible = await followNotices(() => between(() => listMunicipalityNotices(db)))
  const lookAtOffered = async () => {
    await Promise.all([offered.look(), responsible.look()]).catch((error) =>
      log.error({ code: error.code }, 'the rounds could not be read'),
    )
  }
  const looking = setInterval(lookAtOffered, 30_000).unref()
  app.addHook('preClose', async () => clearInterval(looking))
  const pages = () => offered.now().survey
  const troubles = countedLog(log)
  app.addHook('preClose', async () => troubles.close())
  addErrorPages(app, { errors: () => offered.now().errors, isPassing, findMeant: addresses.findMeant, troubles })

  await app.register(fastifyStatic, {
    root: assetsFolder,
    prefix: '/assets/',
    index: false,
    wildcard: false,
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    setHeaders: (reply) => {
      reply.headers(securityHeaders)
    },
  })

  const noteLostCookie = noteLostCookies(config.publicUrl, log)
  const visits = visitCookie(app, { key: keys.visitKey, isSecure, maxAgeSeconds: config.visit.maxAgeSeconds, clock })

  await app.register(healthRoutes, { whyNotReady: readiness.why, off: hasMail ? [] : ['mail'] })
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
    municipalityOf: (stratumId) => between(() => municipalityOf(db, stratumId)),
  })
  await app.register(publicRoutes, { pages, languages, recordings: recordings.all })
  await app.register(entryRoutes, {
    pages,
    languages,
    visits,
    findInvitation: readiness.follow(prepareFindInvitation(db, keys.codePepper, read)),
    spentPepper: keys.spentPepper,
    wrongCodes: limitWrongCodes(config.wrongCodesPerHour),
    door,
    errors: () => offered.now().errors,
  })
  await app.register(questionnaireRoutes, {
    pages,
    languages,
    visits,
    findPublicKey: prepareFindPublicKey(db, read),
    recordResponse,
    noteLostCookie,
    troubles,
  })
  await app.register(tabletRoutes, {
    db,
    between,
    recordResponse,
    pages: () => offered.now().tablet(),
    languages,
    assets,
    worker: readAsset('tablet-worker.js'),
    settings: config.tablet,
    deliveries: limitDeliveries(60),
    async municipalityAt(stratumId) {
      const code = await between(() => municipalityOf(db, stratumId))
      const { name, responsible: named } = responsible.now().find((one) => one.code === code)!
      return { name, responsible: named }
    },
    clock,
    troubles,
  })
  await app.register(optOutRoutes, {
    languages,
    render: (view, language, data) => offered.now().render(view, language, data),
    isOurs: (token) => recipientOf(mailKeys(keys.staffKey), token) !== undefined,
    async optOut(token) {
      const recipientId = recipientOf(mailKeys(keys.staffKey), token)
      if (recipientId) await between(() => recordOptOut(mailDb, recipientId))
    },
  })
  const mail: MailOffice = {
    db,
    mailDb,
    keys,
    languages,
    publicUrl: config.publicUrl,
    from: config.mail.from,
    server: {},
    between: afterOthers,
  }
  let stopMail: (() => Promise<void>) | undefined
  app.addHook('onReady', async () => {
    stopMail = options.startMail?.(mail)
  })
  app.addHook('preClose', async () => stopMail?.())

  const { setUpToken = newToken() } = options
  const canSend = hasMail && config.mail.smtpUrl !== undefined
  const queue: SendMail = (message) => queueStaffMail({ mailDb, keys, between: afterOthers }, message, clock())
  const { sendMail = canSend ? queue : undefined } = options
  const staff = {
    db,
    mail,
    hasMail,
    between: afterOthers,
    keys,
    config,
    languages,
    clock,
    log,
    troubles,
    recordResponse,
    sendMail,
    render,
    setUpToken,
    lookAtOffered,
    addresses,
    noteLostCookie,
  }
  await app.register(staffApp, { ...staff, prefix: '/staff' })
  addresses.leadToForms(app)
  return app
}
