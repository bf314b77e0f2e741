import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const quotaUs = 2_000

/**
 * Holds processes together to a share of one core, so that a client on the same machine can send it ten times what it can do.
 * @returns ends it after the processes have; `undefined` where this user or this system cannot.
 */
export function holdToShare(pids: number[], share: number): (() => void) | undefined {
  const periodUs = Math.round(quotaUs / share)
  const ways = [
    { root: '/sys/fs/cgroup/cpu', files: { 'cpu.cfs_period_us': `${periodUs}`, 'cpu.cfs_quota_us': `${quotaUs}` } },
    { root: '/sys/fs/cgroup', files: { 'cpu.max': `${quotaUs} ${periodUs}` } },
  ]
  for (const { root, files } of ways) {
    if (!existsSync(join(root, 'cgroup.procs'))) continue
    const group = join(root, `brukarsvar-bench-${pids[0]}`)
    try {
      mkdirSync(group)
      for (const [name, text] of Object.entries(files)) writeFileSync(join(group, name), text)
      for (const pid of pids) writeFileSync(join(group, 'cgroup.procs'), String(pid))
      return () => rmdirSync(group)
    } catch {
      if (existsSync(group)) rmdirSync(group)
    }
  }
  return undefined
}
