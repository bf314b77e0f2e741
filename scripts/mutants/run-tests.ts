import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What some tests came to. `broken`: a file could not be run at all, or they did not end in time; that says nothing of a fault. */
export type Verdict = { is: 'green' } | { is: 'red'; by: string } | { is: 'broken'; why: string }

/** Runs tests in a folder up to the first that turns red: one after the other, as `faultsOf` names them. */
export async function runInTurn(folder: string, tests: readonly string[], seconds: number): Promise<Verdict> {
  let verdict: Verdict = { is: 'broken', why: 'no test is named' }
  for (const test of tests) {
    const [path, names] = test.split(' > ') as [string, string?]
    verdict = await runTests(folder, [path, ...(names ? ['-t', names] : [])], { seconds })
    if (verdict.is !== 'green') return verdict
  }
  return verdict
}

/** Runs test files together, as vitest is told. */
export async function runTests(
  folder: string,
  args: readonly string[],
  { seconds, workers = 1 }: { seconds: number; workers?: number },
): Promise<Verdict> {
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const options = ['--bail=1', `--maxWorkers=${workers}`, '--reporter=json', `--outputFile=${report}`]
  const started = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args, ...options], {
    ...{ cwd: folder, stdio: 'ignore', detached: true },
  })
  return (await isInTime(started, seconds)) ? verdictOf(report) : { is: 'broken', why: `no end in ${seconds} s` }
}

/** Whether a process, and those that it began, ended by themselves. */
function isInTime(started: ReturnType<typeof spawn>, seconds: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      process.kill(-started.pid!, 'SIGKILL')
    }, seconds * 1000)
    started.on('error', reject)
    started.on('close', () => {
      clearTimeout(timer)
      resolve(!isLate)
    })
  })
}

interface Report {
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { fullName: string; status: string }[]
  }[]
}

function verdictOf(path: string): Verdict {
  const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as Report
  for (const { assertionResults } of testResults) {
    const red = assertionResults.find(({ status }) => status === 'failed')
    if (red) return { is: 'red', by: red.fullName.trim() }
  }
  const broken = testResults.find(({ status }) => status !== 'passed')
  if (broken) return { is: 'broken', why: broken.message.split('\n')[0] ?? '' }
  return testResults.length === 0 ? { is: 'broken', why: 'no test was run' } : { is: 'green' }
}
