import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { startMailServer } from '../../mail/mail-server.ts'
import { launchChromium, launchProfile } from '../../support/chromium.ts'
import { layCable } from '../../support/waiting-room.ts'
import { host, install } from './installation.ts'
import { startProxy } from './proxy.ts'

/** Long enough for a machine on which everything else runs too: what does not come is found out anyhow. */
const patienceMs = 60_000

/** The service in production behind its proxy, a mail server, people's browsers, and a tablet at the end of a cable. */
export async function buildTown() {
  const mail = await startMailServer()
  const machine = await install(mail.url)
  const proxy = await startProxy(host, machine.port)
  const cable = await layCable()
  cable.plugInto(proxy.port)
  cable.putBack()
  const args = (port: number) => [
    `--host-resolver-rules=MAP ${host}:443 127.0.0.1:${port}`,
    `--ignore-certificate-errors-spki-list=${proxy.fingerprint}`,
  ]
  const browser = await launchChromium(args(proxy.port))
  const tablets: BrowserContext[] = []

  return {
    mail,
    machine,
    cable,
    /** Somebody's own browser; nothing in it is shared with anybody else's. */
    async person(options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext({
        ...{ viewport: { width: 390, height: 800 }, locale: 'sv-SE' },
        ...options,
      })
      context.setDefaultTimeout(patienceMs)
      return context.newPage()
    },
    /** A tablet, which keeps what it keeps on its own disk. */
    async tablet(): Promise<Page> {
      const context = await launchProfile(machine.path('tablet'), {
        ...{ viewport: { width: 600, height: 960 }, hasTouch: true, locale: 'sv-SE' },
        args: args(Number(new URL(cable.url).port)),
      })
      context.setDefaultTimeout(patienceMs)
      tablets.push(context)
      return context.pages()[0] ?? context.newPage()
    },
    async leave() {
      await Promise.all(tablets.map((context) => context.close().catch(() => {})))
      await browser.close()
      cable.close()
      proxy.close()
      await mail.close()
      await machine.leave()
    },
  }
}

export type Town = Awaited<ReturnType<typeof buildTown>>
