import { faultsOf } from './mutant.ts'

const inDisclosure = (file: string, ...tests: string[]) =>
  faultsOf(`src/disclosure/${file}.ts`, ...tests.map((test) => `test/disclosure/${test}.test.ts`))

const threshold = inDisclosure('thresholds', 'possible-counts', 'figures', 'told-distribution')
const counts = inDisclosure('possible-counts', 'possible-counts', 'figures', 'totals')
const crossing = inDisclosure('crossing', 'crossing')
const bounds = inDisclosure('bounds', 'bounds', 'figures')
const remainders = inDisclosure('remainders', 'remainders')
const telling = inDisclosure('telling', 'figures', 'totals')
const order = inDisclosure('figures', 'figures', 'totals', 'any-nation')
const sets = inDisclosure('sets', 'figures', 'totals', 'any-nation')
const sorting = inDisclosure('in-order', 'figures', 'any-nation')
const genders = inDisclosure('genders', 'figures', 'totals')
const figures = inDisclosure('told-figures', 'figures', 'totals')
const distribution = inDisclosure('told-distribution', 'told-distribution')

/** In what is told of the answers once they are counted: `src/disclosure/figures.ts`. */
export const ofToldFigures = [
  threshold('one opinion of twenty-nine is told', 'smallestUnanimous = 30', 'smallestUnanimous = 29'),
  threshold('two counts are enough', 'fewestCounts = 3', 'fewestCounts = 2'),
  threshold('a third of the range is enough', 'leastWidth = 0.5', 'leastWidth = 0.34'),
  threshold('a part of two is told', 'smallestPart = 3', 'smallestPart = 2'),
  threshold('twenty-nine have a distribution', 'fewestForDistribution = 30', 'fewestForDistribution = 29'),

  counts('words are told from above 90 per cent', 'percent >= nearlyAll', 'percent > nearlyAll'),
  counts('and below 10', 'percent <= nearlyNone', 'percent < nearlyNone'),
  counts('what is hidden is known not to be nobody', '{ low: 0, high: people }', '{ low: 1, high: people }'),
  counts('words leave open whatever they are of', "if (share === 'words') return countsOfWords(set)", ''),
  counts('a per cent without a number is one count', 'if (hasNumber) return', 'if (people) return'),
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
  counts('nothing has to stay open', 'if (people < smallestShown) {', 'if (people < 1) {'),
  counts(
    'words are taken back by what stands beside them',
    'if (!isUnanimous(set)) return true',
    'if (people) return true',
  ),

  crossing('the end of all is always outside', '[false, true].map((end)', '[false].map((end)'),
  crossing('the start is', 'for (const start of [false, true])', 'for (const start of [false])'),
  crossing('one column is never cut off', 'inner < 2 ** known.columns.length', 'inner < 2 ** known.columns.length - 1'),
  crossing('rows do not choose', 'ofRows += Math.min(inner[nth]!, outer[nth]!)', 'ofRows += inner[nth]!'),
  crossing('what comes in lets through what goes out', 'isFromInner ? rise : fall', 'isFromInner ? fall : rise'),
  crossing('a number gives way to itself in rising', 'least - fall)', 'least)'),
  crossing('and in falling', 'least - rise)', 'least)'),
  crossing('totals of rows hold nothing back', 'let sum = through(total, start, isInner)', 'let sum = 0'),
  crossing('columns hold nothing back', 'least += through(column, sides.columns[nth]!, end)', 'least += 0'),

  bounds('the nation leaves its groups open', 'isGroupOpen(group, columns[nth]!)', 'Boolean(columns[nth])'),
  bounds('its total leaves itself open', 'isOpenEnough(nation.total, total) &&', ''),
  bounds('totals of municipalities do', 'isOpenEnough(its.total, total) &&', ''),
  bounds(
    'units say nothing of their group',
    'const units = sumOf(group.units.map(countsOf))',
    'const units = { low, high }',
  ),
  bounds('units stay open', '&& areUnitsOpen &&', '&&'),
  bounds('groups stay open', 'return isOpenEnough(group, possible) &&', 'return'),
  bounds('women, men and the rest do', ' && areGendersOpen(group, possible)', ''),
  bounds('the others of a unit are as many as all', 'high: all.high - own.high', 'high: all.high'),
  bounds('the rest is not looked at', '[woman, man, rest]\n', '[woman, man]\n'),

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

  telling('no remainder is looked at', '() => leavesNoRemainder(nation) && keepsOpen', '() => keepsOpen'),
  telling('no bound is', 'leavesNoRemainder(nation) && keepsOpen(nation)', 'leavesNoRemainder(nation)'),
  telling(
    'numbers of responses leave remainders',
    'const isSafe = () => leavesNoRemainder(nation)\n',
    'const isSafe = () => true\n',
  ),
  telling('what is told is told although it is not safe', 'Object.assign(set, { share, hasNumber })', ''),
  telling('many are never told in words', "['exact', 'words']", "['exact']"),
  telling('the number of what is withheld is told', "set.share !== 'hidden' && tellIfSafe", 'tellIfSafe'),

  order(
    'a total never has its number',
    '  telling.tellShare(total)\n  telling.tellNumber(total)\n',
    '  telling.tellShare(total)\n',
  ),
  order('units of what is not told are told', 'groups.filter(isTold).flatMap', 'groups.flatMap'),
  order('the first unit stays', 'of largestFirst(units)', 'of units'),
  order('the nation never has numbers', 'for (const set of sets) telling.tellNumber(set)', ''),
  order('municipalities stay as they came', 'inOrder(municipalities, ({ code }) => code)', 'municipalities'),
  order('women and men have a figure among numbers', ".filter(({ gender }) => gender === 'all')", ''),
  sorting('the smallest are first', 'other.people - one.people', 'one.people - other.people'),
  sets('units stay as they came', 'inOrder(units, ({ unitId }) => unitId)', 'units'),
  sets('groups do', 'const groups = inTheirOrder(cells)', 'const groups = cells'),
  sets('units need not add up', 'if (all.people !== ofUnits.people ||', 'if ('),

  genders('women are told where all others are few', 'return isNobodyOrEnough(others) ? told : neither', 'return told'),
  genders('they are told of a group that is not', 'if (!isTold(group)) return neither', ''),
  genders('the nation tells whom municipalities keep back', 'return isSafe ? told : neither', 'return told'),
  genders(
    'one of them is told of the nation whatever the others are',
    ' && (!isAlone || leavesSplit(mixed, gender))',
    '',
  ),
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
