import { readdirSync } from 'node:fs'
import ts from 'typescript'
import { inProject } from '../../src/project-folder.ts'
import { codeOf } from './code.ts'

const pages = inProject('src/pages')
const fileOf = (view: string) => `${inProject('views')}/${view}.eta.ts`
const common = `${pages}/all-views.ts`

/** Every `views.ts` in a folder of pages. */
const typeFiles = () =>
  readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /(^|\/)views\.ts$/.test(file))
    .sort()

/** What stands before the code of a view, on its first line: what it is given, and what it can call. */
const headOf = (view: string) =>
  `import type { Include, It, Layout } from '${common}'; declare const it: It<'${view}'>; declare const include: Include; ` +
  `declare const layout: Layout<typeof it>; declare const _: (shown: string | number) => void; {`

/** All types of views in one, those of their own kind, and how views are handed on. */
function commonTypes(handed: string[]): string {
  const files = typeFiles()
  return `${files.map((file, at) => `import type { Views as Views${at} } from './${file}'`).join('\n')}
import type { EveryStaffPage } from './staff/staff-page.ts'
import type { ToldByOperator } from '../notice/operator.ts'
import type { EveryPage as OfAll } from '../web/views.ts'
export interface All extends ${files.map((_, at) => `Views${at}`).join(', ')} {}
export type OfStaff = EveryStaffPage
export type OfPublic = OfAll & ToldByOperator
type EveryPage<View> = View extends \`staff/\${string}\` ? OfStaff : OfPublic
export type It<View extends keyof All> = View extends ${handed.map((view) => `'${view}'`).join(' | ')} ? All[View] : EveryPage<View> & All[View]
export type Include = <View extends keyof All>(view: \`/\${View}\`, ...data: object extends All[View] ? [] : [All[View]]) => string
export type Layout<It> = <View extends keyof All>(view: \`/\${View}\`, data: Omit<All[View], 'body' | keyof It> & Partial<All[View]>) => void
`
}

/** Views as TypeScript knows them; nothing is written. */
export interface ViewProgram {
  /** Views that have another type in another file. */
  clashes: string[]
  /** What is wrong with its code. `at` is a place in the view. */
  diagnosticsOf(view: string): { at: number; message: string }[]
  /** What each view with a type is given, by name. */
  given: Map<string, Set<string>>
  /** Whether every page of its kind has a name. */
  isOfEveryPage: (view: string, name: string) => boolean
}

/**
 * Puts the code of the views together with the types of what they are given.
 * @param handed the views that are included, or are layouts: they are given what their type says and nothing beside
 */
export function makeProgram(views: ReadonlyMap<string, string>, handed: string[]): ViewProgram {
  const files = new Map([[common, commonTypes(handed)]])
  for (const [view, text] of views) files.set(fileOf(view), `${headOf(view)}${codeOf(text)}\n}`)
  const { config } = ts.readConfigFile(inProject('tsconfig.json'), ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, inProject('.'))
  Object.assign(options, {
    noImplicitAny: false,
    noUncheckedIndexedAccess: false,
    rewriteRelativeImportExtensions: false,
  })
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (file) => files.has(file) || fileExists(file)
  host.readFile = (file) => files.get(file) ?? readFile(file)
  host.getSourceFile = (file, target, ...more) =>
    files.has(file) ? ts.createSourceFile(file, files.get(file)!, target, true) : getSourceFile(file, target, ...more)
  const program = ts.createProgram([...files.keys()], options, host)
  const sourceOf = (view: string) => program.getSourceFile(fileOf(view))!
  return {
    clashes: program
      .getSemanticDiagnostics(program.getSourceFile(common))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
    diagnosticsOf: (view) =>
      [
        ...program.getSyntacticDiagnostics(sourceOf(view)),
        ...program.getSemanticDiagnostics(sourceOf(view)),
        ...untyped(sourceOf(view), program.getTypeChecker()),
      ].map(({ start = 0, messageText }) => ({
        at: start - headOf(view).length,
        message: ts.flattenDiagnosticMessageText(messageText, ' '),
      })),
    ...givenIn(program),
  }
}

/**
 * What a view reaches through something of no type, where nobody would see a misspelt name: the parameters of its own small functions, for
 * a template has no place to write their types. A text may be handed to one, and anything to a callback, whose types are known.
 */
function untyped(view: ts.SourceFile, checker: ts.TypeChecker): { start: number; messageText: string }[] {
  const found: ts.Node[] = []
  const isUntyped = (node: ts.Node) => (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0
  const visit = (node: ts.Node): void => {
    const isReaching = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
    if (isReaching ? isUntyped(node.expression) : ts.isBindingElement(node) && isUntyped(node)) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(view)
  return found.map((node) => ({ start: node.getStart(), messageText: `'${node.getText()}' is of no type` }))
}

function givenIn(program: ts.Program): Pick<ViewProgram, 'given' | 'isOfEveryPage'> {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(common)!
  const typeOf = (name: string) => {
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!)
    return checker.getDeclaredTypeOfSymbol(exported.find((each) => each.name === name)!)
  }
  const namesOf = (type: ts.Type): string[] =>
    type.isUnion() ? type.types.flatMap(namesOf) : checker.getPropertiesOfType(type).map(({ name }) => name)
  const [ofStaff, ofPublic] = [namesOf(typeOf('OfStaff')), namesOf(typeOf('OfPublic'))]
  const views = checker.getPropertiesOfType(typeOf('All'))
  return {
    given: new Map(views.map((view) => [view.name, new Set(namesOf(checker.getTypeOfSymbol(view)))])),
    isOfEveryPage: (view, name) => (isOfStaff(view) ? ofStaff : ofPublic).includes(name),
  }
}

const isOfStaff = (view: string) => view.startsWith('staff/')
