import { resolve } from 'node:path'
import { createVitest } from 'vitest/node'
import type { Asked, Verdict } from './run-tests.ts'

/** The process in which tests are run: it is told files and answers what they came to, again and again. */
const maxWorkers = Number(process.argv[2])
const vitest = await createVitest('test', { watch: false, bail: 1, maxWorkers, reporters: [{}] })

/** Files that were read with a fault in them, or were before one was set. */
const changedSince = new Set<string>()

async function run({ files, names, changed }: Asked): Promise<Verdict> {
  if (changed) changedSince.add(resolve(changed))
  for (const path of changedSince) vitest.invalidateFile(path)
  vitest.state.filesMap.clear()
  vitest.state.idMap.clear() // what failed before would be said again
  const paths = new Set(files.map((file) => resolve(file)))
  const specifications = (await vitest.globTestSpecifications(files)).filter(({ moduleId }) => paths.has(moduleId))
  if (specifications.length < paths.size) return { is: 'broken', why: 'a test file is not there' }
  vitest.setGlobalTestNamePattern(names ?? '')
  const { testModules } = await vitest.runTestSpecifications(specifications)
  const tests = testModules.flatMap(({ children }) => [...children.allTests()])
  const red = tests.find((test) => test.result().state === 'failed')
  if (red) return { is: 'red', by: red.fullName }
  const broken = testModules.find((module) => module.state() === 'failed')
  if (broken) return { is: 'broken', why: broken.errors()[0]?.message.split('\n')[0] ?? 'it failed' }
  return tests.some((test) => test.result().state === 'passed')
    ? { is: 'green' }
    : { is: 'broken', why: 'no test was run' }
}

process.on('message', (asked: Asked) => void run(asked).then((result) => process.send!(result)))
