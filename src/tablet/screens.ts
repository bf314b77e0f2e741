import { createHash } from 'node:crypto'
import { questions } from '../questionnaire/questions.ts'
import { registerOf, targetGroups } from '../questionnaire/target-groups.ts'
import { stepsOf } from '../response/pages.ts'
import type { Languages } from '../web/languages.ts'
import type { ReadyPage } from '../web/page.ts'
import type { RenderPage } from '../web/views.ts'

/** The languages of the staff corner. */
export const staffLanguages = ['sv', 'en'] as const

/** All pages of the tablet by their address. The service worker keeps every one, so that all works without a network. */
export type TabletScreens = Map<string, ReadyPage>

/** Where the tablet's pages are. */
export function screenAddresses(languages: Languages): string[] {
  return [
    '/tablet/',
    ...languages.all.map(({ code }) => `/tablet/session/${code}`),
    ...staffLanguages.map((code) => `/tablet/staff/${code}`),
  ]
}

/**
 * Renders the tablet once: its one page, a person's visit in every language for every group, and the staff corner. Questions are
 * read aloud by the device's own voice: recordings would have to be fetched, and each would tell the network what is asked just now.
 */
export async function makeTabletScreens(render: RenderPage, languages: Languages): Promise<TabletScreens> {
  const screens: TabletScreens = new Map()
  const closed = languages.all.map((language) => ({
    language,
    text: languages.text(language, 'response.closed.heading'),
  }))
  screens.set('/tablet/', await render('tablet/shell', languages.find('sv')!, { closed }))
  for (const language of languages.all) {
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

/** What a tablet must have to work without a network, and a version that changes with any of it. */
export function provisionsOf(screens: TabletScreens, assets: Record<string, string>) {
  const names = /^(tablet\.(css|js)|(ethiopic|arabic)-\d+\.woff2|names\.woff2|icon.*)$/
  const addresses = Object.entries(assets).flatMap(([name, address]) => (names.test(name) ? [address] : []))
  const hash = createHash('sha256')
  for (const [address, page] of screens) hash.update(address).update(page.html)
  for (const address of addresses) hash.update(address)
  return {
    version: hash.digest('hex').slice(0, 16),
    addresses: [...screens.keys(), ...addresses, '/tablet/manifest.webmanifest'],
  }
}
