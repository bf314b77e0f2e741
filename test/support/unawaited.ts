import ts from 'typescript'

/** A place where something is taken for its answer that has not been waited for, or has not been asked at all. */
export interface Unawaited {
  file: string
  line: number
  text: string
  why: string
}

const deciding = new Set(['filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'sort', 'toSorted', 'forEach'])
const making = new Set(['map', 'flatMap'])
const converting = new Set(['Boolean', 'String', 'Number'])
const asking = new Set(['all', 'get', 'run', 'values'])

/**
 * Looks for promises, questions to the database that nobody asks, and steps of a transaction that nobody takes: as a statement, in a
 * condition, in a text, spread into an object, and as what a callback gives whose caller waits for nothing. A linter sees the first of these
 * and none of the others.
 * And for questions of a transaction that are asked past its steps: one engine answers them, the next will not have.
 */
export function findUnawaited(program: ts.Program, isOurs: (file: string) => boolean): Unawaited[] {
  const checker = program.getTypeChecker()
  const found: Unawaited[] = []

  const parts = (type: ts.Type) => (type.isUnion() ? type.types : [type])
  const isAnswerless = (type: ts.Type) => (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0
  const has = (name: string) => (type: ts.Type) => !isAnswerless(type) && type.getProperty(name) !== undefined
  const isSteps = (type: ts.Type) => parts(type).some((one) => has('next')(one) && has('throw')(one))
  /** An answer to a browser can be waited for, and need not be. */
  const isPromise = (type: ts.Type) => parts(type).some((one) => has('then')(one) && !has('sent')(one))
  const isWaiting = (type: ts.Type) => isPromise(type) || isSteps(type)
  /** Whether there is one at all may be asked. */
  const maybe = (type: ts.Type) =>
    parts(type).some(({ flags }) => (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) !== 0)

  function say(node: ts.Node, why: string) {
    const source = node.getSourceFile()
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
    found.push({ file: source.fileName, line: line + 1, text: node.getText(source).split('\n')[0]!.slice(0, 80), why })
  }

  function decides(node: ts.Expression | undefined) {
    if (!node) return
    const type = checker.getTypeAtLocation(node)
    if (isWaiting(type) && !maybe(type)) say(node, 'decides before there is an answer')
  }

  function look(node: ts.Node): void {
    if (ts.isExpressionStatement(node) && !isTakenCareOf(node.expression)) {
      if (isWaiting(checker.getTypeAtLocation(node.expression))) say(node, 'nobody waits for it')
    }
    if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) decides(node.expression)
    if (ts.isForStatement(node)) decides(node.condition)
    if (ts.isConditionalExpression(node)) decides(node.condition)
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) decides(node.operand)
    if (ts.isBinaryExpression(node) && /^(&&|\|\||\?\?)$/.test(node.operatorToken.getText())) decides(node.left)
    if (ts.isTemplateSpan(node) && !ts.isTaggedTemplateExpression(node.parent.parent)) decides(node.expression)
    if (ts.isSpreadAssignment(node) && isWaiting(checker.getTypeAtLocation(node.expression)))
      say(node, 'puts in nothing of the answer')
    if ((ts.isForOfStatement(node) && !node.awaitModifier) || ts.isSpreadElement(node)) {
      if (isSteps(checker.getTypeAtLocation(node.expression)) && isOfSteps(checker.getTypeAtLocation(node.expression)))
        say(node.expression, 'goes through questions, not answers')
    }
    if (ts.isCallExpression(node) && converting.has(node.expression.getText())) decides(node.arguments[0])
    if (ts.isCallExpression(node)) lookAtHandedIn(node)
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
      lookAtCallback(node, node.expression.name.text)
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && isAsked(node.expression)) {
      const isOfTransaction = isIn(rootOf(node), 'rollback') || isAmongSteps(node)
      if (isOfTransaction && !isStep(node)) say(node, 'is asked past the steps of its transaction')
    }
    ts.forEachChild(node, look)
  }

  function lookAtCallback(call: ts.CallExpression, name: string) {
    const [callback] = call.arguments
    if (!callback || !(deciding.has(name) || making.has(name))) return
    for (const signature of checker.getTypeAtLocation(callback).getCallSignatures()) {
      const type = signature.getReturnType()
      if (deciding.has(name) ? isWaiting(type) : isSteps(type)) say(callback, `${name} waits for nothing`)
    }
  }

  /** A function for somebody who takes nothing back: a timer, a listener. Who gives a promise back itself hears of its end. */
  function lookAtHandedIn(call: ts.CallExpression) {
    if (isWaiting(checker.getTypeAtLocation(call))) return
    const wanted = checker.getResolvedSignature(call)?.parameters ?? []
    for (const [index, given] of call.arguments.entries()) {
      const parameter = wanted[index]
      const taken = parameter && checker.getTypeOfSymbolAtLocation(parameter, call)
      const takes = taken ? parts(taken).flatMap((one) => one.getCallSignatures()) : []
      if (takes.length === 0 || !takes.every((one) => (one.getReturnType().flags & ts.TypeFlags.Void) !== 0)) continue
      const gives = checker.getTypeAtLocation(given).getCallSignatures()
      if (gives.some((one) => isWaiting(one.getReturnType()))) say(given, 'nobody waits for what it gives')
    }
  }

  const isIn = (node: ts.Node, name: string) => parts(checker.getTypeAtLocation(node)).some(has(name))

  /** Whether it is a question that goes to the database here: one that was built, one that was prepared, or a text. */
  function isAsked({ name, expression }: ts.PropertyAccessExpression): boolean {
    return (
      asking.has(name.text) && ['getSQL', 'getQuery', 'transaction', 'rollback'].some((one) => isIn(expression, one))
    )
  }

  /** What a chain of calls begins with: `tx` of `tx.select().from(units).all()`. */
  function rootOf(node: ts.Node): ts.Node {
    if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return rootOf(node.expression)
    return node
  }

  function isAmongSteps(node: ts.Node): boolean {
    for (let around = node.parent; around; around = around.parent) {
      if (!ts.isFunctionExpression(around) && !ts.isFunctionDeclaration(around) && !ts.isMethodDeclaration(around))
        continue
      const signature = around.asteriskToken && checker.getSignatureFromDeclaration(around)
      if (signature && isOfSteps(signature.getReturnType())) return true
    }
    return false
  }

  /** Generators of other things may be gone through. One that has no step yet gives nothing. */
  function isOfSteps(type: ts.Type): boolean {
    const [asked] = checker.getTypeArguments(type as ts.TypeReference)
    return asked !== undefined && (isAnswerless(asked) || (asked.flags & ts.TypeFlags.Never) !== 0)
  }

  for (const source of program.getSourceFiles()) if (isOurs(source.fileName)) look(source)
  return found
}

/** Whether it is what `step` is given, as it is: what is done with its answer comes after. */
function isStep({ parent }: ts.Node): boolean {
  if (ts.isParenthesizedExpression(parent) || ts.isConditionalExpression(parent)) return isStep(parent)
  return ts.isCallExpression(parent) && parent.expression.getText() === 'step'
}

/** Kept in something, said not to be waited for, or given somebody who hears of its end. */
function isTakenCareOf(node: ts.Expression): boolean {
  if (ts.isBinaryExpression(node)) return /^(\|\||&&|\?\?)?=$/.test(node.operatorToken.getText())
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return /^(then|catch)$/.test(node.expression.name.text)
  return ts.isVoidExpression(node)
}
