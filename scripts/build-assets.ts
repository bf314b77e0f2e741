/**
 * Builds what browsers get into dist/assets: the style sheet and the script, minified and compressed once,
 * the fonts for scripts a device may lack, and a manifest from plain names to addresses with a hash.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import subsetFont from 'subset-font'

const root = new URL('..', import.meta.url).pathname
const out = join(root, 'dist/assets')
const require = createRequire(import.meta.url)
const manifest: Record<string, string> = {}

/** The oldest browsers that are met: tablets and phones of about 2018. */
const target = ['chrome69', 'safari12.1', 'firefox68']

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })

const fonts: Record<string, string> = {
  'ethiopic-400.woff2': '@fontsource/noto-sans-ethiopic/files/noto-sans-ethiopic-ethiopic-400-normal.woff2',
  'ethiopic-600.woff2': '@fontsource/noto-sans-ethiopic/files/noto-sans-ethiopic-ethiopic-600-normal.woff2',
  'arabic-400.woff2': '@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-400-normal.woff2',
  'arabic-600.woff2': '@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-600-normal.woff2',
}
for (const [name, path] of Object.entries(fonts)) publish(name, readFileSync(require.resolve(path)))
publish('names.woff2', await fontOfLanguageNames())
publish('icon.svg', readFileSync(join(root, 'assets/icon.svg')))

const css = await build({
  entryPoints: [join(root, 'assets/survey.css')],
  bundle: true,
  minify: true,
  write: false,
  target,
  external: ['*.woff2'],
})
publish('survey.css', withFontAddresses(css.outputFiles[0]!.text))

const js = await build({
  entryPoints: [join(root, 'assets/survey.ts')],
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  target,
  supported: { destructuring: true }, // Safari 12's defect is in a corner that is not used here
})
publish('survey.js', js.outputFiles[0]!.text)

writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)

/** A few hundred bytes to a kilobyte or two: only the letters of the languages' own names, for the menu on every page. */
async function fontOfLanguageNames(): Promise<Buffer> {
  const locales = join(root, 'locales')
  const names = readdirSync(locales).map(
    (code) => JSON.parse(readFileSync(join(locales, code, 'language.json'), 'utf8')).name,
  )
  const ethiopic = names.join('').replace(/[^\u1200-\u139f]/g, '')
  return subsetFont(readFileSync(require.resolve(fonts['ethiopic-400.woff2']!)), ethiopic, { targetFormat: 'woff2' })
}

function withFontAddresses(text: string): string {
  return text.replace(/fonts\/([a-z0-9-]+\.woff2)/g, (_, name: string) => manifest[name]!)
}

function publish(name: string, content: string | Buffer): void {
  const bytes = Buffer.from(content as Buffer)
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8)
  const file = name.replace(/(\.[^.]+)$/, `-${hash}$1`)
  manifest[name] = `/assets/${file}`
  writeFileSync(join(out, file), bytes)
  if (name.endsWith('.woff2')) return // compressed by its format
  writeFileSync(join(out, `${file}.br`), brotliCompressSync(bytes))
  writeFileSync(join(out, `${file}.gz`), gzipSync(bytes, { level: 9 }))
}
