import { makeCopy } from './mutants/copy.ts'
import { allMutants } from './mutants/list.ts'
import type { Mutant } from './mutants/mutant.ts'
import { Tests, type Verdict } from './mutants/run-tests.ts'

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
    const all = new Tests(copies[0]!.folder, togetherAtMost)
    const sound = await all.together({ files: tests }, seconds)
    all.end()
    if (sound.is !== 'green') throw new Error(`Not green without a fault: ${said(sound)}`)

    const waiting = [...mutants]
    const unnoticed: Mutant[] = []
    await Promise.all(
      copies.map(async (copy) => {
        const its = new Tests(copy.folder)
        let last: Mutant | undefined
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const { file, fault, tests } = next
          last = next
          const verdict: Verdict =
            Date.now() < until
              ? await copy.with(next, () => its.inTurn(tests, file, secondsEach))
              : { is: 'broken', why: `not tried in ${mostMinutes} minutes` }
          if (verdict.is !== 'red') unnoticed.push(next)
          console.log(
            `${verdict.is === 'red' ? 'noticed ' : 'UNNOTICED'} ${file}: ${fault}\n            ${said(verdict)}`,
          )
        }
        // What was noticed was the fault, and nothing that stayed of those before.
        const after = last ? await its.inTurn(last.tests, last.file, secondsEach) : undefined
        its.end()
        if (after?.is === 'red') throw new Error(`Not green once a fault was taken out: ${said(after)}`)
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
