import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Ways in which the memory of the service could come onto a disk: each a sentence that names its mend. */
export interface MemoryFindings {
  /** Whose limits were read: the running service's, or those of this command, which a service started here would have. */
  of: { pid: number } | 'this command'
  leaks: string[]
}

/**
 * Reads what Linux would do with the memory of the service, in which keys, codes and answers stand for a moment: whether a crash may write it
 * to a file or hand it to another program, and whether it may be swapped out.
 * @param lockFile held by a service that runs; absent or free where none does.
 * @returns `undefined` where the system does not tell.
 */
export function examineMemory(lockFile: string, proc = '/proc'): MemoryFindings | undefined {
  const pid = holderOf(lockFile, proc)
  const own = join(proc, pid === undefined ? 'self' : String(pid))
  const limits = read(join(own, 'limits'))
  if (limits === undefined) return undefined
  const leaks = [coreFile(limits), crashProgram(proc), swap(own, proc)].filter((leak) => leak !== undefined)
  return { of: pid === undefined ? 'this command' : { pid }, leaks }
}

/** The process that holds a lock on a file. */
function holderOf(file: string, proc: string): number | undefined {
  const inode = statSync(file, { throwIfNoEntry: false })?.ino
  const line = read(join(proc, 'locks'))
    ?.split('\n')
    .find((lock) => / WRITE /.test(lock) && lock.includes(`:${inode} `))
  const pid = Number(/ WRITE (\d+) /.exec(line ?? '')?.[1])
  return pid > 0 ? pid : undefined
}

function coreFile(limits: string): string | undefined {
  const [, hard] = /^Max core file size +\S+ +(\S+)/m.exec(limits) ?? []
  if (hard === undefined || hard === '0') return undefined
  return `a crash may write it to a file (core files up to ${hard}): LimitCORE=0 in the unit of systemd, or ulimit -c 0 before the start`
}

/** Linux asks no limit before it hands a crash to a program, but for the limit of 1. systemd's keeps to the limit of 0. */
function crashProgram(proc: string): string | undefined {
  const pattern = read(join(proc, 'sys/kernel/core_pattern'))?.trim()
  const [, program] = /^\|(\S+)/.exec(pattern ?? '') ?? []
  if (program === undefined || /\/systemd-coredump$/.test(program)) return undefined
  return `a crash hands it to ${program}: take that out of use, or sysctl kernel.core_pattern=core`
}

function swap(own: string, proc: string): string | undefined {
  const disks = read(join(proc, 'swaps'))?.trim().split('\n').slice(1) ?? []
  const [, group] = /^0::(\/\S*)$/m.exec(read(join(own, 'cgroup')) ?? '') ?? []
  const most = read(join('/sys/fs/cgroup', group ?? '', 'memory.swap.max'))?.trim()
  if (disks.length === 0 || most === '0') return undefined
  return 'it may be swapped out to a disk: MemorySwapMax=0 in the unit of systemd, or swapoff'
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined // another system, or a container that shows less
  }
}
