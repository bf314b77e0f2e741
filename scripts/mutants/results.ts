import { faultsOf } from './mutant.ts'

const [closing, shares] = ['test/anonymity/closing.test.ts', 'test/results/shares.test.ts']
const rules = faultsOf('src/results/disclosure.ts', shares, closing)
const threshold = faultsOf('src/disclosure/thresholds.ts', shares, closing)
const share = faultsOf('src/results/shares.ts', shares, closing)
const opening = faultsOf('src/results/told-opening.ts', closing)
const languages = faultsOf('src/results/told-languages.ts', closing)
const urn = faultsOf('src/results/opening.ts', 'test/results/opening.test.ts')
const tally = faultsOf('src/results/tally.ts', 'test/results/tally.test.ts')

/** In what is told of answers at the close. */
export const ofResults = [
  threshold('nine are told', 'smallestShown = 10', 'smallestShown = 9'),
  rules('ten are not', 'if (people < smallestShown)', 'if (people <= smallestShown)'),
  threshold('all alike are told from twenty on', 'smallestUnanimous = 30', 'smallestUnanimous = 20'),
  rules('thirty alike are not told', 'people >= smallestUnanimous', 'people > smallestUnanimous'),
  rules('ninety per cent of few are told', 'percent >= nearlyAll ?', 'percent > nearlyAll ?'),
  rules('ten per cent of few are told', 'percent <= nearlyNone ?', 'percent < nearlyNone ?'),
  rules(
    'a total is told beside a group that is hidden',
    "groups.some((cell) => statusOf(cell) === 'few')",
    "groups.every((cell) => statusOf(cell) === 'few')",
  ),
  rules(
    'a total is told whatever its groups keep back',
    'low + highest - high < whole.low || high + lowest - low > whole.high',
    'low > high',
  ),
  rules('it may say that all of a group are alike', 'low + highest - high < whole.low || high', 'high'),
  rules('it may say that none is', ' || high + lowest - low > whole.high', ''),
  rules(
    'a group of which a share is told is thought open',
    "if (status === 'shown') return { low: positive, high: positive }",
    "if (status === 'shown') return { low: 0, high: people }",
  ),

  share(
    'a group of few that is not idle is left out of the total',
    '!idle.has(groups[nth]!)',
    '!idle.has(groups[nth]!) && cells[row]![nth]!.people >= 10',
  ),
  share(
    'how many are hidden is told',
    "if (status === 'few') return { targetGroup, question, status }",
    "if (status === 'few') return { targetGroup, question, status, respondents }",
  ),
  share(
    'the share stands beside "at least 90 %"',
    "if (status !== 'shown') return { targetGroup, question, status, respondents }",
    "if (status !== 'shown') return { targetGroup, question, status, respondents, positive }",
  ),
  share(
    'the number stands beside a total that is kept back',
    "question: id, status: 'protected' as const }",
    "question: id, status: 'protected' as const, respondents: total.people }",
  ),

  opening(
    'the number of all is told beside a small group',
    'numberOf(group) >= smallestShown)',
    'numberOf(group) >= 0)',
  ),
  opening('a group of ten is small', 'numberOf(group) >= smallestShown)', 'numberOf(group) > smallestShown)'),
  opening('the number of all is always told', '...(isTold ? { ballots } : {})', '...{ ballots }'),
  opening(
    'languages are told beside a small group',
    'languages: isTold ? toldLanguages(languages) : []',
    'languages: toldLanguages(languages)',
  ),
  opening(
    'what tablets brought in vain is told to the person',
    'stepOf(unreadable) }',
    '{ low: unreadable, high: unreadable } }',
  ),

  languages('a small language is what is left of all', '.slice(0, -1)', ''),
  languages('a language of ten is small', 'number >= smallestShown', 'number > smallestShown'),
  languages('a language of nine is told', 'number >= smallestShown', 'number >= smallestShown - 1'),
  faultsOf('src/results/in-tenths.ts', closing)(
    'how far it has come tells of how many',
    'say(said)\n    }',
    'say((done * 100) / all)\n    }',
  ),

  urn('a ballot counts in a stratum for which it was not sealed', 'ballot.stratumId === row.stratumId && ', ''),
  urn('an empty ballot counts', ' && !isEmpty(ballot.answers)', ''),
  urn('what a tablet brought in vain stops the count', "row.channel === 'tablet'", 'false'),
  urn('what cannot be opened is left out in silence', 'if (broken > 0) {', 'if (broken > rows.length) {'),
  urn(
    'the counts are kept as they are',
    'return sealTo(publicKey, gzipSync(JSON.stringify(document)))',
    'return gzipSync(JSON.stringify(document)).subarray(publicKey.length * 0)',
  ),
  tally('cells lie in the order of arrival', '.sort(([a], [b]) => (a < b ? -1 : 1))', ''),
  tally('who gives no gender is not counted', "answers.gender ?? 'none'", "answers.gender ?? 'other'"),
]
