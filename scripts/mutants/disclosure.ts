import { faultsOf } from './mutant.ts'

const steps = faultsOf('src/disclosure/steps.ts', 'test/disclosure/told.test.ts')
const told = faultsOf('src/disclosure/told.ts', 'test/disclosure/told.test.ts')
const threshold = faultsOf('src/disclosure/thresholds.ts', 'test/disclosure/told.test.ts')
const store = faultsOf('src/disclosure/store.ts', 'test/fieldwork/days.test.ts', 'test/nights.test.ts')

/** In what is told of numbers: steps, sums, and the nights on which they move. */
export const ofDisclosure = [
  steps('fifty is told in fives', 'number < widerFrom ?', 'number <= widerFrom ?'),
  steps('steps overlap', 'return { low, high: low + width - 1 }', 'return { low, high: low + width }'),
  threshold('six to eight are not thought possible of the first step', 'mostUntold = 8', 'mostUntold = 5'),
  steps(
    'the first number of a step is thought possible',
    '{ low: low + 1, high: high + 1 }',
    '{ low, high: high + 1 }',
  ),
  steps('the number behind a step is not', '{ low: low + 1, high: high + 1 }', '{ low: low + 1, high }'),
  steps('a sum counts on strata of which nothing is told', 'return low === 0 ? 0 : Math.max', 'return Math.max'),
  steps('what staff count raises the reach', 'Math.min(high, most))', 'most)'),
  steps('what staff count lowers it below what is told', 'Math.max(low, Math.min(high, most))', 'Math.min(high, most)'),
  steps('the lowest cell of a sum is as narrow as others', '(lowestOf(parts) + widest + 1)', '(lowestOf(parts) + 1)'),
  steps('the lowest cell is one too narrow', '(lowestOf(parts) + widest + 1)', '(lowestOf(parts) + widest)'),
  steps('so is the highest', '(highestOf(parts) - widest - 1)', '(highestOf(parts) - 1)'),
  steps('the highest is one too narrow', '(highestOf(parts) - widest - 1)', '(highestOf(parts) - widest)'),
  steps(
    'a sum of few parts is told in cells',
    'if (first > last) return told',
    'if (first > last + width) return told',
  ),
  steps('the highest cell ends where the step does', 'Math.max(last + width - 1, told.high)', 'told.high'),
  steps('the first number of the highest cell is told alone', 'if (number >= last)', 'if (number > last)'),
  steps('cells begin at the number', 'const begin = number - (number % width)', 'const begin = number'),
  steps('parts that are told in two sums have no more room', 'spare * widestOf(parts)', 'widestOf(parts)'),
  steps('the narrowest part counts for the widest', 'Math.max(most, width), 0)', 'Math.min(most, width), 0)'),
  steps('two lists need not have room for the widest part', 'lowestOf(from) + widest <=', 'lowestOf(from) <='),
  steps(
    'one of two lists has to have room',
    'isReached(ones, others) && isReached',
    'isReached(ones, others) || isReached',
  ),
  threshold('small sums are told to the person', 'upTo: 50, width: widths.narrow', 'upTo: 50, width: 1'),
  threshold('large sums are told in fives', 'upTo: 500, width: widths.wide', 'upTo: 500, width: widths.narrow'),
  threshold('the largest are told in twenties', 'width: 100', 'width: 20'),

  threshold('a step is left right behind its border', 'beyondBorder = 2', 'beyondBorder = 1'),
  threshold('a step is left after four', 'freshAnswers = 5', 'freshAnswers = 4'),
  told('one answer moves a step', '&& Math.abs(number - moved) >= freshAnswers', ''),
  told('a step is never left downward', 'number <= low - beyondBorder', 'number <= low - 100'),
  told('the step just behind a border is come to', 'isRising ? number - 1 : number + 1', 'number'),
  told('the same downward', 'isRising ? number - 1 : number + 1', 'number - 1'),
  threshold('all of few codes can be seen to be used', 'fewestPossible = 4', 'fewestPossible = 1'),
  told('one fewer is possible', 'most < step.low + fewestPossible', 'most + 1 < step.low + fewestPossible'),
  told('a step is never held back', 'step.low > told.high && most', 'step.low > told.high && -most'),
  told('more codes bring on a step that was held back', '? { ...told, moved: number }', '? told'),
  told('a sum moves with each answer', 'return isLeft(now, number) ?', 'return moved !== number ?'),
  told('a sum forgets when it moved', 'const moved = told?.moved ?? 0', 'const moved = 0'),
  told(
    'a sum that is told in another too has no more room',
    'widthOfSum(sumOf(parts).high), spare }',
    'widthOfSum(sumOf(parts).high) }',
  ),

  store('a day is told twice', 'if (yield* isTold(tx, { roundId, day, today })) return false', ''),
  store(
    'nobody remembers when a step moved',
    "set: placeholdersOf(['low', 'high', 'moved'])",
    "set: placeholdersOf(['low', 'high'])",
  ),
  store(
    'what is told stays as it was first',
    "set: placeholdersOf(['low', 'high', 'moved'])",
    "set: placeholdersOf(['moved'])",
  ),
  store(
    'days that a wrong clock has told stay',
    'and(eq(fieldworkDays.roundId, roundId), gt(fieldworkDays.day, today))',
    'sql`false`',
  ),
]
