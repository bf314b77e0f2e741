import fastifyView from '@fastify/view'
import { Eta } from 'eta'
import type { FastifyInstance } from 'fastify'
import { inProject } from '../project-folder.ts'
import { loadAssetAddresses } from './assets.ts'
import type { Language, Languages } from './languages.ts'
import { ReadyPage } from './page.ts'
import { partsOf } from './swedish-words.ts'

export const viewsFolder = inProject('views')

/** Renders a view in a language. The view is handed texts and plain data, and asks for nothing itself; all languages stand in its menu unless `data` says which. */
export type RenderPage = (view: string, language: Language, data?: Record<string, unknown>) => Promise<ReadyPage>

/**
 * Makes the one way in which pages come to be: Eta, the layout, and the texts of a language.
 * The view plugin stays in a corner of its own, so that it runs at no request.
 * @param headers are sent with every page, beside those that each has.
 */
export async function makeRenderPage(
  app: FastifyInstance,
  languages: Languages,
  headers: Record<string, string> = {},
): Promise<RenderPage> {
  let renderView!: FastifyInstance['view']
  await app.register(async (corner) => {
    await corner.register(fastifyView, {
      engine: { eta: new Eta({ views: viewsFolder, cache: true, autoTrim: [false, 'nl'] }) },
      root: viewsFolder,
      viewExt: 'eta',
    })
    renderView = corner.view
  })
  const assets = loadAssetAddresses()
  const texts = new Map(languages.all.map((language) => [language, textsOf(languages, language)]))

  return async (view, language, data = {}) => {
    const html = await renderView(view, { languages: languages.all, ...data, ...texts.get(language), language, assets })
    return new ReadyPage(html as unknown as string, language.code, headers)
  }
}

/** The texts of a language as a view shows them; the only way in which one gets texts of a language beside its own, too. */
export function textsOf(languages: Languages, language: Language) {
  type Values = Record<string, string | number>
  const number = new Intl.NumberFormat(language.intl)
  return {
    /** Plain text, for attributes and titles; Swedish words lose their mark. */
    t: (key: string, values?: Values) => plainText(languages.text(language, key, values)),
    /** The same as HTML, with Swedish words marked as Swedish. */
    html: (key: string, values?: Values) => markSwedish(languages.text(language, key, values)),
    number: (value: number) => number.format(value),
  }
}

/** A text as HTML: escaped, its Swedish words marked as Swedish and isolated. */
export function markSwedish(text: string): string {
  const escaped = (part: string) => part.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
  return partsOf(text)
    .map(({ text, sv }) => (sv ? `<bdi lang="sv" dir="ltr">${escaped(text)}</bdi>` : escaped(text)))
    .join('')
}

export function plainText(text: string): string {
  return text.replace(/<\/?sv>/g, '')
}
