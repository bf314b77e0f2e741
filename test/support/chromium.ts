import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'

/** The Chromium the stories run in: CHROMIUM_PATH, one on the path, or Playwright's own; `undefined` when there is none. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH
  if (named) return existsSync(named) ? named : undefined

  const found = onPath('chromium', 'chromium-browser')
  if (found) return found
  try {
    return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined
  } catch {
    return undefined
  }
}

/**
 * The same browser without a window, as Debian has it beside the whole one: for what it shows it takes half of the processor. A profile's
 * own settings, such as whether pages may keep anything, it does not know.
 */
const findShell = () => (process.env.CHROMIUM_PATH ? undefined : onPath('chromium-headless-shell'))

function onPath(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file))
}

export const hasChromium = findChromium() !== undefined

const args = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

/** Half a minute, which is how long pages are waited for otherwise, was too little on a busy machine: it is a guard, and tells nothing. */
const patienceMs = 120_000

export async function launchChromium(more: string[] = []): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: findShell() ?? findChromium(), args: [...args, ...more] })
  const open = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await open(options)
    context.setDefaultTimeout(patienceMs)
    return context
  }
  return browser
}

/** A browser with a profile of its own on the disk, which outlives it. */
export async function launchProfile(
  folder: string,
  { args: more = [], ...options }: BrowserContextOptions & { args?: string[] },
): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: findChromium(),
    ...options,
    args: [...args, ...more],
  })
  context.setDefaultTimeout(patienceMs)
  return context
}

/** Closes a browser's context; what a test does to a request may still be under way then, and fails nobody any more. */
export async function closeContext(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })))
  await context.close()
}
