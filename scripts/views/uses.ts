import ts from 'typescript'
import { codeOf } from './code.ts'

/** What a view does with what it is given. */
export interface Uses {
  names: Set<string>
  handings: Handing[]
}

/** That a view includes others, or stands in a layout. */
export interface Handing {
  /** One of these. */
  to: string[]
  /** The names that are written there. */
  written: Set<string>
  /** Whether all that the view is given goes along. */
  isWhole: boolean
}

const isIt = (node: ts.Node | undefined): boolean => node !== undefined && ts.isIdentifier(node) && node.text === 'it'

/** What each of these views does. */
export const readUses = (views: ReadonlyMap<string, string>): Map<string, Uses> =>
  new Map([...views].map(([path, view]) => [path, usesOf(view)]))

function usesOf(view: string): Uses {
  const code = ts.createSourceFile('view.ts', codeOf(view), ts.ScriptTarget.Latest, true)
  const names = new Set<string>()
  const handings: Handing[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && isIt(node.expression)) names.add(node.name.text)
    if (ts.isVariableDeclaration(node) && isIt(node.initializer) && ts.isObjectBindingPattern(node.name))
      for (const { propertyName, name } of node.name.elements) names.add((propertyName ?? name).getText())
    if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      /^(include|layout)$/.test(node.expression.text)
    )
      handings.push(handingOf(node, node.expression.text === 'layout'))
    ts.forEachChild(node, visit)
  }
  visit(code)
  return { names, handings }
}

function handingOf({ arguments: [view, data] }: ts.CallExpression, isLayout: boolean): Handing {
  const properties = data && ts.isObjectLiteralExpression(data) ? [...data.properties] : []
  const written = new Set(properties.flatMap(({ name }) => (name ? [name.getText()] : [])))
  const isLiteral = data === undefined || ts.isObjectLiteralExpression(data)
  return { to: viewsIn(view!), written, isWhole: isLayout || !isLiteral || properties.some(ts.isSpreadAssignment) }
}

/** The paths that stand in an expression. */
function viewsIn(node: ts.Node): string[] {
  if (ts.isStringLiteral(node)) return node.text.startsWith('/') ? [node.text.slice(1)] : []
  const found: string[] = []
  ts.forEachChild(node, (child) => {
    found.push(...viewsIn(child))
  })
  return found
}

/** The names that a view uses, also by handing them on. */
export function allNames(views: ReadonlyMap<string, Uses>, view: string, path: string[] = []): Set<string> {
  const { names, handings } = views.get(view) ?? { names: [], handings: [] }
  const all = new Set(names)
  for (const { to, written, isWhole } of handings)
    for (const other of isWhole ? to.filter((each) => !path.includes(each)) : [])
      for (const name of allNames(views, other, [...path, view])) if (!written.has(name)) all.add(name)
  return all
}
