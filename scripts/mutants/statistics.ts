import { faultsOf } from './mutant.ts'

const ofStatistics = (name: string, ...tests: string[]) =>
  faultsOf(`src/statistics/${name}.ts`, ...tests.map((test) => `test/statistics/${test}.test.ts`))
const ofResults = (name: string, test: string) => faultsOf(`src/results/${name}.ts`, `test/results/${test}.test.ts`)

const rounding = ofStatistics('rounding', 'rounding')
const normal = ofStatistics('normal', 'two-proportions')
const proportion = ofStatistics('proportion', 'proportion')
const wilson = ofStatistics('wilson', 'intervals')
const newcombe = ofStatistics('newcombe', 'intervals')
const fisher = ofStatistics('fisher', 'two-proportions')
const tests = ofStatistics('two-proportions', 'two-proportions')
const together = ofStatistics('multiple-comparisons', 'multiple-comparisons')
const kendall = ofStatistics('kendall', 'kendall')
const mean = ofStatistics('mean-of-others', 'mean-of-others')

const distribution = ofResults('distribution', 'distribution')
const rate = ofResults('response-rate', 'response-rate')
const comparison = ofResults('comparison', 'comparison')
const published = ofResults('unweighted-mean', 'among-areas')
const quarters = ofResults('quarters', 'among-areas')
const series = ofResults('series', 'series')
const years = ofResults('year-series', 'year-series')
const extremes = ofResults('extremes', 'extremes')
const similar = ofResults('similar-mean', 'pages-similar')
const association = ofResults('association', 'priorities')
const priorities = ofResults('priorities', 'priorities')
const apart = ofResults('surely-apart', 'brief')
const sureExtremes = ofResults('sure-extremes', 'brief')
const outstanding = ofResults('outstanding-groups', 'brief')
const briefOverall = ofResults('brief-overall', 'brief')
const briefQuestions = ofResults('brief-questions', 'brief')

/** In the figures that are worked out of answers. */
export const ofFigures = [
  rounding('halves are rounded down', '2 * Math.abs(dividend) + divisor', '2 * Math.abs(dividend) + divisor - 1'),
  rounding('halves below zero are rounded up', 'dividend < 0 ? 0 - size : size', 'Math.round(dividend / divisor)'),
  proportion('nobody is nobody positive', 'people === 0 ? undefined', 'people === 0 ? 0'),
  proportion('a part need not lie in its whole', 'positive < 0 || positive > people', 'positive < 0'),

  wilson('the correction counts the population as it is', '(population - 1)', 'population'),
  wilson('more who answered than could make the interval none', 'population < people', 'population < 0'),
  wilson(
    'an interval of all positive answers goes beyond 1',
    'Math.min(1, Math.max(share, end(1)))',
    'Math.max(share, end(1))',
  ),
  wilson('a population of one divides by nothing', 'population <= 1', 'population <= 0'),
  newcombe(
    'the ends of the two are mixed up',
    'one - ofOne.low, ofOther.high - other',
    'ofOne.high - one, other - ofOther.low',
  ),
  newcombe('the interval goes one way only', 'low: difference - Math.hypot(', 'low: difference + Math.hypot('),
  normal('far out the tail is not worked out by itself', 'farOut = 3', 'farOut = 30'),
  normal(
    'one tail is taken for two',
    'return distance < farOut ? 1 - between(distance) : 2 *',
    'return distance < farOut ? 1 - between(distance) :',
  ),
  fisher('tables that are equally likely are told apart by rounding', 'asLikely = 1 + 1e-7', 'asLikely = 1 - 1e-7'),
  fisher('only the tables on one side count', 'all.filter((weight) => weight <= seen * asLikely)', '[seen]'),
  tests('five is few', 'fewestExpected = 5', 'fewestExpected = 5.1'),
  tests('four and a half are many', 'fewestExpected = 5', 'fewestExpected = 4.5'),
  tests('only the positive can be few', 'Math.min(positive, people - positive)', 'positive'),
  together('one that is surer than the one before it stands out', 'Math.max(least, Math.min', 'Math.max(0, Math.min'),
  together('each counts as if there were as many as at first', '(ps.length - rank) * p', 'ps.length * p'),
  together('a long list is adjusted each by itself', 'most = Math.min(most, ', 'most = Math.min(1, '),
  kendall(
    'ties in rows are not taken out',
    '(ofAll - tiedRows) * (ofAll - tiedColumns)',
    'ofAll * (ofAll - tiedColumns)',
  ),
  kendall('ties do not change the variance', 'return untied + byTwos + byThrees', 'return untied'),
  mean(
    'the mean of others varies as one does',
    'sum(variances) / others.length ** 2',
    'sum(variances) / others.length',
  ),
  mean('four are enough', 'fewestMembers = 5', 'fewestMembers = 4'),
  mean('one that is not known is left out in silence', ' || members.length <= others.length', ''),

  distribution('"do not know" is an opinion', 'option !== dontKnow', "option !== 'unknown'"),
  distribution(
    'who does not know is counted among those with an opinion only',
    '[...distribution.values()]',
    'partsOf(distribution).map(({ number }) => number)',
  ),
  distribution('as before is worse', 'worse: people - better - unchanged', 'worse: people - better'),
  rate(
    'more who answered than were offered are a rate',
    ' || responses > offered ? undefined : responses / offered',
    ' ? undefined : responses / offered',
  ),
  rate('nobody offered is 0 %', 'offered === 0 || responses', 'responses'),
  rate('a missing tally lifts the rate of all', 'Math.max(offered, responses)', 'offered'),
  rate('a rate that may be lower does not say so', 'isAtMost: parts.some(', 'isAtMost: parts.every('),
  comparison(
    'a municipality is tested against a nation that it is in',
    'comparisonOf(part, restOf(whole, part))',
    'comparisonOf(part, whole)',
  ),
  comparison(
    'the difference is to the rest',
    'difference: shareOf(part)! - shareOf(whole)! }',
    'difference: toRest.difference }',
  ),
  comparison('fifty are a long list', 'shown.length <= mostTogether', 'shown.length < mostTogether'),
  comparison('what is read together is told each by itself', '? holm :', '? (ps: number[]) => ps :'),
  comparison('0.05 is sure', 'ps[at]! >= significance', 'ps[at]! > significance'),
  published('an area without a value counts', 'const count = published.length', 'const count = percents.length'),
  quarters('a quarter is less than a quarter', 'other > percent).length) <= all', 'other > percent).length) < all'),
  quarters('where all are alike all are best', 'isBest === isLast', 'isBest === isLast && !isBest'),
  series('a year is the latest before itself', 'told.year < year', 'told.year <= year'),
  years('a series is compared across a break', 'year >= since', 'year >= 0'),
  years('a break before young people is one before everybody', "targetGroup === 'youth' && ", ''),
  years('a pair is judged twice on a page', 'beside && isPairOfTable', '!beside && isPairOfTable'),
  extremes('a share in words is never beyond the highest', 'beyond.length === 0 ||', 'true ||'),
  extremes('what is kept back is never beyond the highest', ' && !lines.some(isKept)', ''),
  extremes('two have a highest and a lowest', 'fewestTold = 3', 'fewestTold = 2'),
  similar('two municipalities have a mean', 'fewestSimilar = 3', 'fewestSimilar = 2'),
  series('a line is drawn across a year without a value', 'last?.at(-1)?.year === value.year - 1', 'last'),
  association('one of the two begins with the best', '.toReversed()', '.toSorted()'),
  association('ninety-nine pairs are enough', 'fewestPairs = 100', 'fewestPairs = 99'),
  priorities('three questions make a picture', 'fewestQuestions = 4', 'fewestQuestions = 3'),
  priorities('who lies on a line is low', 'priority.share < cut.share', 'priority.share <= cut.share'),
  priorities('what is best comes first', '(1 - priority.share)', 'priority.share'),
  priorities('a third is no strong association', 'tau >= least', 'tau >= least / 2'),
  apart('what may be chance parts two shares', "if (outcome === 'no-sure-difference') continue", ''),
  sureExtremes('the best is named though it may not be', '!highest.every(', 'highest.length > 9 && !highest.every('),
  outstanding('a group stands out by a little', 'fewestPoints = 5', 'fewestPoints = 0'),
  outstanding('a group stands out by chance', "outcomes[at] !== 'no-sure-difference' && ", ''),
  briefOverall('few answers show that two are the same', 'nearAtMost = 0.1', 'nearAtMost = 1'),
  briefQuestions('the year before is said of few', 'fewestAnswers = 100', 'fewestAnswers = 10'),
]
