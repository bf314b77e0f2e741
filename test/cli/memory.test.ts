import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { examineMemory } from '../../src/cli/memory.ts'
import { freePort } from '../support/free-port.ts'
import { answering, newOperator, type Operator, stopped } from './operator.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-memory-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const limits = (soft: string, hard: string) =>
  `Limit                     Soft Limit           Hard Limit           Units     \nMax core file size        ${soft.padEnd(20)} ${hard.padEnd(20)} bytes     \n`
const noSwap = 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n'
const quiet = { 'self/limits': limits('0', '0'), 'sys/kernel/core_pattern': 'core\n', swaps: noSwap }

/** What Linux says under /proc, as a folder. */
function machine(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

describe('what is read of the memory of a service', () => {
  test('is nothing to worry about where no crash is written and nothing is swapped', () => {
    expect(examineMemory('/nowhere', machine(quiet))).toEqual({ of: 'this command', leaks: [] })
  })

  test.each([
    ['self/limits', limits('0', 'unlimited'), /core files up to unlimited\): LimitCORE=0/],
    ['self/limits', limits('0', '1048576'), /core files up to 1048576\)/],
    ['sys/kernel/core_pattern', '|/usr/share/apport/apport -p%p\n', /hands it to \/usr\/share\/apport\/apport: /],
    ['swaps', `${noSwap}/dev/sda2 partition 2097148 0 -2\n`, /swapped out to a disk: MemorySwapMax=0/],
  ])('warns of %s that says %j', (file, text, warning) => {
    const { leaks } = examineMemory('/nowhere', machine({ ...quiet, [file]: text }))!
    expect(leaks).toEqual([expect.stringMatching(warning)])
  })

  test('lets the program of systemd be, which keeps to the limit', () => {
    const pattern = '|/usr/lib/systemd/systemd-coredump %P %u %g %s %t %c %h\n'
    expect(examineMemory('/nowhere', machine({ ...quiet, 'sys/kernel/core_pattern': pattern }))!.leaks).toEqual([])
  })

  test('is that of the process which holds the database, where one does', () => {
    const held = join(folder, 'held')
    writeFileSync(held, '')
    const locks = `1: POSIX  ADVISORY  READ 7 fe:00:1 0 EOF\n2: POSIX  ADVISORY  WRITE 4711 fe:00:${statSync(held).ino} 0 EOF\n`
    const proc = machine({ ...quiet, locks, '4711/limits': limits('0', 'unlimited') })
    const found = examineMemory(held, proc)!
    expect(found.of).toEqual({ pid: 4711 })
    expect(found.leaks).toHaveLength(1)
  })

  test('is left out where the system does not tell', () => {
    expect(examineMemory('/nowhere', folder)).toBeUndefined()
  })
})

describe.skipIf(process.platform !== 'linux')('the doctor', () => {
  const memoryOf = async (operator: Operator) => {
    const { findings } = JSON.parse((await operator.shell('brukarsvar doctor --json')).out)
    return findings.filter(({ check }: { check: string }) => check === 'memory')
  }

  test('looks at the service that runs, not at the terminal it is asked in', async () => {
    const operator = newOperator()
    await operator.json('init')
    const port = await freePort()
    const service = operator.start('main.js', { PORT: String(port) })
    await answering(service, `http://localhost:${port}`)
    const [first] = await memoryOf(operator)
    expect(first.message).toContain(`the memory of the service (process ${service.pid})`)
    await stopped(service)
    expect((await memoryOf(operator))[0].message).toContain('a service started as this command was')

    const { out } = await operator.shell('ulimit -c 0; brukarsvar doctor --json')
    expect(out).not.toContain('core files up to')
    operator.leave()
  })
})

test('the unit in the documentation starts the service as npm does, without core files and swap', () => {
  const unit = /```ini\n(.*?)```/s.exec(readFileSync('docs/operations.md', 'utf8'))![1]!.split('\n')
  const { start } = JSON.parse(readFileSync('package.json', 'utf8')).scripts
  expect(unit).toContain(`ExecStart=/usr/bin/${start}`)
  expect(unit).toEqual(expect.arrayContaining(['LimitCORE=0', 'MemorySwapMax=0', 'ProtectProc=invisible']))
})
