import { createHash } from 'node:crypto'

import { setImmediate as letOthersIn } from 'node:timers/promises'
import type { Languages } from '../../language/languages.ts'
import { questions } from '../../questionnaire/questions.ts'
import { stepsOf } from '../../questionnaire/steps.ts'
import { registerOf, targetGroups } from '../../questionnaire/target-groups.ts'
import type { ReadyPage } from '../../web/page.ts'
import type { RenderPage } from '../../web/views.ts'
import type { Views } from './views.ts'

/** The languages of the staff corner. */
export const staffLanguages = ['sv', 'en'] as const

/** All pages of the tablet by their address. The service worker keeps every one, so that all works without a network. */
export type TabletScreens = Map<string, ReadyPage>

export interface TabletPages {
  screens: TabletScreens
  provisions: ReturnType<typeof provisionsOf>
}

/** The tablet's pages, rendered when the first tablet comes: a service without tablets need not hold them. */
export function tabletPages(
  render: RenderPage<Views>,
  languages: Languages,
  offered: Languages,
  assets: Record<string, string>,
): () => Promise<TabletPages> {
  return once(async () => {
    const screens = await makeTabletScreens(render, languages, offered)
    return { screens, provisions: provisionsOf(screens, offered, assets) }
  })
}

/** Where the tablet's pages are. */
export function screenAddresses(languages: Languages): string[] {
  return [
    '/tablet/',
    ...languages.all.map(({ code }) => `/tablet/session/${code}`),
    ...staffLanguages.map((code) => `/tablet/staff/${code}`),
  ]
}

/**
 * Renders the tablet's one page, a person's visit in every language for every group (a wall that was loaded before may lead to
 * one that is not offered any more), and the staff corner. Questions are read aloud by the device's own voice: recordings would
 * have to be fetched, and each would tell the network what is asked just now.
 */
async function makeTabletScreens(
  render: RenderPage<Views>,
  languages: Languages,
  offered: Languages,
): Promise<TabletScreens> {
  const screens: TabletScreens = new Map()
  const closed = offered.all.map((language) => ({
    language,
    text: languages.text(language, 'response.closed.heading'),
  }))
  screens.set('/tablet/', await render('tablet/shell', languages.find('sv')!, { closed }))
  for (const language of languages.all) {
    await letOthersIn()
    const groups = targetGroups.map((group) => ({
      group,
      register: registerOf(group),
      steps: stepsOf(language, group),
    }))
    const page = await render('tablet/session', language, { groups, total: questions.length })
    screens.set(`/tablet/session/${language.code}`, page)
  }
  for (const code of staffLanguages)
    screens.set(`/tablet/staff/${code}`, await render('tablet/staff', languages.find(code)!, { groups: targetGroups }))
  return screens
}

/** What a tablet must have to work without a network in the languages that are offered, and a version that changes with any of it. */
function provisionsOf(screens: TabletScreens, offered: Languages, assets: Record<string, string>) {
  const names = /^(tablet\.(css|js)|(ethiopic|arabic)-\d+\.woff2|names\.woff2|icon.*)$/
  const addresses = Object.entries(assets).flatMap(([name, address]) => (names.test(name) ? [address] : []))
  const hash = createHash('sha256')
  const kept = screenAddresses(offered)
  for (const address of kept) hash.update(address).update(screens.get(address)!.body)
  for (const address of addresses) hash.update(address)
  return {
    version: hash.digest('hex').slice(0, 16),
    addresses: [...kept, ...addresses, '/tablet/manifest.webmanifest'],
  }
}

/** Makes something at the first call, and gives the same ever after. What failed is tried again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make().catch((error) => {
      made = undefined
      throw error
    })
    return made
  }
}
