import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutAgainAndAgain, isKept } from '../../scripts/powercut/cuts.ts'
import { diskOf } from '../../scripts/powercut/disk.ts'
import { record } from '../../scripts/powercut/record.ts'
import { readRecording, type Step } from '../../scripts/powercut/recording.ts'
import { treatments } from '../../scripts/powercut/surviving.ts'
import { seeded } from '../../scripts/seeded.ts'

const path = '/data/file'
const before = Buffer.from('x'.repeat(700))
const newDisk = () => diskOf([{ path, inode: 7n, content: before }])

const anyChange = fc.oneof(
  fc.record({
    kind: fc.constant('written' as const),
    inode: fc.constant(7n),
    at: fc.nat({ max: 2000 }),
    bytes: fc
      .tuple(fc.integer({ min: 1, max: 1500 }), fc.nat({ max: 255 }))
      .map(([length, first]) => Buffer.from(Array.from({ length }, (_, at) => (first + at) % 256))),
  }),
  fc.record({ kind: fc.constant('truncated' as const), inode: fc.constant(7n), length: fc.nat({ max: 2500 }) }),
)
const someChanges = fc.array(anyChange, { maxLength: 30, size: 'max' })

/** The file as the operating system shows it after some changes. */
function shown(changes: Step[]): Buffer {
  let content = before
  for (const change of changes) {
    const length =
      change.kind === 'written'
        ? Math.max(content.length, change.at + change.bytes.length)
        : (change as { length: number }).length
    const next = Buffer.alloc(length)
    content.copy(next, 0, 0, Math.min(length, content.length))
    if (change.kind === 'written') change.bytes.copy(next, change.at)
    content = next
  }
  return content
}

describe('a disk whose power is cut', () => {
  test('has what was synced, however it treats the rest, which is lost or there as the cut says', () => {
    fc.assert(
      fc.property(someChanges, someChanges, fc.integer({ min: 0 }), (synced, unsynced, seed) => {
        const disk = newDisk()
        for (const step of [...synced, { kind: 'synced', inode: 7n, before: synced.length } as const, ...unsynced])
          disk.take(step)
        expect(disk.unsynced(/file$/)).toBe(unsynced.length)
        const left = Object.fromEntries(
          treatments.map((treatment) => [treatment, disk.cut(treatment, seeded(seed)).get(path)!]),
        )
        expect(left.nothing!.equals(shown(synced))).toBe(true)
        expect(left.everything!.equals(shown([...synced, ...unsynced]))).toBe(true)
        if (unsynced.length === 0)
          for (const content of Object.values(left)) expect(content.equals(shown(synced))).toBe(true)
      }),
    )
  })

  test('tears a write at its sectors and nowhere else', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 3000 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0 }),
        (at, length, seed) => {
          for (const treatment of ['in order', 'in any order'] as const) {
            const disk = diskOf([{ path, inode: 7n, content: Buffer.alloc(8192, 'x') }])
            disk.take({ kind: 'written', inode: 7n, at, bytes: Buffer.alloc(length, 'y') })
            const content = disk.cut(treatment, seeded(seed)).get(path)!
            const edges = [...content.keys()].filter((index) => index > 0 && content[index] !== content[index - 1])
            for (const edge of edges) expect(edge % 512 === 0 || edge === at || edge === at + length).toBe(true)
          }
        },
      ),
    )
  })

  test('has a new name once its folder was synced; a file that takes the number of a removed one begins empty', () => {
    const disk = newDisk()
    const names = () => [...disk.cut('nothing', seeded(1)).keys()]
    disk.take({ kind: 'opened', inode: 2n, path: '/data', isFolder: true })
    disk.take({ kind: 'created', inode: 9n, path: '/data/new' })
    disk.take({ kind: 'synced', inode: 9n, before: 2 })
    expect(names()).toEqual([path])
    disk.take({ kind: 'synced', inode: 2n, before: 3 })
    expect(names()).toEqual([path, '/data/new'])
    disk.take({ kind: 'removed', path })
    disk.take({ kind: 'created', inode: 7n, path: '/data/again' })
    disk.take({ kind: 'renamed', from: '/data/new', to: '/data/renamed' })
    const left = disk.cut('everything', seeded(1))
    expect([...left].map(([name, content]) => [name, content.length])).toEqual([
      ['/data/again', 0],
      ['/data/renamed', 0],
    ])
  })

  test('may not count a sync for what was written while it was under way', () => {
    const disk = newDisk()
    disk.take({ kind: 'written', inode: 7n, at: 0, bytes: Buffer.from('late') })
    disk.take({ kind: 'synced', inode: 7n, before: 0 })
    expect(disk.cut('nothing', seeded(1)).get(path)!.toString()).toBe('x'.repeat(700))
  })
})

test('a recording that breaks off, or holds what nobody knows, is refused', () => {
  const step = (kind: string, bytes: string) => {
    const head = Buffer.alloc(29)
    head.write(kind)
    head.writeBigUInt64LE(7n, 1)
    head.writeUInt32LE(bytes.length, 25)
    return Buffer.concat([head, Buffer.from(bytes)])
  }
  const whole = Buffer.concat([step('A', 'abcdefghij'), step('W', 'yes')])
  expect(readRecording(whole)).toEqual([
    { kind: 'thanked', mark: 'abcdefghij' },
    { kind: 'written', inode: 7n, at: 0, bytes: Buffer.from('yes') },
  ])
  expect(() => readRecording(whole.subarray(0, -1))).toThrow('breaks off')
  expect(() => readRecording(step('?', ''))).toThrow('unknown kind')
})

const hasCompiler = (() => {
  try {
    return execFileSync('gcc', ['--version']).length > 0
  } catch {
    return false
  }
})()

test.skipIf(!hasCompiler)(
  'the built service loses nobody it thanked; on a disk that lies about syncs it would',
  async () => {
    const recorded = await record({ answers: 150 })
    const figures = await cutAgainAndAgain(recorded, { cuts: 60, seed: 1 })
    expect(figures.checks).toBeGreaterThan(60)
    expect(figures).toMatchObject({
      lost: 0,
      doubled: 0,
      strange: 0,
      unevenStrata: 0,
      wrongCounts: 0,
      corrupt: 0,
      unopened: 0,
    })
    const lying = await cutAgainAndAgain(recorded, { cuts: 60, seed: 1, losesSyncsOf: /\.sqlite$/ })
    expect(isKept(lying)).toBe(false)
    rmSync(recorded.folder, { recursive: true })
  },
)
