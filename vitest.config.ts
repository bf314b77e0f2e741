import { configDefaults, defineConfig } from 'vitest/config'
import { memoryFolder } from './test/support/memory-folder.ts'

/** What is about a disk: what it costs, and what of it is left after a crash. */
const onDisk = ['test/reliability/**/*.test.ts', 'test/paper/crash.test.ts', 'test/response/used-code.test.ts']

const inMemory = memoryFolder()
const env = inMemory ? { TMPDIR: inMemory } : {}

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    // Files run one after the other in a process that has read the service once, and runs it the faster for it: each has its own services and databases, and puts back what it changes of the process.
    isolate: false,
    // Guards against what never ends, and nothing else: on a machine with twenty others a test took ten times as long as alone.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 180_000 } },
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'in memory',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...onDisk],
          env,
        },
      },
      { extends: true, test: { name: 'on disk', include: onDisk, sequence: { groupOrder: 1 } } },
    ],
  },
})
