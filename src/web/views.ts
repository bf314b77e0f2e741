import fastifyView from '@fastify/view'
import { Eta } from 'eta'
import type { FastifyInstance } from 'fastify'
import type { Language, Languages } from '../language/languages.ts'
import { partsOf } from '../language/swedish-words.ts'
import { inProject } from '../project-folder.ts'
import { addressPieces } from '../text/address-pieces.ts'
import { escaped } from '../text/escaped.ts'
import { loadAssetAddresses } from './assets.ts'
import { ReadyPage } from './page.ts'

export const viewsFolder = inProject('views')

/** Keeps each view once it is compiled, for as long as the process runs. */
const eta = new Eta({ views: viewsFolder, cache: true, autoTrim: [false, 'nl'] })

/** What every view has: the texts of its language, the languages in its menu, and where the assets lie. */
export interface EveryPage extends ReturnType<typeof textsOf> {
  language: Language
  languages: readonly Language[]
  assets: Record<string, string>
}

/** What is put into a text. */
export type Values = Record<string, string | number>

/** Views by their path under `views`, each with what it is given beside what every page has; `views.ts` in a folder of pages says it. */
export type AnyViews = Record<string, Record<string, unknown>>

/** `Data`, as long as a view that is given `Given` knows every name in it, also of what is spread. */
export type Only<Given, Data> = Data & { [Name in Exclude<NameIn<Data>, NameIn<Given>>]: ToNoView }
type NameIn<Data> = Data extends unknown ? keyof Data : never
interface ToNoView {
  theViewKnowsNoSuchName: true
}

/** Renders a view in a language. The view is handed texts and plain data, and asks for nothing itself; all languages stand in its menu unless `data` says which. */
export type RenderPage<Views> = <View extends keyof Views, Data extends Views[View]>(
  view: View,
  language: Language,
  data: Only<Views[View], Data>,
) => Promise<ReadyPage>

/**
 * Makes the one way in which pages come to be: Eta, the layout, and the texts of a language.
 * The view plugin stays in a corner of its own, so that it runs at no request.
 * @param headers are sent with every page, beside those that each has.
 */
export async function makeRenderPage(
  app: FastifyInstance,
  languages: Languages,
  headers: Record<string, string> = {},
): Promise<RenderPage<AnyViews>> {
  let renderView!: FastifyInstance['view']
  await app.register(async (corner) => {
    await corner.register(fastifyView, {
      engine: { eta },
      root: viewsFolder,
      viewExt: 'eta',
      production: true, // without it the plugin has every view read and compiled anew for every page
    })
    renderView = corner.view
  })
  const assets = loadAssetAddresses()
  const texts = new Map(languages.all.map((language) => [language, textsOf(languages, language)]))

  return async (view: string, language: Language, data: Record<string, unknown>) => {
    const shared = { ...texts.get(language), language, assets }
    refuseHidden(view, data, shared)
    const html = await renderView(view, { languages: languages.all, ...data, ...shared })
    return new ReadyPage(html as unknown as string, language.code, headers)
  }
}

/**
 * What a page is given under a name that every page has would be hidden, and the page would show something else.
 * @throws Error that names them: a defect, which the first request finds.
 */
export function refuseHidden(view: string, data: object, shared: object): void {
  const hidden = Object.keys(data).filter((name) => Object.hasOwn(shared, name))
  if (hidden.length > 0) throw new Error(`What every page has hides this of ${view}: ${hidden.join(', ')}`)
}

/** The texts of a language as a view shows them; the only way in which one gets texts of a language beside its own, too. */
export function textsOf(languages: Languages, language: Language) {
  const number = new Intl.NumberFormat(language.intl)
  return {
    /** Plain text, for attributes and titles; Swedish words lose their mark. */
    t: (key: string, values?: Values) => plainText(languages.text(language, key, values)),
    /** The same as HTML, with Swedish words marked as Swedish. */
    html: (key: string, values?: Values) => markSwedish(languages.text(language, key, values)),
    /** A contact of somebody as HTML; long addresses in it break at their signs. */
    address: breakable,
    number: (value: number) => number.format(value),
  }
}

/** A text as HTML: escaped, its Swedish words marked as Swedish and isolated, and held together with what ends their sentence. */
export function markSwedish(text: string): string {
  let end = ''
  return partsOf(text)
    .map((part, at, all) => {
      if (!part.sv) return breakable(part.text.slice(end.length))
      const next = all[at + 1]
      end = next && !next.sv ? closing.exec(next.text)![0] : ''
      const name = isLong(part.text)
      const marked = `<bdi lang="sv" dir="ltr"${name ? ' class="name"' : ''}>${escaped(part.text)}</bdi>${escaped(end)}`
      return end && !name ? `<span class="held">${marked}</span>` : marked
    })
    .join('')
}

/** Long names wrap like other words; what has brackets, or few words, stays on one line. */
const isLong = (text: string) => /^[^(]\S*(?: \S+){2}/.test(text)

/** Signs that must not begin a line, in the scripts of the eight languages. */
const closing = /^[.,:;!?…»”’)،؛؟።፣]*/

const breakable = (text: string) => addressPieces(text).map(escaped).join('<wbr>')

export function plainText(text: string): string {
  return text.replace(/<\/?sv>/g, '')
}
