/**
 * Bundles the programs of the service into dist, each with what it needs of the libraries: Node then reads a dozen files
 * instead of seven hundred and starts in two thirds of the time, with less memory. What is compiled for a machine stays outside.
 */
import { chmodSync, cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { listBuilt } from './list-built.ts'
import { launched, programsOf } from './programs.ts'

const root = new URL('..', import.meta.url).pathname
const out = join(root, 'dist')

/** What build-assets.ts puts there: it stays good when only the service is built anew. */
const others = ['assets', 'fonts', 'NOTICES.txt', 'sbom.json']

for (const name of existsSync(out) ? readdirSync(out) : [])
  if (!others.includes(name)) rmSync(join(out, name), { recursive: true })
await build({
  entryPoints: programsOf().map((file) => ({
    in: join(root, 'src', file),
    out: (launched.includes(file) ? 'shared/' : '') + file.replace(/\.ts$/, ''),
  })),
  outdir: out,
  chunkNames: 'shared/[name]-[hash]',
  bundle: true,
  splitting: true, // what is imported when it is needed stays in a file of its own
  platform: 'node',
  target: 'node20',
  format: 'esm',
  mainFields: ['module', 'main'], // as Node reads an import; of CommonJS the names can be lost
  external: [
    'better-sqlite3',
    'better-sqlite3-12',
    'sodium-native',
    '@node-rs/argon2',
    '@myriaddreamin/typst-ts-node-compiler',
    '@resvg/resvg-js',
  ],
  // Names stay, for the log tells where a defect happened; the maps tell the line.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: 'linked',
  sourcesContent: false,
  // Libraries in CommonJS ask for these, which modules do not have.
  banner: {
    js: [
      "import { createRequire as makeRequire } from 'node:module'",
      'const require = makeRequire(import.meta.url)',
      'const { filename: __filename, dirname: __dirname } = import.meta',
    ].join('\n'),
  },
  logLevel: 'warning',
})

for (const program of launched) {
  const built = join(out, program.replace(/\.ts$/, '.js'))
  cpSync(join(root, 'scripts/launch.mjs'), built)
  chmodSync(built, 0o755)
}
if (others.every((name) => existsSync(join(out, name)))) listBuilt(root)
