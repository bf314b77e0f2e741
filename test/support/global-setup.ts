import { existsSync } from 'node:fs'
import { hasChromium } from './chromium.ts'
import { hasPdftotext } from './pdf.ts'

/** Before all tests: the assets must be built; a missing browser is said loudly; where CI=true it and a missing pdftotext are failures. */
export default function setup(): void {
  if (!existsSync(new URL('../../dist/assets/manifest.json', import.meta.url))) {
    throw new Error('The assets are not built. Run: npm run build')
  }
  if (!hasPdftotext && process.env.CI === 'true')
    throw new Error('No pdftotext was found, and CI=true: what is printed must be read. Install poppler-utils.')
  if (hasChromium) return
  if (process.env.CI === 'true')
    throw new Error('No Chromium was found, and CI=true: the browser stories must run. Set CHROMIUM_PATH.')
  console.warn('\n!!! NO CHROMIUM FOUND: ALL BROWSER STORIES ARE SKIPPED. Install chromium or set CHROMIUM_PATH. !!!\n')
}
