import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../project-folder.ts'

/** Where the build puts what browsers get: style sheet, script, fonts, icon; each with its hash in its name. */
export const assetsFolder = inProject('dist/assets')

/** The text of an asset by its plain name, for one that is sent with something put before it. */
export function readAsset(name: string): string {
  return readFileSync(join(assetsFolder, loadAssetAddresses()[name]!.replace('/assets/', '')), 'utf8')
}

/** The addresses of the assets by their plain names: `survey.css` -> `/assets/survey-1a2b3c4d.css`. @throws Error before the first build. */
export function loadAssetAddresses(): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(assetsFolder, 'manifest.json'), 'utf8'))
  } catch (cause) {
    throw new Error('The assets are not built yet. Build them with: npm run build', { cause })
  }
}
