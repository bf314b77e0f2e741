import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { Mutant } from './mutant.ts'

/** What no test needs of the project's folder, and the packages, to which the copy leads. */
const left = new Set(['.git', 'data', 'node_modules'])

/** A copy of the project in which a fault can be set: the working tree is never touched. */
export interface Copy {
  folder: string
  /** Sets a fault, lets something be done, and takes it out again. @throws Error where its text does not stand there once. */
  with<T>(mutant: Mutant, work: () => Promise<T>): Promise<T>
  remove(): void
}

export function makeCopy(project: string): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-mutants-'))
  cpSync(project, folder, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !left.has(relative(project, path)),
  })
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'))
  return {
    folder,
    async with(mutant, work) {
      const path = join(folder, mutant.file)
      const [source, { atime, mtime }] = [readFileSync(path, 'utf8'), statSync(path)]
      /** Its time stays, or each run of tests would begin by building everything: what is built has no fault. */
      const write = (text: string) => {
        writeFileSync(path, text)
        utimesSync(path, atime, mtime)
      }
      write(mutated(source, mutant))
      try {
        return await work()
      } finally {
        write(source)
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A source with a fault in it. @throws Error where its text does not stand there once. */
export function mutated(source: string, { file, fault, text, instead }: Mutant): string {
  const pieces = source.split(text)
  if (pieces.length === 2) return pieces.join(instead)
  throw new Error(`${file}: what is changed for "${fault}" stands there ${pieces.length - 1} times, not once: ${text}`)
}
