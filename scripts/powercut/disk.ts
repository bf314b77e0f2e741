import { dirname } from 'node:path'
import type { Step } from './recording.ts'
import { surviving, type Treatment } from './surviving.ts'

/** What was asked of a file, or of the names in a folder. Files have a number each, for inodes are used again. */
export type Change =
  | { kind: 'written'; file: number; at: number; bytes: Buffer }
  | { kind: 'truncated'; file: number; length: number }
  | { kind: 'named'; path: string; file: number }
  | { kind: 'removed'; path: string }
  | { kind: 'renamed'; from: string; to: string }

type Pending = Change & { step: number }

export interface StoredFile {
  path: string
  /** By which the recording knows it. */
  inode: bigint
  content: Buffer
}

/** A disk that takes the steps of a recording, and can be asked after each of them what a power cut would leave. */
export function diskOf(files: StoredFile[]) {
  const contents = new Map(files.map(({ content }, file) => [file, Buffer.from(content)]))
  const names = new Map(files.map(({ path }, file) => [path, file]))
  const numbers = new Map(files.map(({ inode }, file) => [inode, file]))
  const folders = new Map<bigint, string>()
  let pending: Pending[] = []
  let step = 0

  const newNumber = (inode: bigint) => numbers.set(inode, numbers.size + step).get(inode)!
  const numberOf = (inode: bigint) => numbers.get(inode) ?? newNumber(inode)

  function changeOf(step: Step): Change | undefined {
    switch (step.kind) {
      case 'created':
        return { kind: 'named', path: step.path, file: newNumber(step.inode) }
      case 'written':
      case 'truncated':
        return { ...step, file: numberOf(step.inode) }
      case 'removed':
      case 'renamed':
        return step
      default:
        return undefined
    }
  }

  function sync(inode: bigint, before: number): void {
    const [file, folder] = [numbers.get(inode), folders.get(inode)]
    const isSynced = (change: Pending) =>
      change.step < before && (isOfContent(change) ? change.file === file : folderOf(change) === folder)
    for (const change of pending) if (isSynced(change)) apply(change, contents, names)
    pending = pending.filter((change) => !isSynced(change))
  }

  return {
    take(next: Step): void {
      if (next.kind === 'opened' && next.isFolder) folders.set(next.inode, next.path.replace(/\/$/, ''))
      if (next.kind === 'synced') sync(next.inode, next.before)
      const change = changeOf(next)
      if (change) pending.push({ ...change, step })
      step++
    },
    /** How many writes and truncations of files with such paths are not on the disk for good. */
    unsynced(paths: RegExp): number {
      const files = new Set([...names].flatMap(([path, file]) => (paths.test(path) ? [file] : [])))
      return pending.filter((change) => isOfContent(change) && files.has(change.file)).length
    },
    /** The files by their paths after a power cut now. */
    cut(treatment: Treatment, random: () => number): Map<string, Buffer> {
      const left = new Map([...contents].map(([file, content]) => [file, Buffer.from(content)]))
      const leftNames = new Map(names)
      for (const change of surviving(pending, treatment, random)) apply(change, left, leftNames)
      return new Map([...leftNames].map(([path, file]) => [path, left.get(file) ?? Buffer.alloc(0)]))
    },
  }
}

const isOfContent = (change: Change): change is Change & { file: number; kind: 'written' | 'truncated' } =>
  change.kind === 'written' || change.kind === 'truncated'

/** In whose names it is a change. */
function folderOf(change: Change): string | undefined {
  if (change.kind === 'named' || change.kind === 'removed') return dirname(change.path)
  return change.kind === 'renamed' ? dirname(change.to) : undefined
}

function apply(change: Change, contents: Map<number, Buffer>, names: Map<string, number>): void {
  const sized = (file: number, length: number) => {
    const content = contents.get(file) ?? Buffer.alloc(0)
    const copy = content.length === length ? content : Buffer.alloc(length)
    if (copy !== content) content.copy(copy, 0, 0, Math.min(content.length, length))
    contents.set(file, copy)
    return copy
  }
  if (change.kind === 'truncated') sized(change.file, change.length)
  if (change.kind === 'written') {
    const length = Math.max(contents.get(change.file)?.length ?? 0, change.at + change.bytes.length)
    change.bytes.copy(sized(change.file, length), change.at)
  }
  if (change.kind === 'named') names.set(change.path, change.file)
  if (change.kind === 'removed') names.delete(change.path)
  if (change.kind === 'renamed') {
    const file = names.get(change.from)
    if (file === undefined) return // what it was made by did not survive
    names.delete(change.from)
    names.set(change.to, file)
  }
}
