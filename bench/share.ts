import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const periodUs = 10_000

/**
 * Holds a process to a share of one core, so that a client on the same machine can send it ten times what it can do.
 * @returns ends it after the process has; `undefined` where this user or this system cannot.
 */
export function holdToShare(pid: number, share: number): (() => void) | undefined {
  const quotaUs = Math.round(periodUs * share)
  const ways = [
    { root: '/sys/fs/cgroup/cpu', files: { 'cpu.cfs_period_us': `${periodUs}`, 'cpu.cfs_quota_us': `${quotaUs}` } },
    { root: '/sys/fs/cgroup', files: { 'cpu.max': `${quotaUs} ${periodUs}` } },
  ]
  for (const { root, files } of ways) {
    if (!existsSync(join(root, 'cgroup.procs'))) continue
    const group = join(root, `brukarsvar-bench-${pid}`)
    try {
      mkdirSync(group)
      for (const [name, text] of Object.entries(files)) writeFileSync(join(group, name), text)
      writeFileSync(join(group, 'cgroup.procs'), String(pid))
      return () => rmdirSync(group)
    } catch {
      if (existsSync(group)) rmdirSync(group)
    }
  }
  return undefined
}
