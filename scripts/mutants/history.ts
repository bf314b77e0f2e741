import { faultsOf } from './mutant.ts'

const reading = 'test/history/reading.test.ts'
const importing = 'test/history/importing.test.ts'
const pages = 'test/history/pages.test.ts'
const store = faultsOf('src/history/import-store.ts', importing)

/** In what is imported of earlier years. */
export const ofHistory = [
  faultsOf('src/history/read-json.ts', reading)(
    'made-up figures are taken in',
    "name === 'note' && saysPractice(value)",
    "name === 'notes' && saysPractice(value)",
  ),
  faultsOf('src/history/gathered.ts', reading)(
    'the first of two values that contradict each other stays',
    'kept.delete(key)',
    '',
  ),
  faultsOf('src/history/judged.ts', reading)('a year that has not come is taken in', '> thisYear', '> thisYear + 9'),
  store('an import of nothing new leaves a trace', 'if (number === 0) return new TakenBack(counts)', ''),
  store('a removal takes the figures of other imports along', 'and(eq(historyFigures.importId, importId), ', 'and('),
  faultsOf('src/history/live-page.ts', 'test/history/live.test.ts')(
    'a server leads to another host',
    ' && to.hostname === from.hostname',
    '',
  ),
  faultsOf('src/actions/known-releases.ts', pages)(
    'what was imported stands beside what is ours',
    "!('why' in seen) || seen.why",
    "'why' in seen && seen.why",
  ),
]
