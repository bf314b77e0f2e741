import { readdirSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = new URL('..', import.meta.url).pathname
const filesOf = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
const sources = filesOf('src')

const edge = /^src\/(main|app|staff-app|serve|cli|demo)\.ts$|^src\/(cli|demo)\//
const isRoutes = /routes\.ts$/
const isStore = /\/store\.ts$/
const isDomain = (file: string) => !/^src\/(web|database)\//.test(file) && !outside(file)
const outside = (file: string) => [edge, isRoutes, isStore, ...exceptions].some((kind) => kind.test(file))
/**
 * HTTP and SQL beside the files that are named for it: what is written of an answer, what a night reads and writes, one cookie, the threads, what every staff route is given, the close of a
 * round, which the command line and a thread carry out alike, and what carries e-mail between the two databases.
 */
const exceptions = [
  /^src\/response\/(visit-cookie|record-person|waiting-forms)\.ts$/,
  /^src\/fieldwork\/(tell|read-overview)\.ts$/,
  /^src\/\w+\/\w+-thread(-program)?\.ts$/,
  /^src\/staff\/context\.ts$/,
  /^src\/round\/closing\.ts$/,
  /^src\/mail\/(mail-office|queueing|delivery|delivery-timer)\.ts$/,
]

/** Those that write an answer, open the urn, tell a night, check the database, or see whether a stratum was ever used. */
const readsTheUrn = [
  /^src\/response\/(record-person|store)\.ts$/,
  /^src\/tablet\/store\.ts$/,
  /^src\/results\/store\.ts$/,
  /^src\/fieldwork\/tell\.ts$/,
  /^src\/database\/(schema|unused-strata|backup)\.ts$/,
]

const http = /^(fastify|@fastify\/.*)$/
const sql = /^(drizzle-orm.*|better-sqlite3|src\/database\/.*)$/
const environment = /\bprocess\.env\b/

/** Who must not import what, or hold what. */
const rules: { of: (file: string) => boolean; imports?: RegExp; holds?: RegExp }[] = [
  { of: isDomain, imports: http },
  { of: isDomain, imports: sql },
  { of: isDomain, imports: /^eta$|routes\.ts$|store\.ts$/ },
  { of: isDomain, holds: /\bDate\.now\(|\bnew Date\(\)/ },
  { of: (file) => isStore.test(file), imports: http },
  { of: (file) => isStore.test(file), imports: isStore },
  { of: (file) => isStore.test(file), imports: /routes\.ts$|^src\/web\// },
  { of: (file) => isRoutes.test(file), imports: isRoutes },
  { of: (file) => isRoutes.test(file), imports: /^drizzle-orm|^better-sqlite3$|^src\/database\/(?!connection\.ts$)/ },
  { of: (file) => file.startsWith('src/web/'), imports: /^src\/(?!web\/|config\.ts|errors\.ts).*(store|routes)\.ts$/ },
  { of: (file) => file.startsWith('src/web/'), imports: sql },
  { of: (file) => file.startsWith('src/database/'), imports: /^src\/(?!database\/|errors\.ts).*(store|routes)\.ts$/ },
  { of: (file) => file.startsWith('src/database/'), imports: /^fastify$|^@fastify|^src\/web\// },
  { of: (file) => !edge.test(file), imports: edge },
  { of: (file) => !/^src\/(serve|app)\.ts$/.test(file), imports: /^src\/(main|app|staff-app)\.ts$/ },
  { of: (file) => !/^src\/(main|cli|demo)\.ts$/.test(file), holds: environment },
  { of: () => true, imports: /^(test|bench|scripts)\// },
  // Fastify has no log: what it was told would be lost, and what it says of itself would name requests.
  {
    of: () => true,
    holds: /\b(?:request|reply|app|area|server)\.log\b|\{[^{}]*\blog\b[^{}]*\}: FastifyRe(?:quest|ply)\b/,
  },
  { of: (file) => file !== 'src/log.ts', imports: /^pino$/ },
  // How many have answered is told once a night, and known to nobody before. What reads the urn, its counts or the marks of used codes is named here.
  {
    of: (file) => !readsTheUrn.some((kind) => kind.test(file)),
    holds: /\burn_counts\b|\burnCounts\b|\bfrom (?:urn|spent)\b|\{[^}]*\b(?:urn|spent)\b[^}]*\} from '[^']*schema\.ts'/,
  },
  { of: (file) => !/^src\/(serve|round\/closing|demo\/.*)\.ts$/.test(file), imports: /^src\/fieldwork\/tell\.ts$/ },
  { of: (file) => !/^src\/(round\/closing|results\/.*)\.ts$/.test(file), holds: /\bcountBallots\b|\bballotsOf\b/ },
  // Who has answered: only the urn marks a used code, and nothing but the check of `doctor` reads the marks, in sums.
  {
    of: (file) => !/^src\/(response\/(store|record-person)|database\/schema)\.ts$/.test(file),
    holds:
      /\bimport \{[^}]*\bspent\b[^}]*\} from '[^']*schema\.ts'|\b(?:from|join|into|update) "?spent\b|schema\.spent\b/i,
  },
  { of: () => true, holds: /\.from\(spent\)|Join\(spent\b|query\.spent\b/ },
  { of: (file) => !/^src\/(response\/store|cli\/doctor)\.ts$/.test(file), holds: /\bunevenStrata\b|\bwrongCounts\b/ },
]

function* importsOf(file: string, text: string) {
  for (const [, quoted, dynamic] of text.matchAll(
    /^\s*(?:import|export|\})[^'"]*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/gm,
  )) {
    const target = (quoted ?? dynamic)!
    yield target.startsWith('.') ? normalize(join(file, '..', target)).replaceAll('\\', '/') : target
  }
}

/** What a file does that a file of its kind must not: `src/web/x.ts imports src/round/store.ts`. */
function offences(file: string, text: string): string[] {
  const imported = [...importsOf(file, text)]
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
  return rules
    .filter(({ of }) => of(file))
    .flatMap(({ imports, holds }) => [
      ...imported.filter((target) => imports?.test(target)).map((target) => `${file} imports ${target}`),
      ...(code.match(holds ?? /(?!)/) ?? []).map((word) => `${file} holds ${word}`),
    ])
}

describe('the architecture', () => {
  test('has every file import only what its kind may', () => {
    expect(sources.length).toBeGreaterThan(40)
    expect(sources.flatMap((file) => offences(file, readFileSync(join(root, file), 'utf8')))).toEqual([])
  })

  test.each([
    ['src/round/round.ts', `import { eq } from 'drizzle-orm'`],
    ['src/round/round.ts', `import type { FastifyRequest } from 'fastify'`],
    ['src/round/round.ts', `import {\n  a,\n  b,\n} from '../database/schema.ts'`],
    ['src/round/round.ts', `import { Eta } from 'eta'`],
    ['src/round/round.ts', `import { getRound } from './store.ts'`],
    ['src/round/round.ts', 'const now = Date.now()'],
    ['src/round/round.ts', 'const now = new Date()'],
    ['src/round/round.ts', 'const { PORT } = process.env'],
    ['src/round/round.ts', `const x = await import('../app.ts')`],
    ['src/round/store.ts', `import { listStrata } from '../organisation/store.ts'`],
    ['src/round/store.ts', `import type { FastifyReply } from 'fastify'`],
    ['src/response/entry-routes.ts', `import { seeOther } from './questionnaire-routes.ts'`],
    ['src/response/entry-routes.ts', `import { urn } from '../database/schema.ts'`],
    ['src/web/page.ts', `import { getRound } from '../round/store.ts'`],
    ['src/web/page.ts', `import { entryRoutes } from '../response/entry-routes.ts'`],
    ['src/web/page.ts', `import { urn } from '../database/schema.ts'`],
    ['src/database/schema.ts', `import { getRound } from '../round/store.ts'`],
    ['src/web/page.ts', `import { buildApp } from '../app.ts'`],
    ['src/cli.ts', `import { buildApp } from './app.ts'`],
    ['src/config.ts', 'const { PORT } = process.env'],
    ['src/response/entry-routes.ts', `request.log.error({ code }, 'a defect')`],
    ['src/staff/people-routes.ts', 'async function mail({ staff, log }: FastifyRequest) {'],
    ['src/serve.ts', `import pino from 'pino'`],
    ['src/mail/store.ts', `import { rounds, spent } from '../database/schema.ts'`],
    ['src/response/store.ts', 'db.select({ tag: spent.tag }).from(spent)'],
    ['src/cli/doctor.ts', "$client.prepare('select count(*) from spent where tag = ?')"],
    ['src/staff/home-routes.ts', 'await between(() => unevenStrata(db))'],
    ['src/staff/home-routes.ts', `import { tellRound } from '../fieldwork/tell.ts'`],
    ['src/fieldwork/store.ts', 'select number from urn_counts'],
    ['src/mail/reminder-run.ts', `import { outbox, spent } from '../database/schema.ts'`],
    ['src/round/round-routes.ts', 'const ballots = await countBallots(db, id)'],
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

  test('writes marks that hold text in its direction in one place', () => {
    const marks = /\\u206[6-9](?!-)|[\u2066-\u2069]/i
    expect(marks.test("const mark = '\\u2066'")).toBe(true)
    const holding = sources.filter((file) => marks.test(readFileSync(join(root, file), 'utf8')))
    expect(holding).toEqual(['src/web/isolated.ts'])
  })

  test('lets comments say what code must not', () => {
    expect(offences('src/round/round.ts', '/** Never process.env. */\n// nor Date.now()\n')).toEqual([])
  })
})
