import { makeCopy } from './mutants/copy.ts'
import { allMutants } from './mutants/list.ts'
import type { Mutant } from './mutants/mutant.ts'
import { runInTurn, runTests, type Verdict } from './mutants/run-tests.ts'

const help = `Usage: npm run mutants -- [part of a file's name]

Sets one fault of one line at a time into a copy of the source (scripts/mutants), and runs the tests that are there to notice it: each
must turn one of them red. Exit code 1 when one is not noticed, or was not tried in 15 minutes.`

const [wanted = ''] = process.argv.slice(2)
const [togetherAtMost, mostMinutes, secondsEach] = [2, 15, 120]
const mutants = allMutants.filter(({ file }) => file.includes(wanted))

if (wanted.startsWith('-') || mutants.length === 0) {
  console.error(help)
  process.exitCode = 2
} else await tryAll()

async function tryAll() {
  const until = Date.now() + mostMinutes * 60_000
  const copies = Array.from({ length: Math.min(togetherAtMost, mutants.length) }, () => makeCopy(process.cwd()))
  try {
    const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests.map((test) => test.split(' > ')[0]!)))]
    console.log(`${mutants.length} faults. First ${tests.length} test files without any ...`)
    const seconds = (mostMinutes * 60) / 2
    const sound = await runTests(copies[0]!.folder, tests, { seconds, workers: togetherAtMost })
    if (sound.is !== 'green') throw new Error(`Not green without a fault: ${said(sound)}`)

    const waiting = [...mutants]
    const unnoticed: Mutant[] = []
    await Promise.all(
      copies.map(async ({ folder, ...copy }) => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const { file, fault, tests } = next
          const verdict: Verdict =
            Date.now() < until
              ? await copy.with(next, () => runInTurn(folder, tests, secondsEach))
              : { is: 'broken', why: `not tried in ${mostMinutes} minutes` }
          if (verdict.is !== 'red') unnoticed.push(next)
          console.log(
            `${verdict.is === 'red' ? 'noticed ' : 'UNNOTICED'} ${file}: ${fault}\n            ${said(verdict)}`,
          )
        }
      }),
    )
    console.log(`${mutants.length - unnoticed.length} of ${mutants.length} faults are noticed.`)
    for (const { file, fault } of unnoticed) console.log(`  not: ${file}: ${fault}`)
    process.exitCode = unnoticed.length > 0 ? 1 : 0
  } finally {
    for (const copy of copies) copy.remove()
  }
}

function said(verdict: Verdict): string {
  if (verdict.is === 'green') return 'every test stays green'
  return verdict.is === 'red' ? `by "${verdict.by}"` : `could not be tried: ${verdict.why}`
}
