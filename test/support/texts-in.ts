import ts from 'typescript'

/** The texts that a source hands on, one after the other: of a template what stands between its values, each of which is a `?`. */
export function textsIn(source: string): string[] {
  const found: string[] = []
  const look = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && !ts.isImportDeclaration(node.parent)) found.push(node.text)
    if (ts.isTemplateExpression(node))
      found.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' ? '))
    ts.forEachChild(node, look)
  }
  look(ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true))
  return found
}
