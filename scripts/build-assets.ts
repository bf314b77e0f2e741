/**
 * Builds what browsers get into dist/assets: the style sheet and the script, minified and compressed once,
 * the fonts for scripts a device may lack, and a manifest from plain names to addresses with a hash.
 * Beside them, in dist/fonts, what is printed gets its own; dist/NOTICES.txt and dist/sbom.json say what is shipped in all.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'
import { transform as lowerStyles } from 'lightningcss'
import subsetFont from 'subset-font'
import { listBuilt } from './list-built.ts'
import { notices } from './notices.ts'
import { oldestBrowsers } from './oldest-browsers.ts'
import { buildPrintFonts } from './print-fonts.ts'
import { sbom } from './sbom.ts'
import { packageOf, shipped } from './shipped.ts'

const root = new URL('..', import.meta.url).pathname
const out = join(root, 'dist/assets')
const require = createRequire(import.meta.url)
const manifest: Record<string, string> = {}
/** The packages of which browsers and prints get something. */
const builtIn = new Set<string>()

/** The language of the oldest browsers that are met; test/assets/browsers.test.ts looks whether they have all that is used. */
const target = Object.entries(oldestBrowsers).map(([browser, version]) => browser + version)

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })

const fonts: Record<string, string> = {
  'ethiopic-400.woff2': '@fontsource/noto-sans-ethiopic/files/noto-sans-ethiopic-ethiopic-400-normal.woff2',
  'ethiopic-600.woff2': '@fontsource/noto-sans-ethiopic/files/noto-sans-ethiopic-ethiopic-600-normal.woff2',
  'arabic-400.woff2': '@fontsource/vazirmatn/files/vazirmatn-arabic-400-normal.woff2',
  'arabic-600.woff2': '@fontsource/vazirmatn/files/vazirmatn-arabic-600-normal.woff2',
}
/** Our pages' policy lets WebAssembly run nowhere, and old tablets have none: libsodium is sent without it, a third smaller. */
const withoutWebAssembly: Plugin = {
  name: 'without WebAssembly',
  setup({ onLoad }) {
    onLoad({ filter: /libsodium\/dist\/modules\/libsodium\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const without = text.replace(/"AGFzbQ[\w+/=]{10000,}"/, '""')
      // Without it libsodium takes its JavaScript instead; what it throws on the way there would be an error on every page's console.
      const contents = without.replace(
        /\w\(`failed to asynchronously prepare wasm: \$\{(\w)\}`\),(\w)\(\1\)\}/g,
        'try{$2($1)}catch(_){}return new Promise(()=>{})}',
      )
      if (without.length > text.length - 100_000 || contents === without)
        throw new Error('libsodium no longer holds its WebAssembly as expected')
      return { contents }
    })
  },
}

/** What the menu and the room around content take, in rem. */
const besideContent = 17

/**
 * Media queries follow the letters that are set in the browser, not those that a reader's own style sheet gives the root: what is said of
 * a screen on which content has no room beside the menu holds for such content as well, in browsers that know containers.
 */
const narrowToo = (styles: string) =>
  styles.replace(
    /^@media (?:screen and )?\(max-width: ([67]\d\.99)rem\) (\{\n.*?\n\}\n)/gms,
    (whole, width: string, rules: string) =>
      `${whole}@container (max-width: ${(Number(width) - besideContent).toFixed(2)}rem) ${rules}`,
  )
const narrowContent: Plugin = {
  name: 'narrow content',
  setup({ onLoad }) {
    onLoad({ filter: /views\/staff\/parts\/[\w-]+\.css$/ }, ({ path }) => ({
      contents: narrowToo(readFileSync(path, 'utf8')),
      loader: 'css',
    }))
  },
}

/** Beside the staff's menu there is less room for the same content, so it is laid out as for a narrower screen. The width that the menu and what stands around it take, in rem. */
const menuWidth = 15
const besideMenu: Plugin = {
  name: 'beside the menu',
  setup({ onLoad }) {
    onLoad({ filter: /assets\/results\/[\w-]+\.css$/ }, ({ path }) => {
      const moved = (width: string) => (Number(width) + menuWidth).toFixed(2)
      const text = readFileSync(path, 'utf8')
      const contents = text.replace(/(?<=-width: )([4-9]\d(?:\.\d+)?)(?=rem\))/g, moved)
      // Charts have words for one screen or the other, and must not lose both.
      return { contents: path.endsWith('charts.css') ? contents : narrowToo(contents), loader: 'css' }
    })
  },
}

const letters = lettersOfTexts()
for (const [name, path] of Object.entries(fonts))
  publish(name, await subsetFont(fontFile(path), letters, { targetFormat: 'woff2' }))
publish('names.woff2', await fontOfLanguageNames())
for (const icon of ['icon.svg', 'icon-192.png', 'icon-512.png']) publish(icon, readFileSync(join(root, 'assets', icon)))

for (const name of ['survey.css', 'tablet.css', 'staff.css', 'results.css', 'staff-results.css', 'heard.css'])
  publish(name, withFontAddresses(lowered(await bundle(name))))
publish('survey.js', await bundle('survey.ts'))
publish('tablet.js', await bundle('tablet/main.ts'))
publish('staff.js', await bundle('staff.ts'))
publish('round-key.js', await bundle('staff/round-key.ts'))
publish('tablet-worker.js', await bundle('tablet/worker.ts'))

writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
await buildPrintFonts(join(root, 'dist/fonts'), fontFile)
writeShipped()
listBuilt(root)

/** A style sheet or a script with all that it imports, made small. */
async function bundle(entry: string): Promise<string> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(root, 'assets', entry)],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: entry.endsWith('.css') ? undefined : 'iife',
    target,
    supported: { destructuring: true }, // Safari 12's defect is in a corner that is not used here
    external: ['*.woff2', 'node:*', 'crypto', 'fs', 'path'], // the latter only where libsodium runs in Node
    // The builds that have JavaScript beside WebAssembly.
    alias: {
      libsodium: require.resolve('libsodium'),
      'libsodium-wrappers': require.resolve('libsodium-wrappers'),
    },
    define: { WebAssembly: 'undefined', globalThis: 'self' }, // the latter came with Chrome 71
    plugins: [withoutWebAssembly, narrowContent, ...(entry === 'staff-results.css' ? [besideMenu] : [])],
    logLevel: 'error',
  })
  for (const file of Object.keys(metafile.inputs)) builtInFrom(file)
  return outputFiles[0]!.text
}

/** Styles in the words of the oldest browsers: `margin-inline: 1rem` is two lines there, and `inset-inline-start` is left or right. */
function lowered(styles: string): string {
  const targets = Object.fromEntries(
    Object.entries(oldestBrowsers).map(([browser, version]) => {
      const [major, minor = 0] = version.split('.').map(Number)
      return [browser, (major! << 16) | (minor << 8)]
    }),
  )
  const code = Buffer.from(inTwoLines(styles))
  const made = lowerStyles({ filename: 'styles.css', code, minify: true, targets }).code.toString()
  return made.replace('-moz-text', '-webkit-text-size-adjust:100%;$&') // for telephones, which are no target of their own
}

/** `margin-inline` and its kin as two lines where a variable stands in them: the library leaves those as they are. */
function inTwoLines(styles: string): string {
  const part = /(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g
  return styles.replace(
    /((?:margin|padding)-(?:inline|block)):([^;{}]*var\([^;{}]*)/g,
    (_, name: string, value: string) => {
      const [start, end = start] = value.match(part)!
      return `${name}-start:${start};${name}-end:${end}`
    },
  )
}

/** Every letter of every text, so that a font need not hold what nobody is shown. */
function lettersOfTexts(): string {
  const locales = join(root, 'locales')
  const files = readdirSync(locales, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
  const texts = files.map((file) => readFileSync(join(locales, file), 'utf8')).join('')
  return [...new Set(texts)].join('')
}

/** A few hundred bytes to a kilobyte or two: only the letters of the languages' own names, for the menu on every page. */
async function fontOfLanguageNames(): Promise<Buffer> {
  const locales = join(root, 'locales')
  const names = readdirSync(locales).map(
    (code) => JSON.parse(readFileSync(join(locales, code, 'language.json'), 'utf8')).name,
  )
  const ethiopic = names.join('').replace(/[^\u1200-\u139f]/g, '')
  return subsetFont(fontFile(fonts['ethiopic-400.woff2']!), ethiopic, { targetFormat: 'woff2' })
}

function withFontAddresses(text: string): string {
  return text.replace(/fonts\/([a-z0-9-]+\.woff2)/g, (_, name: string) => manifest[name]!)
}

function fontFile(path: string): Buffer {
  const file = require.resolve(path)
  builtInFrom(file)
  return readFileSync(file)
}

function builtInFrom(file: string): void {
  const part = packageOf(file)
  if (part) builtIn.add(part)
}

function writeShipped(): void {
  const { name, version, license: licence } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const parts = shipped(root, builtIn)
  writeFileSync(join(root, 'dist/NOTICES.txt'), notices(parts))
  writeFileSync(join(root, 'dist/sbom.json'), sbom({ name, version, licence }, parts))
}

function publish(name: string, content: string | Buffer): void {
  const bytes = Buffer.from(content as Buffer)
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8)
  const file = name.replace(/(\.[^.]+)$/, `-${hash}$1`)
  manifest[name] = `/assets/${file}`
  writeFileSync(join(out, file), bytes)
  if (/\.(woff2|png)$/.test(name)) return // compressed by its format
  writeFileSync(join(out, `${file}.br`), brotliCompressSync(bytes))
  writeFileSync(join(out, `${file}.gz`), gzipSync(bytes, { level: 9 }))
}
