import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folders = ['dist', 'views', 'locales', 'migrations', 'catalogue']

/** Writes down all files that the program needs, in `dist/files.json`, so that it can say at its start which one is gone. */
export function listBuilt(root: string): void {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.map') && entry.name !== 'files.json')
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/')),
  )
  writeFileSync(join(root, 'dist/files.json'), JSON.stringify(files))
}
