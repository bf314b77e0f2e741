import { configDefaults, defineConfig } from 'vitest/config'

/** What is run in a process of its own. */
const apart = ['stories', 'print', 'reliability', 'cli'].map((folder) => `test/${folder}/**/*.test.ts`)

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...apart],
          // Files run one after the other in a process that has read the service once, and runs it the faster for it: each has its own services and databases, and puts back what it changes of the process.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'apart', include: apart, sequence: { groupOrder: 1 } } },
    ],
  },
})
