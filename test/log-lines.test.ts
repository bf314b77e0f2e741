import { execFileSync } from 'node:child_process'
import { closeSync, constants, existsSync, openSync, readFileSync, readSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { linesTo } from '../src/log/log-lines.ts'
import { newFile } from './support/new-file.ts'
import { canMount, mountSmallDisk } from './support/small-disk.ts'

/** Opens a file, and closes it when the test is over. */
function opened(file: string, flags: string | number): number {
  const descriptor = openSync(file, flags)
  onTestFinished(() => closeSync(descriptor))
  return descriptor
}

describe('lines of the log', () => {
  test('are written to a file, one after another', () => {
    const file = newFile()
    const lines = linesTo(opened(file, 'a'))
    lines.write('one\n')
    lines.write('two\n')
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n')
  })

  test.skipIf(!existsSync('/dev/full'))('that a full disk does not take are dropped, however many', () => {
    const lines = linesTo(opened('/dev/full', 'w'))
    for (let line = 0; line < 10_000; line++) lines.write('a line\n')
  })

  test('into a descriptor that is closed are dropped', () => {
    linesTo(9_999).write('a line\n')
  })

  test.skipIf(!canMount())('go on when the disk has room again, and say how many were lost', () => {
    const folder = `${newFile()}-disk`
    const disk = mountSmallDisk(folder, 4)
    onTestFinished(() => disk.unmount())
    const lines = linesTo(opened(`${folder}/out.log`, 'a'))
    lines.write('before\n')
    disk.leaveFree(0)
    for (let line = 0; line < 100; line++) lines.write(`${'x'.repeat(1000)}\n`)
    disk.makeRoom()
    lines.write('after\n')
    const said = readFileSync(`${folder}/out.log`, 'utf8')
    expect(said).toMatch(/^before\n/)
    expect(said).toMatch(/\n\{"level":40,"lost":9\d,"msg":"[^"]+"\}\nafter\n$/)
  })

  test('wait for no reader: a pipe that nobody empties takes what it can hold', async () => {
    const fifo = newFile()
    execFileSync('mkfifo', [fifo])
    const both = openSync(fifo, constants.O_RDWR) // the socket closes it
    const reader = opened(fifo, constants.O_RDONLY | constants.O_NONBLOCK)
    const lines = linesTo(both)
    const long = `${'x'.repeat(999)}\n`
    for (let line = 0; line < 5_000; line++) lines.write(long)

    let read = 0
    const chunk = Buffer.alloc(100_000)
    const readSome = () => {
      try {
        return readSync(reader, chunk)
      } catch {
        return 0 // nothing in it just now
      }
    }
    for (let idle = 0; idle < 20; ) {
      const some = readSome()
      read += some
      idle = some === 0 ? idle + 1 : 0
      await pause(5)
    }
    expect(read).toBeGreaterThan(1_000_000)
    expect(read).toBeLessThan(2_000_000)
    lines.write('after\n')
    await expect.poll(() => chunk.toString('utf8', 0, readSome())).toMatch(/"lost":\d{4},.*\nafter\n$/)
  })
})
