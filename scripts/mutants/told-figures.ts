import { faultsOf } from './mutant.ts'

const inDisclosure = (file: string, ...tests: string[]) =>
  faultsOf(`src/disclosure/${file}.ts`, ...tests.map((test) => `test/disclosure/${test}.test.ts`))

const threshold = inDisclosure('thresholds', 'possible-counts', 'figures', 'told-distribution')
const counts = inDisclosure('possible-counts', 'possible-counts', 'figures', 'totals')
const crossing = inDisclosure('crossing', 'crossing')
const bounds = inDisclosure('bounds', 'bounds', 'figures')
const sums = inDisclosure('every-set', 'bounds', 'figures')
const numbers = inDisclosure('open-numbers', 'open-numbers')
const followed = faultsOf('src/fieldwork/known-answers.ts', 'test/fieldwork/known-answers.test.ts')
const beside = faultsOf(
  'src/disclosure/figures.ts',
  'test/disclosure-audit/after-the-fieldwork.test.ts > where all others',
)
const remainders = inDisclosure('remainders', 'remainders')
const telling = inDisclosure('telling', 'figures', 'totals', 'outcome')
const attacked = faultsOf('src/disclosure/telling.ts', 'test/disclosure-audit/who-knows-the-program.test.ts')
const outcome = inDisclosure('outcome', 'outcome', 'figures', 'totals')
const order = inDisclosure('figures', 'figures', 'totals', 'any-nation')
const sets = inDisclosure('sets', 'figures', 'totals', 'any-nation')
const sorting = inDisclosure('in-order', 'figures', 'any-nation')
const genders = inDisclosure('genders', 'figures', 'totals')
const rests = faultsOf('src/disclosure/gender-rest.ts', 'test/disclosure-audit/women-men-and-the-rest.test.ts')
const figures = inDisclosure('told-figures', 'figures', 'totals')
const distribution = inDisclosure('told-distribution', 'told-distribution')

/** In what is told of the answers once they are counted: `src/disclosure/figures.ts`. */
export const ofToldFigures = [
  threshold('one opinion of twenty-nine is told', 'smallestUnanimous = 30', 'smallestUnanimous = 29'),
  threshold('two counts are enough', 'fewestCounts = 3', 'fewestCounts = 2'),
  threshold('a part of two is told', 'smallestPart = 3', 'smallestPart = 2'),
  threshold('twenty-nine have a distribution', 'fewestForDistribution = 30', 'fewestForDistribution = 29'),

  counts('words are told from above 90 per cent', 'percent >= nearlyAll', 'percent > nearlyAll'),
  counts('and below 10', 'percent <= nearlyNone', 'percent < nearlyNone'),
  counts(
    'a per cent leaves one count fewer open',
    'high: Math.min(people, behind - 1)',
    'high: Math.min(people, behind - 2)',
  ),
  counts(
    'of two people all counts need not stay',
    'Math.min(fewestCounts, people + 1)',
    'Math.min(fewestCounts, people)',
  ),
  counts('nothing has to stay open', 'if (people < smallestShown) return high', 'if (people < 1) return high'),
  counts(
    'words are taken back by what stands beside them',
    'if (!isFew(people)) return true',
    'if (people) return true',
  ),
  counts('they are wider than what is known', 'low === all.low && high === people', 'low === all.low'),
  counts('and at the other end', 'high === none.high && low === 0', 'high === none.high'),

  crossing('the end of all is always outside', '[false, true].map((end)', '[false].map((end)'),
  crossing('the start is', 'for (const start of [false, true])', 'for (const start of [false])'),
  crossing('one column is never cut off', 'inner < 2 ** width', 'inner < 2 ** width - 1'),
  crossing('rows do not choose', 'ofRows += Math.min(inner[row]!, outer[row]!)', 'ofRows += inner[row]!'),
  crossing(
    'what comes in lets through what goes out',
    'nth * 2 + (isFromInner ? 0 : 1)',
    'nth * 2 + (isFromInner ? 1 : 0)',
  ),
  crossing('a number gives way to itself', 'ofCut - alone[other]!', 'ofCut'),
  crossing('totals of rows hold nothing back', 'let sum = through(cuts, first, start, isInner)', 'let sum = 0'),
  crossing('columns hold nothing back', 'least += through(cuts, behind + nth, columns[nth]!, end)', 'least += 0'),
  crossing(
    'columns are free whatever is known of them',
    'columns.every((column, nth) =>',
    'columns.some((column, nth) =>',
  ),
  crossing('so are all together', 'isFree(total, columns) &&', ''),
  crossing('a row of its own has no total', 'low: Math.max(total.low, all.low)', 'low: all.low'),

  sums('the nation leaves its groups open', 'isSo(group, columns[nth]!)', 'Boolean(columns[nth])'),
  sums('its total leaves itself open', 'isSo(nation.total, total) &&', ''),
  sums('totals of municipalities do', 'isSo(its.total, total) &&', ''),
  sums(
    'units say nothing of their group',
    'const units = sumOf(group.units.map(knownOf))',
    'const units = { low, high }',
  ),
  sums('units stay open', ' && ofUnits', ''),
  sums('groups stay open', 'return isSo(group, possible) && ofUnits', 'return ofUnits'),
  sums('the others of a unit are as many as all', 'high: all.high - high', 'high: all.high'),
  bounds('women, men and the rest stay open', ' && (!isGroup(set) || areGendersOpen(set, possible))', ''),
  bounds('the rest is not looked at', '[woman, man, rest]\n', '[woman, man]\n'),

  numbers('two numbers of people are enough', 'widthOf(range) < fewestCounts', 'widthOf(range) < fewestCounts - 1'),
  numbers(
    'what is withheld may be fewer than ten',
    '{ low: Math.max(smallestShown, least), high: most }',
    '{ low: least, high: most }',
  ),
  numbers(
    'what follows of those who answered is not looked at',
    'if (low <= least) return false',
    'if (low <= least || low > least) return false',
  ),
  numbers(
    'how many answered is not looked at',
    'if (high >= most) return false',
    'if (high <= most || high > most) return false',
  ),

  numbers(
    'nobody followed the fieldwork',
    'of.get(textOf(key)) ?? {}',
    '{ ...of.get(textOf(key)), least: 0, most: [] }',
  ),
  numbers('what is not so is known all the same', 'if (least <= set.people) set.least', 'set.least'),
  numbers('a set that is known too well is known better', ' && widthOf(before) === widthOf(range))', ')'),
  followed('forms on paper came in unseen', 'added([own, onPaper])', 'own'),
  followed('tablets did', 'atTablets ? knownIn(atTablets).least : 0', '0'),
  followed('the end of a sum is taken for a cell', 'told.low > ofParts.low ? ofCell.least', 'told ? ofCell.least'),
  followed('so is the other one', 'told.high < ofParts.high ? ofCell.most', 'told ? ofCell.most'),
  followed('before codes go out nobody can answer for ever', ' || told.high === 0', ''),
  followed('few answers by a channel are told', 'its.every(({ low }) => low >= fewestAnswers)', 'its.every(Boolean)'),
  followed('a day before is forgotten', 'Math.max(all.least, least)', 'all.least'),
  beside('nobody gives way to what the nation says', 'for (const code of others) kept.add(code)', 'others.length = 0'),

  remainders(
    'the groups of a municipality may leave anything',
    'leavesNothing(total, groups))',
    'Boolean(total && groups))',
  ),
  remainders('units may', 'leavesNothing(group, group.units)', 'Boolean(group)'),
  remainders('municipalities and groups are not crossed', '  columnsOf(nation).every(', '  !columnsOf(nation).some('),
  remainders('the nation adds nothing', 'isIn === (total.hasNumber && others[0])', '!isIn'),
  remainders('what cannot be added up is', 'total.hasNumber && others[0]', 'others[0]'),
  remainders(
    'municipalities that lie in the columns stay in them',
    '|| outside > 0) within',
    '|| outside >= 0) within',
  ),
  remainders('totals that are not told are taken off', '!total.hasNumber || outside', 'outside'),
  remainders('what lies beyond is not looked at', '&& (!areToldAll || isNobodyOrEnough(beyond))', ''),
  remainders('it is also where a total is not told', 'areToldAll = false', 'areToldAll = true'),

  telling(
    'no remainder is looked at',
    'set.hasNumber = leavesNoRemainder(nation)',
    'set.hasNumber = nation !== undefined',
  ),
  telling('nor how many people are known', ' && all.takes(nation)', ''),
  telling('no bound is', 'const isOpen = keepsOpen(nation)', 'const isOpen = nation !== undefined'),
  telling('many are never told in words', "areWords ? 'words' : 'hidden'", "'hidden'"),
  telling('what is withheld has its number', "if (set.share === 'hidden') set.hasNumber = false", ''),
  attacked(
    'what is withheld tells nothing to nobody',
    'set.counts = counts\n  if',
    'if (isExact) set.counts = counts\n  if',
  ),

  outcome(
    'the start may',
    '!isOpen({ low: possible.low, high: low - 1 })',
    'isOpen({ low: possible.low, high: low - 1 }) && false',
  ),
  outcome('so may the other one', '!isOpen({ low: high + 1, high: possible.high })', 'high < 0'),
  outcome('the first per cent is as wide as any', 'low === first.low && asked.isOpen(first)', 'low === first.low'),
  outcome('and the last', 'high === last.high && asked.isOpen(last)', 'high === last.high'),
  outcome('a per cent is one count', 'Math.max(1, Math.floor(people / 100)) - 1', '0'),

  order(
    'a total never has its number',
    '  telling.tellShare(total)\n  telling.tell(total)\n',
    '  telling.tellShare(total)\n',
  ),
  order('the first unit stays', 'of largestFirst(units)', 'of units'),
  order('units of what is not told are told', 'groups.filter(isTold).flatMap', 'groups.flatMap'),
  order('the nation never has numbers', 'for (const set of sets) telling.tell(set)', ''),
  order('municipalities stay as they came', 'inOrder(municipalities, ({ code }) => code)', 'municipalities'),
  order('women and men have a figure among numbers', ".filter(({ gender }) => gender === 'all')", ''),
  sorting('the smallest are first', 'other.people - one.people', 'one.people - other.people'),
  sets('units stay as they came', 'inOrder(units, ({ unitId }) => unitId)', 'units'),
  sets('groups do', 'const groups = inTheirOrder(cells)', 'const groups = cells'),
  sets('units need not add up', 'if (all.people !== ofUnits.people ||', 'if ('),

  genders(
    'women are told where all others are few',
    'return isNobodyOrEnough(others) && isOpen ? told : neither',
    'return isOpen ? told : neither',
  ),
  genders('they are told of a group that is not', 'if (!isTold(group)) return neither', ''),
  genders('the nation tells whom municipalities keep back', 'return isSafe ? told : neither', 'return told'),
  genders(
    'one of them is told of the nation whatever the others are',
    ' && (!isAlone || leavesSplit(mixed, gender))',
    '',
  ),
  rests('the rest of a group follow from three per cents', 'pairs.size >= fewestRests', 'pairs.size > 0'),
  rests('of more than a few nothing is tried', 'people > mostTried', 'people > smallestShown'),
  rests('all of the rest can be of one opinion', ' && !isAll && !isNone', ''),
  figures('a share is told with more than it says', '...(hasNumber ? { positive } : {})', 'positive'),
  figures('one opinion of few women is told', "isUnanimous(set) ? 'words' : 'exact'", "'exact'"),
  figures('women have a number', ', hasNumber: false })', ', hasNumber: true })'),
  figures('nobody is few', "if (people === 0) return { status: 'nobody' }", ''),
  figures('few is protected', "if (people < smallestShown) return { status: 'few' }", ''),

  distribution('yes and no have a distribution', 'parts.length < 3 || ', ''),
  distribution(
    'parts cross the line',
    'positive.has(options[0]!) === positive.has(parts[0]!.option)',
    'Boolean(options)',
  ),
  distribution('the last of a side stays alone', 'before && last!.number < smallestPart', 'before && last!.number < 0'),
  distribution(
    'the ends are not merged',
    'if (before && before.number < smallestPart)',
    'if (before && before.number < 0)',
  ),
  distribution(
    'it is merged towards the end',
    'mergedInwards(last.reverse()).map(reversed).reverse()',
    'mergedInwards(last)',
  ),
  distribution('options stand the wrong way round', '.map(reversed)', ''),
]
