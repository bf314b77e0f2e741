import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** `exclusive` as at a commit, `immediate` as while a command writes, `shared` as while a backup reads. */
export type Lock = 'exclusive' | 'immediate' | 'shared'

const statements: Record<Lock, string> = {
  exclusive: 'begin exclusive',
  immediate: 'begin immediate',
  shared: 'begin; select count(*) from urn',
}

const holder = fileURLToPath(new URL('lock-holder.ts', import.meta.url))

/** Another process that holds the database. @returns a function that ends it and waits until the lock is free. */
export async function holdLock(file: string, lock: Lock): Promise<() => Promise<void>> {
  const args = ['--import', 'tsx', holder, file, statements[lock]]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [said] = await Promise.race([once(child.stdout, 'data'), ended])
  if (String(said) !== 'held\n') throw new Error(`the lock was not taken: ${said}`)
  return async () => {
    child.stdin.end()
    await ended
  }
}
