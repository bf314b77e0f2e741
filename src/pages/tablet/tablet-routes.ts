import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'
import { fingerprint } from '../../crypto/secrets.ts'
import { isPassing } from '../../database/connection.ts'
import type { Languages } from '../../language/languages.ts'
import { type CountedLog, countNotStored } from '../../log/counted-log.ts'
import type { Stores } from '../../stores.ts'
import { paddedReply } from '../../tablet/padding.ts'
import type { Device } from '../../tablet/tablet.ts'
import type { RecordResponse } from '../../urn/sealed-ballot.ts'
import { seeOther, sendPage } from '../../web/page.ts'
import { respondentHeaders } from '../../web/security.ts'
import type { Deliveries } from './deliveries.ts'
import { type Delivery, type DeliveryReply, deliverySchema, enrolmentSchema, pinOf } from './delivery.ts'
import { manifest } from './manifest.ts'
import { screenAddresses, type TabletPages } from './screens.ts'

export interface TabletOptions {
  tablets: Pick<Stores['tablet'], 'isKeyKnown' | 'isLinkKnown' | 'enrolTablet' | 'recordReport' | 'getDevice'>
  recordResponse: RecordResponse
  /** The tablet's pages in the languages that are offered now. */
  pages: () => Promise<TabletPages>
  languages: Languages
  assets: Record<string, string>
  /** The built service worker, which is told what to keep. */
  worker: string
  settings: Config['tablet']
  deliveries: Deliveries
  /** The municipality of a stratum, for the notice that the tablet shows without a network. */
  municipalityAt: (stratumId: string) => Promise<Device['municipality']>
  clock: () => Date
  troubles: CountedLog
}

/** The tablet in the waiting room: its pages, its enrolment, and the deliveries of sealed ballots. */
export async function tabletRoutes(app: FastifyInstance, options: TabletOptions): Promise<void> {
  const {
    tablets,
    recordResponse,
    pages,
    languages,
    assets,
    worker,
    settings,
    deliveries,
    municipalityAt,
    clock,
    troubles,
  } = options

  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: 64 * 1024 },
    app.getDefaultJsonParser('error', 'error'),
  )
  // Programs that encode the sign before a token put it into the path: it goes back to where no server sees it.
  app.get('/tablet/:wandered', async (request, reply) => {
    const { wandered } = request.params as { wandered: string }
    if (!wandered.startsWith('#')) return reply.callNotFound()
    return seeOther(reply, `/tablet/#${encodeURIComponent(wandered.slice(1))}`)
  })
  app.get('/tablet', async (_request, reply) => seeOther(reply, '/tablet/'))
  for (const address of screenAddresses(languages)) {
    app.get(address, async (request, reply) => sendPage(request, reply, (await pages()).screens.get(address)!))
  }

  app.get('/tablet/worker.js', async (_request, reply) =>
    reply
      .headers(respondentHeaders)
      .type('text/javascript')
      .send(`const provisions = ${JSON.stringify((await pages()).provisions)}\n${worker}`),
  )
  app.get('/tablet/manifest.webmanifest', async (_request, reply) =>
    reply.headers(respondentHeaders).type('application/manifest+json').send(manifest(languages, assets)),
  )

  app.post('/tablet/enrolment', { bodyLimit: 1024 }, async (request, reply) => {
    const { token, key } = enrolmentSchema.parse(request.body)
    const enrolmentTag = fingerprint(token)
    if (!(await tablets.isLinkKnown(enrolmentTag))) countStranger(request, reply)
    const keyTag = fingerprint(key)
    await deliveries.count(keyTag)
    const id = await tablets.enrolTablet({ enrolmentTag, keyTag, now: clock() })
    return send(reply, { device: await deviceOf(id) })
  })

  /** Their line is closed: one is let in in each turn of the event loop, so that many strangers make no turn long. */
  function countStranger(request: FastifyRequest, reply: FastifyReply): void {
    reply.header('connection', 'close')
    deliveries.countUnknown(request.ip)
  }

  /** Strangers are answered before anything of theirs is read, and nothing is written for them. */
  async function turnStrangersAway(request: FastifyRequest, reply: FastifyReply) {
    const keyTag = fingerprint(keyOf(request))
    if (await tablets.isKeyKnown(keyTag)) return deliveries.count(keyTag)
    countStranger(request, reply)
    return answer(reply, nobodys)
  }

  app.post('/tablet/delivery', { onRequest: turnStrangersAway }, async (request, reply) =>
    deliveries.takeIn(() => takeIn(request, reply)),
  )

  async function takeIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const delivery = deliverySchema.parse(request.body)
    const keyTag = fingerprint(keyOf(request))
    const tablet = await tablets.recordReport({ ...delivery, keyTag, now: clock() })
    if (!tablet) return answer(reply, nobodys)

    const own = delivery.ballots.filter(({ stratumId }) => tablet.strata.has(stratumId))
    const foreign = delivery.ballots.filter(({ stratumId }) => !tablet.strata.has(stratumId))
    const { id: tabletId, roundId } = tablet
    const outcomes = await Promise.all(
      own.map(({ id, ...ballot }) =>
        recordResponse({ ...ballot, ballotId: id, channel: 'tablet', roundId, tabletId }).catch(notStored),
      ),
    )
    const failed = outcomes.find((outcome) => outcome instanceof Error)
    if (failed && outcomes.every((outcome) => outcome instanceof Error)) throw failed
    const device = tablet.state === 'active' ? await deviceOf(tablet.id) : undefined
    const ids = (outcome: string) => idsOf(own.filter((_, index) => outcomes[index] === outcome))
    return answer(reply, {
      stored: ids('recorded'),
      refused: [...ids('closed'), ...idsOf(foreign)],
      state: device ? 'active' : 'gone',
      device,
    })
  }

  /** A ballot that could not be stored stays on its tablet, and holds up no other. */
  function notStored(error: Error): Error {
    countNotStored(troubles, error, isPassing(error))
    return error
  }

  async function deviceOf(id: string): Promise<Device> {
    const { publicKey, pin, ...device } = await tablets.getDevice(id)
    const { idle, contactSeconds } = settings
    const municipality = await municipalityAt(device.strata[0]!.id)
    return { ...device, municipality, publicKey: publicKey.toString('base64'), pin: pinOf(pin), idle, contactSeconds }
  }
}

function keyOf(request: FastifyRequest): string {
  return /^Bearer ([\w-]{43})$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
}

/** What a tablet hears whose key nobody has, or that was stolen. */
const nobodys: DeliveryReply = { stored: [], refused: [], state: 'gone' }

const idsOf = (ballots: Delivery['ballots']) => ballots.map(({ id }) => id.toString('base64'))

/** Answers a delivery at one length, and asks what is on the way not to compress it. */
function answer(reply: FastifyReply, told: DeliveryReply): FastifyReply {
  const headers = { ...respondentHeaders, 'cache-control': 'no-store, no-transform' }
  return reply.headers(headers).type('application/json; charset=utf-8').send(paddedReply(told))
}

function send(reply: FastifyReply, body: object): FastifyReply {
  return reply.headers(respondentHeaders).send(body)
}
