import { readdirSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { textsIn } from './support/texts-in.ts'

const root = new URL('..', import.meta.url).pathname
const filesOf = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
const sources = filesOf('src')

/**
 * The rooms of the house, from the ground up: a room may use itself and those above it in this list, never one below. First the engine
 * rooms, which know no subject; then the subjects; then what is done across them; then the doors, of which none uses another.
 */
const rooms = [
  ...[
    'errors.ts',
    'project-folder.ts',
    'program-version.ts',
    'explain.ts',
    'text',
    'config.ts',
    'free-port.ts',
    'log',
    'memory',
    'time',
  ],
  ...['statistics', 'language', 'crypto', 'table', 'chart', 'web', 'database'],
  ...['questionnaire', 'round', 'organisation', 'people', 'audit', 'enrolment', 'notice', 'invitation', 'urn'],
  ...[
    'disclosure',
    'fieldwork',
    'results',
    'own-texts',
    'catalogue',
    'history',
    'mail',
    'print',
    'files',
    'paper',
    'tablet',
    'stores.ts',
  ],
  ...['actions', 'pages', 'app-options.ts', 'app.ts', 'serve.ts', 'main.ts', 'cli', 'cli.ts', 'demo', 'demo.ts'],
]
const roomOf = (file: string) => file.split('/')[1]!
const [firstSubject, lastSubject] = ['questionnaire', 'tablet'].map((room) => rooms.indexOf(room)) as [number, number]
const isIn =
  (...names: string[]) =>
  (file: string) =>
    names.includes(roomOf(file))
const isSubject = (file: string) => {
  const at = rooms.indexOf(roomOf(file))
  return at >= firstSubject && at <= lastSubject
}

/** Which door, or which part of the staff's, a file belongs to: `pages/staff/paper`; nothing for what the doors share. */
function doorOf(file: string): string | undefined {
  const [, room, door, part, name] = file.split('/')
  if (room !== 'pages' || part === undefined) return undefined
  return name === undefined ? `pages/${door}` : `pages/${door}/${part}`
}

/** Why a file must not import another of `src`; nothing where it may. Who is told `up` reaches for what stands on it. */
function isForbidden(from: string, to: string): boolean {
  const [its, others] = [rooms.indexOf(roomOf(from)), rooms.indexOf(roomOf(to))]
  if (its < 0 || others < 0 || others > its) return true
  const [door, other] = [doorOf(from), doorOf(to)]
  if (others !== its || door === undefined) return false
  return other === undefined || !(door === other || door.startsWith(`${other}/`))
}

const isStore = /(?:^|\/|-)store\.ts$|\/tables\.ts$/
const isThread = /-(?:thread|process)(?:-program)?\.ts$/
const isStart = isIn('main.ts', 'serve.ts', 'app.ts', 'cli', 'cli.ts', 'demo', 'demo.ts')

/** Those that write an answer, open the urn, tell a night, check the database, or see whether a stratum was ever used. */
const readsTheUrn = [
  /^src\/urn\//,
  /^src\/tablet\/(?:bring|held)-store\.ts$/,
  /^src\/results\/store\.ts$/,
  /^src\/fieldwork\/telling-store\.ts$/,
  /^src\/organisation\/unused-strata-store\.ts$/,
  /^src\/database\/backup\.ts$/,
]

const http = /^(fastify|@fastify\/.*)$/
const engine = /^(drizzle-orm.*|better-sqlite3)$/
const environment = /\bprocess\.env\b/

/** What tells who has answered, or how many have: asked for in words for the database, and as a name that is put into them. */
const secret = /\b(?:urn|urn_counts|spent|waiting_forms|held_ballots)\b(?!-)/i
const asksForSecrets = (text: string) =>
  secret.test(text) && /\b(?:select|from|join|into|update|delete|exists)\b/i.test(text)
const namesSecrets = (text: string) => secret.test(text) && /^"?\w+"?$/.test(text)

/** Who must not import what, hold what, or say it in a text. Types count like all else, but where it says values. */
const rules: {
  of: (file: string) => boolean
  imports?: RegExp
  values?: RegExp
  holds?: RegExp
  says?: (text: string) => boolean
}[] = [
  { of: (file) => !isIn('pages', 'web', 'app-options.ts', 'app.ts')(file), imports: http },
  { of: (file) => !isStore.test(file) && !isIn('database', 'urn', 'demo')(file), imports: engine },
  {
    of: (file) => !isIn('database')(file),
    holds: /\$client|\bpragma\(|\bjson_each\b|\brandomblob\b|\binsert or \w+ into\b/,
  },
  {
    of: (file) => isSubject(file) && !isStore.test(file) && !isThread.test(file) && !isIn('urn')(file),
    values: /^src\/database\/(?!whether-changed|bound|patience)/,
  },
  { of: isSubject, imports: /^eta$/ },
  {
    of: (file) => isSubject(file) && !isStore.test(file) && !isIn('urn')(file) && !isThread.test(file),
    holds: /\bDate\.now\(|\bnew Date\(\)/,
  },
  { of: (file) => !isStart(file), holds: environment },
  { of: () => true, imports: /^(test|bench|scripts)\// },
  // Doors ask stores that are bound: when the database is asked, and how patiently, is said in one place.
  { of: isIn('pages'), holds: /\bDatabase\b|\bdb\b/ },
  // Fastify has no log: what it was told would be lost, and what it says of itself would name requests.
  {
    of: () => true,
    holds: /\b(?:request|reply|app|area|server)\.log\b|\{[^{}]*\blog\b[^{}]*\}: FastifyRe(?:quest|ply)\b/,
  },
  { of: (file) => file !== 'src/log/log.ts', imports: /^pino$/ },
  // How many have answered is told once a night, and known to nobody before. What reads the urn, its counts or the marks of used codes is named here.
  {
    of: (file) => !readsTheUrn.some((kind) => kind.test(file)),
    imports: /^src\/urn\/tables\.ts$/,
    holds: /\burnCounts\b/,
  },
  { of: (file) => !readsTheUrn.some((kind) => kind.test(file)), says: asksForSecrets },
  {
    of: (file) =>
      !readsTheUrn.some((kind) => kind.test(file)) && !/^src\/(?:(?:paper|tablet)\/tables|cli\/doctor)\.ts$/.test(file),
    says: namesSecrets, // the check of `doctor` has the name of the urn
  },
  { of: (file) => !isIn('paper')(file), holds: /\bwaitingForms\b/ },
  {
    of: (file) =>
      !/^src\/(tablet\/(tables|bring-store|held-store)|fieldwork\/telling-store|organisation\/unused-strata-store)\.ts$|^src\/database\//.test(
        file,
      ),
    holds: /\bheldBallots\b|\bheld_ballots\b/,
  },
  {
    of: (file) => !isIn('actions', 'demo')(file) && file !== 'src/fieldwork/tell.ts',
    imports: /^src\/fieldwork\/tell(ing-store)?\.ts$/,
  },
  {
    of: (file) => !isIn('results')(file) && file !== 'src/actions/open-urn.ts',
    holds: /\bcountBallots\b|\bballotsOf\b/,
  },
  // Who has answered: only the urn marks a used code, and nothing but the check of `doctor` reads the marks, in sums.
  {
    of: (file) => !isIn('urn')(file),
    holds: /\bimport \{[^}]*\bspent\b[^}]*\} from '[^']*tables\.ts'|\b(?:from|join|into|update) "?spent\b/i,
  },
  { of: () => true, holds: /\.from\(spent\)|Join\(spent\b|query\.spent\b/ },
  { of: (file) => !/^src\/(urn\/store|cli\/doctor)\.ts$/.test(file), holds: /\bunevenStrata\b|\bwrongCounts\b/ },
]

/** What a file imports, and whether it takes more than types: `src/round/store.ts`, or the name of a library. */
function importsOf(file: string, text: string): { target: string; isOfTypes: boolean }[] {
  const found = text.matchAll(
    /^\s*(import|export|\})( type\b)?([^'"]*)['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]|inProject\('dist\/([^']+)\.js'\)/gm,
  )
  return [...found].map(([, , type, names = '', quoted, dynamic, program]) => {
    const own = /^\s*\{([^}]*)\} from $/.exec(names)?.[1]?.split(',')
    const isOfTypes = type !== undefined || own?.every((name) => /^\s*(type\s|$)/.test(name)) === true
    if (program !== undefined) return { target: `src/${program}.ts`, isOfTypes }
    const target = (quoted ?? dynamic)!
    return {
      target: target.startsWith('.') ? normalize(join(file, '..', target)).replaceAll('\\', '/') : target,
      isOfTypes,
    }
  })
}

/** What a file does that a file of its kind must not: `src/web/x.ts imports src/round/store.ts`. */
function offences(file: string, text: string): string[] {
  const imported = importsOf(file, text)
  const own = imported.filter(({ target }) => target.startsWith('src/'))
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
  return [
    ...own.filter(({ target }) => isForbidden(file, target)).map(({ target }) => `${file} reaches up to ${target}`),
    ...rules
      .filter(({ of }) => of(file))
      .flatMap(({ imports, values, holds, says }) => [
        ...imported
          .filter(({ target, isOfTypes }) => imports?.test(target) || (!isOfTypes && values?.test(target)))
          .map(({ target }) => `${file} imports ${target}`),
        ...(code.match(holds ?? /(?!)/) ?? []).map((word) => `${file} holds ${word}`),
        ...(says ? textsIn(text).filter(says) : []).map((said) => `${file} says ${said}`),
      ]),
  ]
}

/** Two or more of these of which each leads to each other; none in a house. */
function circle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>()
  const visit = (node: string, path: string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node]
    if (done.has(node)) return undefined
    for (const next of graph.get(node) ?? []) {
      const found = visit(next, [...path, node])
      if (found) return found
    }
    done.add(node)
    return undefined
  }
  for (const node of graph.keys()) {
    const found = visit(node, [])
    if (found) return found
  }
  return undefined
}

const textOf = (file: string) => readFileSync(join(root, file), 'utf8')
const graphOf = (files: string[]) =>
  new Map(files.map((file) => [file, importsOf(file, textOf(file)).map(({ target }) => target)]))
const folderOf = (file: string) => file.replace(/\/[^/]+$/, '')

describe('the architecture', () => {
  test('has every file import only what its room and its kind may', () => {
    expect(sources.length).toBeGreaterThan(300)
    expect(sources.flatMap((file) => offences(file, textOf(file)))).toEqual([])
  })

  test('has a place for every room, and every room in its place', () => {
    expect([...new Set(sources.map(roomOf))].sort()).toEqual([...rooms].sort())
    expect(sources.filter((file) => isSubject(file) && file.split('/').length > 3)).toEqual([])
  })

  test('has no circle, neither of files nor of folders', () => {
    const files = graphOf(sources)
    expect(circle(files)).toBeUndefined()
    const folders = new Map<string, string[]>()
    for (const [file, targets] of files) {
      const own = folderOf(file)
      const others = targets.filter((target) => target.startsWith('src/')).map(folderOf)
      folders.set(own, [...(folders.get(own) ?? []), ...others.filter((other) => other !== own && other !== 'src')])
    }
    folders.delete('src') // files of their own, each a room
    expect(circle(folders)).toBeUndefined()
    expect(circle(new Map([...folders, ['src/round', ['src/tablet']]]))).toContain('src/round')
    expect(circle(new Map([...files, ['src/errors.ts', ['src/round/store.ts']]]))).toContain('src/errors.ts')
  })

  test('has one name for each exported type, but for what the views of a folder are given', () => {
    const named = sources.flatMap((file) =>
      [...textOf(file).matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name!),
    )
    const twice = named.filter((name, at) => named.indexOf(name) !== at)
    expect([...new Set(twice)].sort()).toEqual(['Views'])
  })

  test('gives no page of staff a style of its own: each part has one', () => {
    const styles = readdirSync('views/staff', { recursive: true }).map(String)
    const astray = styles.filter((name) => name.endsWith('.css') && !name.startsWith('parts/'))
    expect(astray).toEqual([])
  })

  test('has no style of staff that pages of one kind alone use, but for that of a view among the parts', () => {
    const all = readdirSync('views/staff', { recursive: true }).map(String)
    const views = all.filter((name) => name.endsWith('.eta'))
    const classesOf = (view: string) =>
      [...textOf(`views/staff/${view}`).matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => names!.split(/[^\w-]+/))
    const used = views.map((view) => ({ folder: view.replace(/[^/]*$/, ''), classes: new Set(classesOf(view)) }))
    const lonely = all.filter((style) => {
      if (!style.endsWith('.css') || views.includes(style.replace('.css', '.eta'))) return false
      const its = [...textOf(`views/staff/${style}`).matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name!)
      const users = used.filter(({ classes }) => its.some((name) => classes.has(name)))
      return new Set(users.map(({ folder }) => folder)).size < 2
    })
    expect(lonely).toEqual([])
  })

  test('keeps files small', () => {
    const lines = sources.map((file) => textOf(file).trimEnd().split('\n').length)
    expect(sources.filter((_, at) => lines[at]! > 200)).toEqual([])
  })

  test.each([
    ['src/round/round.ts', `import { getRound } from '../tablet/store.ts'`],
    ['src/round/round.ts', `import type { Tablet } from '../tablet/tablet.ts'`],
    ['src/round/round.ts', `import {\n  a,\n  b,\n} from '../results/tally.ts'`],
    ['src/round/round.ts', `const x = await import('../app.ts')`],
    ['src/round/round.ts', `import { closeRound } from '../actions/close-round.ts'`],
    ['src/database/tables.ts', `import { roundStates } from '../round/round.ts'`],
    ['src/web/page.ts', `import { getRound } from '../round/store.ts'`],
    ['src/web/page.ts', `import { urn } from '../urn/tables.ts'`],
    ['src/web/page.ts', `import { buildApp } from '../app.ts'`],
    ['src/actions/close-round.ts', `import { buttons } from '../pages/staff/words.ts'`],
    ['src/mail/store.ts', `const program = inProject('dist/actions/urn-thread-program.js')`],
    ['src/pages/respondent/entry-routes.ts', `import type { StaffContext } from '../staff/context.ts'`],
    ['src/pages/tablet/tablet-routes.ts', `import { stepsOf } from '../respondent/pages.ts'`],
    ['src/pages/staff/paper/paper-routes.ts', `import { tabletRoutes } from '../tablets/tablet-staff-routes.ts'`],
    ['src/pages/staff/context.ts', `import { paperRoutes } from './paper/paper-routes.ts'`],
    ['src/pages/staff/context.ts', `import { buildApp } from '../../app.ts'`],
    ['src/cli.ts', `import { startDemo } from './demo/simulate.ts'`],
    [
      'src/cli/round.ts',
      `import { messages } from '../pages/respondent/pages.ts'\nimport { a } from '../demo/chance.ts'`,
    ],
    ['src/garage/car.ts', `import { DomainError } from '../errors.ts'`],
  ])('would name %s, which reaches up: %s', (file, line) => {
    expect(offences(file, line)).toContainEqual(expect.stringContaining(`${file} reaches up to`))
  })

  test.each([
    ['src/pages/staff/paper/paper-routes.ts', `import type { StaffContext } from '../context.ts'`],
    ['src/pages/staff-app.ts', `import { paperRoutes } from './staff/paper/paper-routes.ts'`],
    ['src/tablet/store.ts', `import { rounds } from '../round/tables.ts'`],
    ['src/round/round.ts', `import type { Database } from '../database/connection.ts'`],
  ])('lets %s have: %s', (file, line) => {
    expect(offences(file, line)).toEqual([])
  })

  test.each([
    ['src/round/round.ts', `import { eq } from 'drizzle-orm'`],
    ['src/round/round.ts', `import type { FastifyRequest } from 'fastify'`],
    ['src/round/round.ts', `import { Eta } from 'eta'`],
    ['src/round/round.ts', `import { openDatabase } from '../database/connection.ts'`],
    ['src/round/round.ts', `import { type Database, openDatabase } from '../database/connection.ts'`],
    ['src/round/round.ts', 'const now = Date.now()'],
    ['src/round/round.ts', 'const now = new Date()'],
    ['src/round/round.ts', 'const { PORT } = process.env'],
    ['src/round/store.ts', `import type { FastifyReply } from 'fastify'`],
    ['src/actions/close-round.ts', `import type { FastifyReply } from 'fastify'`],
    ['src/cli/round.ts', `import { eq } from 'drizzle-orm'`],
    ['src/actions/close-round.ts', `import { eq } from 'drizzle-orm'`],
    ['src/actions/close-round.ts', 'db.$client.close()'],
    ['src/fieldwork/store.ts', "return db.$client.prepare('select id from strata').all()"],
    ['src/organisation/store.ts', 'tx.run(sql`insert or ignore into strata select randomblob(8)`)'],
    ['src/pages/respondent/entry-routes.ts', `import { eq } from 'drizzle-orm'`],
    ['src/pages/respondent/entry-routes.ts', `import { urn } from '../../urn/tables.ts'`],
    ['src/pages/respondent/entry-routes.ts', `request.log.error({ code }, 'a defect')`],
    ['src/pages/staff/people/people-routes.ts', 'async function mail({ staff, log }: FastifyRequest) {'],
    ['src/config.ts', 'const { PORT } = process.env'],
    ['src/serve.ts', `import pino from 'pino'`],
    ['src/mail/store.ts', `import { spent } from '../urn/tables.ts'`],
    ['src/urn/store.ts', 'db.select({ tag: spent.tag }).from(spent)'],
    ['src/cli/doctor.ts', "$client.prepare('select count(*) from spent where tag = ?')"],
    ['src/pages/staff/home/home-routes.ts', 'await unevenStrata()'],
    ['src/pages/staff/home/home-routes.ts', 'const round = await findWorkingRound(db)'],
    ['src/pages/staff/home/home-routes.ts', `import { tellRound } from '../../../fieldwork/tell.ts'`],
    ['src/stores.ts', `import * as telling from './fieldwork/telling-store.ts'`],
    ['src/fieldwork/store.ts', "db.all(sql.raw('select number from urn_counts'))"],
    ['src/fieldwork/store.ts', 'db.get(sql`select count(*) from strata join urn on true`)'],
    ['src/fieldwork/store.ts', 'db.get(sql`select count(*) from paper_bundles, urn`)'],
    ['src/fieldwork/store.ts', `db.get(sql.raw('select 1 from "urn"'))`],
    ['src/invitation/store.ts', 'const marked = sql`exists (\n  select 1\n  from\n    "spent" where tag is null\n)`'],
    ['src/paper/waiting-store.ts', "db.get(sql.raw('select count(*) from waiting_forms'))"],
    ['src/fieldwork/store.ts', "const counted = sql.identifier('urn')"],
    ['src/fieldwork/store.ts', `import * as kept from '../urn/tables.ts'`],
    ['src/fieldwork/store.ts', `const { urn: kept } = await import('../urn/tables.ts')`],
    ['src/fieldwork/store.ts', `import { waitingForms } from '../paper/tables.ts'`],
    ['src/tablet/store.ts', 'db.select({ number: urnCounts.number })'],
    ['src/tablet/store.ts', 'db.select().from(heldBallots)'],
    ['src/pages/staff/rounds/round-routes.ts', 'const ballots = await countBallots(db, id)'],
    ['src/app.ts', `export { startService } from '../test/support/service.ts'`],
  ])('would name %s for: %s', (file, line) => {
    expect(offences(file, line)).toContainEqual(expect.stringContaining(`${file} `))
  })

  test('opens SQLite in one place, which knows the version that this Node can load: another one ends the process', () => {
    const opens = (text: string) => /^import (?!type\b).*'better-sqlite3|import\(.*'better-sqlite3/m.test(text)
    expect(opens(`import Database from 'better-sqlite3'`)).toBe(true)
    expect(opens(`import type Driver from 'better-sqlite3'`)).toBe(false)
    const files = ['src', 'test', 'bench', 'scripts'].flatMap(filesOf)
    expect(files).toContain('src/database/sqlite.ts')
    const others = files.filter((file) => file !== 'src/database/sqlite.ts')
    expect(others.filter((file) => opens(readFileSync(join(root, file), 'utf8')))).toEqual([])
  })

  test('has tests ask the database through one helper, whatever engine it is', () => {
    const asksTheEngine = (text: string) => /\$client\s*\.(?:prepare|exec)\(/.test(text)
    expect(asksTheEngine(`db.$client.prepare('select 1')`)).toBe(true)
    expect(asksTheEngine(`db.$client\n    .exec('delete from urn')`)).toBe(true)
    // The helper and what watches the engine, what is about a file of it, and a process that is killed amid its writing.
    const mayAsk = /^test\/(?:support|database|reliability\/crash)\/|^test\/architecture\.test\.ts$/
    const tests = filesOf('test').filter((file) => !mayAsk.test(file))
    expect(tests.length).toBeGreaterThan(200)
    expect(tests.filter((file) => asksTheEngine(textOf(file)))).toEqual([])
  })

  test('writes marks that hold text in its direction in one place', () => {
    const marks = /\\u206[6-9](?!-)|[\u2066-\u2069]/i
    expect(marks.test("const mark = '\\u2066'")).toBe(true)
    const holding = sources.filter((file) => marks.test(readFileSync(join(root, file), 'utf8')))
    expect(holding).toEqual(['src/language/isolated.ts'])
  })

  test('lets comments say what code must not', () => {
    expect(offences('src/round/round.ts', '/** Never process.env. */\n// nor Date.now()\n')).toEqual([])
  })
})
