import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** `exclusive` as at a commit, `immediate` as while a command writes, `shared` as while a backup reads. */
export type Lock = 'exclusive' | 'immediate' | 'shared'

const statements: Record<Lock, string> = {
  exclusive: 'begin exclusive',
  immediate: 'begin immediate',
  shared: 'begin; select count(*) from urn',
}

const holder = `
  import SQLite from 'better-sqlite3'
  const [file, statements] = process.argv.slice(-2)
  const db = new SQLite(file)
  for (const statement of statements.split('; ')) {
    const prepared = db.prepare(statement)
    prepared.reader ? prepared.get() : prepared.run()
  }
  console.log('held')
  process.stdin.on('end', () => db.close()).resume()`

/** Another process that holds the database. @returns a function that ends it and waits until the lock is free. */
export async function holdLock(file: string, lock: Lock): Promise<() => Promise<void>> {
  const args = ['--input-type=module', '--eval', holder, '--', file, statements[lock]]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [said] = await Promise.race([once(child.stdout, 'data'), ended])
  if (String(said) !== 'held\n') throw new Error(`the lock was not taken: ${said}`)
  return async () => {
    child.stdin.end()
    await ended
  }
}
