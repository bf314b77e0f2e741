import { faultsOf } from './mutant.ts'

const going = 'test/results/destruction.test.ts'
const day = faultsOf('src/results/settling.ts', going)
const end = faultsOf('src/actions/destroying-store.ts', going)
const destroy = faultsOf('src/actions/destroy-round.ts', going)
const zip = faultsOf('src/table/zip.ts', 'test/results/archive.test.ts')

/** In the end of answers, and in what an archive keeps. */
export const ofRecords = [
  day('answers are kept as long as it was published late', 'afterIt < latest ? afterIt : latest', 'afterIt'),
  day('answers that were withdrawn go by hand', '!isPublished ? byItselfOn : near', 'near'),
  day('answers go by hand as soon as it is published', 'near > first ? near : first', 'first'),
  day('a publication that has not come counts', 'stepsInEffect(steps, now).filter', 'steps.filter'),
  end('answers go by hand before their day', 'swedishDay(now) < standing.byHandFrom', 'false'),
  end('answers go by hand without a decision', '!(decision ?? standing.decision)', 'false'),
  end('answers go a day late', 'standing.byItselfOn <= swedishDay', 'standing.byItselfOn < swedishDay'),
  destroy(
    'a key stays where the cut came before it',
    'for (const roundId of destroyed) rmSync(keptKeyFile(keyDir, roundId), { force: true })',
    '',
  ),
  zip('a package is of its hour', '{ mtime: noTime }', '{ mtime: new Date() }'),
]
