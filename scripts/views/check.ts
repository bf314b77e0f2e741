import { readdirSync, readFileSync } from 'node:fs'
import { inProject } from '../../src/project-folder.ts'
import { readViews } from './code.ts'
import { makeProgram, type ViewProgram } from './program.ts'
import { allNames, readUses, type Uses } from './uses.ts'

/**
 * What is wrong between views and the `views.ts` of their pages, each with its place: a name that a view is not given, or is given and
 * never uses; a part that is handed too little, or a name that it does not know; a view without a type, or that nobody shows.
 * @param planted views in place of those of the project, for a test
 */
export function checkViews(planted: ReadonlyMap<string, string> = new Map()): string[] {
  const texts = new Map([...readViews(), ...planted])
  const views = [...texts.keys()]
  const uses = readUses(texts)
  const handed = [...new Set([...uses.values()].flatMap(({ handings }) => handings.flatMap(({ to }) => to)))]
  const program = makeProgram(texts, handed)
  const { given } = program
  const typed = views.filter((view) => given.has(view))
  const misuses = typed.flatMap((view) =>
    program.diagnosticsOf(view).map(({ at, message }) => `${placeIn(view, texts.get(view)!, at)} ${message}`),
  )
  return [
    ...views.filter((view) => !given.has(view)).map((view) => `views/${view}.eta has no type in a views.ts`),
    ...[...given.keys()].filter((view) => !texts.has(view)).map((view) => `A views.ts has a type for ${view}, no view`),
    ...program.clashes,
    ...misuses,
    ...typed.flatMap((view) => unusedNames(view, uses, program)),
    ...unshown(views.filter((view) => !handed.includes(view))),
  ]
}

function placeIn(view: string, text: string, at: number): string {
  const before = text.slice(0, at).split('\n')
  return `views/${view}.eta:${before.length}:${before.at(-1)!.length + 1}`
}

function unusedNames(view: string, uses: ReadonlyMap<string, Uses>, { given, isOfEveryPage }: ViewProgram): string[] {
  const used = allNames(uses, view)
  const unused = [...given.get(view)!].filter((name) => !used.has(name) && !isOfEveryPage(view, name))
  return unused.map((name) => `views/${view}.eta is given '${name}' and never uses it`)
}

/** Views that no file of the service names. */
function unshown(views: string[]): string[] {
  const folder = inProject('src')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const texts = files
    .filter((file) => !file.endsWith('views.ts'))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
  const names = (view: string) => [`'${view}'`, `\`${view.replace(/[^/]*$/, '')}\${`]
  const isShown = (view: string) => texts.some((text) => names(view).some((name) => text.includes(name)))
  return views.filter((view) => !isShown(view)).map((view) => `views/${view}.eta is shown by nobody`)
}
