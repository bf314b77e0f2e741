import { existsSync } from 'node:fs'
import { hasChromium } from './chromium.ts'

/** Before all tests: the assets must be built, and a missing browser is said loudly, or is a failure where CI=true. */
export default function setup(): void {
  if (!existsSync(new URL('../../dist/assets/manifest.json', import.meta.url))) {
    throw new Error('The assets are not built. Run: npm run build')
  }
  if (hasChromium) return
  if (process.env.CI === 'true')
    throw new Error('No Chromium was found, and CI=true: the browser stories must run. Set CHROMIUM_PATH.')
  console.warn('\n!!! NO CHROMIUM FOUND: ALL BROWSER STORIES ARE SKIPPED. Install chromium or set CHROMIUM_PATH. !!!\n')
}
