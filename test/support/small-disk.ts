import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of its own that can really be full. */
export interface SmallDisk {
  /** Fills the disk so that so many bytes and no more are free. */
  leaveFree(bytes: number): void
  makeRoom(): void
  /** From now on nothing on it can be written, or everything again. */
  mayWrite(may: boolean): void
  unmount(): void
}

/** Puts a small disk of its own under a folder. @throws Error where the user may not: see {@link canMount}. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
  const filler = join(folder, 'filler')
  const makeRoom = () => rmSync(filler, { force: true })
  return {
    makeRoom,
    leaveFree(bytes) {
      makeRoom()
      const { bavail, bsize } = statfsSync(folder)
      try {
        writeFileSync(filler, Buffer.alloc(bavail * bsize - bytes))
      } catch (error) {
        if ((error as { code?: string }).code !== 'ENOSPC') throw error // a browser wrote there meanwhile: it is full all the same
      }
    },
    mayWrite: (may) => execFileSync('mount', ['-o', `remount,${may ? 'rw' : 'ro'}`, folder]),
    unmount: () => execFileSync('umount', ['--lazy', folder]),
  }
}

/** Only an administrator may put a small disk of its own under a folder. */
export function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-mount-'))
  try {
    mountSmallDisk(folder, 4).unmount()
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
