import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { fingerprint } from '../../src/crypto/secrets.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import type { TargetGroup } from '../../src/questionnaire/target-groups.ts'
import { ballotsOf } from '../../src/results/store.ts'
import { enrolmentAddress, hashPin, newEnrolmentToken } from '../../src/tablet/secrets.ts'
import { inviteTablet, listTablets } from '../../src/tablet/store.ts'
import { closeContext, launchProfile } from './chromium.ts'
import { freePort } from './free-port.ts'
import { openUrnOf } from './open-urn.ts'
import { openRound, type Service, type ServiceOptions, startService, type TestRound } from './service.ts'
import { countersOf } from './tablet-counters.ts'

/** A network cable between a tablet and the service: it can be pulled out, also in the middle of something. */
export interface Cable {
  url: string
  plugInto(port: number): void
  pullOut(): void
  putBack(): void
}

/** Lays one, which is not plugged into anything yet. */
export async function layCable(): Promise<Cable & { close(): void }> {
  const port = await freePort()
  const sockets = new Set<Socket>()
  let target = 0
  let server: Server | undefined
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
    return socket
  }
  const putBack = () => {
    server ??= createServer((near) => {
      const far = track(createConnection(target, '127.0.0.1'))
      track(near).pipe(far).pipe(near)
      near.on('close', () => far.destroy())
      far.on('close', () => near.destroy())
    }).listen(port, '127.0.0.1')
  }
  const pullOut = () => {
    server?.close()
    server = undefined
    for (const socket of sockets) socket.destroy()
  }
  const plugInto = (port: number) => {
    target = port
  }
  return { url: `http://127.0.0.1:${port}`, plugInto, pullOut, putBack, close: pullOut }
}

export interface WaitingRoomOptions extends ServiceOptions {
  groups?: TargetGroup[]
  quota?: number
}

/** A listening service with an open round, a cable to it, and tablets that are real browsers with profiles of their own. */
export async function openWaitingRoom({ groups = ['youth'], quota = 1000, ...options }: WaitingRoomOptions = {}) {
  const cable = await layCable()
  const settings = { PUBLIC_URL: cable.url, TABLET_CONTACT_SECONDS: '1', ...options.settings }
  const service: Service = await startService({ now: new Date().toISOString(), ...options, settings })
  const round: TestRound = await openRound(service.db)
  await service.app.listen({ port: 0, host: '127.0.0.1' })
  cable.plugInto((service.app.server.address() as { port: number }).port)
  cable.putBack()
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-tablet-'))
  const contexts = new Set<BrowserContext>()
  const profileOf = (name: string) => join(folder, name)

  return {
    service,
    /** Where a tablet keeps what it keeps. */
    profileOf,
    round,
    cable,
    /** A one-time link, as staff make it. */
    async invite(pin = '123456', name = 'Reception 1') {
      const token = newEnrolmentToken()
      const id = await inviteTablet(service.db, {
        name,
        strata: groups.map((group) => round.strata[group]),
        enrolmentTag: fingerprint(token),
        enrolUntil: new Date(service.clock.now.getTime() + 3_600_000),
        pin: hashPin(pin),
        dailyQuota: quota,
      })
      return { id, url: enrolmentAddress(cable.url, token) }
    },
    /** A tablet's browser; the same name has the same storage. */
    async switchOn(name = 'tablet', viewport = { width: 600, height: 960 }) {
      const profile = profileOf(name)
      const context = await launchProfile(profile, { viewport, hasTouch: true, locale: 'sv-SE' })
      contexts.add(context)
      const page = context.pages()[0] ?? (await context.newPage())
      return {
        page,
        profile,
        /** As when the battery dies: nothing is closed, nothing is told. */
        async kill() {
          contexts.delete(context)
          try {
            execFileSync('pkill', ['-9', '-f', profile])
          } catch {
            // nothing of it runs any more
          }
          await context.close().catch(() => {})
        },
        close: () => {
          contexts.delete(context)
          return closeContext(context)
        },
      }
    },
    /** As staff see them, and with their true counters. */
    async tablets() {
      const seen = await listTablets(service.db, round.id)
      return Promise.all(seen.map(async (tablet) => ({ ...tablet, ...(await countersOf(service.db, tablet.id)) })))
    },
    opened: () => openUrnOf(ballotsOf(service.db, round.id), round.key),
    async close() {
      await Promise.all([...contexts].map((context) => closeContext(context).catch(() => {})))
      cable.close()
      await service.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type WaitingRoom = Awaited<ReturnType<typeof openWaitingRoom>>

/** Opens the one-time link and waits until everything is kept for days without a network. */
export async function enrol(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.locator('#wall').waitFor({ state: 'visible' })
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
}

/** Opens the staff corner from the wall, or from what stands in its place. */
export async function enterCorner(page: Page, pin: string): Promise<void> {
  await page.locator('.staff:visible').tap()
  await page.locator('#pin').fill(pin)
  await page.locator('.locked [type=submit]').tap()
  await page.locator('.unlocked').waitFor({ state: 'visible' })
}

/** From the wall into a visit; looks at its first screen, and at that with the languages unfolded. */
export async function lookAtIntro(page: Page, language: string, look: (what: string) => Promise<void>): Promise<void> {
  await page.goto(new URL('/tablet/', page.url()).href)
  await page.locator(`#wall [data-language="${language}"]`).tap()
  await page.locator('.intro').waitFor()
  await look(`${language}-intro`)
  await page.locator('.bar .languages summary').tap()
  await look(`${language}-languages`)
}

/** From the wall to the sending, by touch: chooses an option of each question named, and skips the others. */
export async function answerOnTablet(page: Page, language: string, choices: Record<string, string>): Promise<void> {
  await page.locator(`#wall [data-language="${language}"]`).tap()
  await page.locator('.intro .next').tap()
  for (const { id } of questions) {
    const question = page.locator(`.question[data-question=${id}]:visible`)
    const option = choices[id]
    if (option) await question.locator(`input[value="${option}"]`).tap()
    await question.locator('.next').tap()
  }
}

export async function sendOnTablet(page: Page): Promise<void> {
  await page.locator('.deliver').tap()
  await page.locator('.thanks').waitFor({ state: 'visible' })
}
