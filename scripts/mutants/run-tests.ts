import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What some tests came to. `broken`: a file could not be run at all, or they did not end in time; that says nothing of a fault. */
export type Verdict = { is: 'green' } | { is: 'red'; by: string } | { is: 'broken'; why: string }

/** What a tester is asked: test files, a part of names in them, and the file that was changed since it was asked last. */
export interface Asked {
  files: string[]
  names?: string
  changed?: string
}

const program = fileURLToPath(new URL('./tester.ts', import.meta.url))

/**
 * Runs tests in a folder, each up to the first that turns red, in a process that stays: it has read the packages and the service once,
 * which is most of what a small test costs.
 */
export class Tests {
  readonly #folder: string
  readonly #workers: number
  #tester: ChildProcess | undefined

  constructor(folder: string, workers = 1) {
    this.#folder = folder
    this.#workers = workers
  }

  /** One after the other, as `faultsOf` names them, with a fault in a file. */
  async inTurn(tests: readonly string[], changed: string, seconds: number): Promise<Verdict> {
    let verdict: Verdict = { is: 'broken', why: 'no test is named' }
    for (const test of tests) {
      const [file, names] = test.split(' > ') as [string, string?]
      verdict = await this.together({ files: [file], names, changed }, seconds)
      if (verdict.is !== 'green') return verdict
    }
    return verdict
  }

  /** All files at once. Where they do not end in time the process is stopped, with all that it began. */
  async together(asked: Asked, seconds: number): Promise<Verdict> {
    this.#tester ??= fork(program, [String(this.#workers)], {
      ...{ cwd: this.#folder, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true },
    })
    const tester = this.#tester
    const late = setTimeout(() => this.end(), seconds * 1000)
    tester.send(asked)
    const verdict = await new Promise<Verdict>((resolve) => {
      const ended = () => resolve({ is: 'broken', why: `no end in ${seconds} s` })
      tester.once('exit', ended).once('message', (verdict: Verdict) => {
        tester.off('exit', ended)
        resolve(verdict)
      })
    })
    clearTimeout(late)
    return verdict
  }

  end(): void {
    if (this.#tester?.pid) process.kill(-this.#tester.pid, 'SIGKILL')
    this.#tester = undefined
  }
}
