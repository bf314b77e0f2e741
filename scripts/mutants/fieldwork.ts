import { faultsOf } from './mutant.ts'

const [rules, audit, channels] = [
  'test/fieldwork/telling.test.ts',
  'test/disclosure/audit.test.ts',
  'test/fieldwork/channels.test.ts',
]
const telling = faultsOf('src/fieldwork/telling.ts', rules, audit, channels)
const threshold = faultsOf('src/disclosure/thresholds.ts', channels, rules, audit)
const cells = faultsOf('src/fieldwork/cells.ts', channels, rules, audit)
const line = faultsOf('src/fieldwork/line.ts', rules)
const overview = faultsOf('src/fieldwork/overview.ts', channels, rules, audit)
const sums = faultsOf('src/fieldwork/adding-up.ts', channels, rules, audit)
const nation = faultsOf('src/fieldwork/nation-overview.ts', channels, rules, audit)

/** In what is told of how the fieldwork goes. */
export const ofFieldwork = [
  telling(
    'forms of paper are told among the others',
    "answered.filter(({ channel }) => channel !== 'paper')",
    'answered',
  ),
  telling(
    'all of few codes can be seen to be used',
    "tellAnew(before.find(id, 'all'), number, most)",
    "tellAnew(before.find(id, 'all'), number)",
  ),
  telling(
    'a total counts on more than the codes that went out',
    'reach: reachOf(whole, most) }',
    'reach: reachOf(whole) }',
  ),
  telling('answers at tablets narrow their stratum', 'tablet, widely(atTablets, whole))', 'tablet, atTablets)'),
  telling('all of few forms can be seen to be back', ', paper, handedOut(known))', ', paper)'),
  telling(
    'a municipality moves with each answer',
    "tellSumAnew(before.find(first.municipalityCode, 'all')",
    'tellSumAnew(undefined',
  ),
  telling(
    'a nation counts on more than a municipality can',
    'Math.min(reachOf(total), partOf(parts).reach!)',
    'reachOf(total)',
  ),
  telling('all of few codes of a channel can be seen to be used', 'channel), number, most)', 'channel), number)'),
  telling(
    'a channel narrows its municipality',
    'give(channel, number, widely(its, total, most))',
    'give(channel, number, its)',
  ),
  telling(
    'a tablet is thought to be a code',
    "records.some(({ channel }) => channel === 'tablet')",
    'records.length === 0',
  ),
  telling('the nation moves with each answer', "tellSumAnew(before.find(nationPlace, 'all')", 'tellSumAnew(undefined'),
  telling('a part of the nation does', 'tellSumAnew(before.find(nationPlace, part)', 'tellSumAnew(undefined'),
  threshold('sums that cross have no more room', 'spareWhereCrossed = 10', 'spareWhereCrossed = 1'),
  telling(
    'a part is told where only the whole is',
    'low: 0, high: Math.max(part.high, whole.high)',
    'low: part.low, high: part.high',
  ),

  threshold('channels are told of nineteen', 'fewestOffered = 20', 'fewestOffered = 19'),
  threshold('channels are told of fewer answers', 'fewestAnswers = 5', 'fewestAnswers = 0'),
  cells('a step that was told goes when all codes are counted as left over', 'low > 0 || records.some', 'records.some'),
  cells(
    'who was offered nothing may have answered',
    ': exactly(0)\n\n/**\n * What is told of a stratum',
    ': { low, high }\n\n/**\n * What is told of a stratum',
  ),
  cells('more forms may be back than were handed out', 'low > 0 ? high : Math.min(high, handedOut(records))', 'high'),
  cells(
    'as many forms may be back as went out, whatever was told',
    'low > 0 ? high : Math.min(high, handedOut(records))',
    'Math.min(high, handedOut(records))',
  ),
  cells('forms that came back unasked are no offers', 'Math.max(0, onPaper.low - handedOut([record]))', '0'),
  cells(
    'tablets are told beside few others',
    'return isMany && isOpen ? { low: own.low',
    'return own.low > 0 ? { low: own.low',
  ),
  cells('tablets are told beside few answers', ' && leastByCode >= fewestAnswers', ''),
  cells('tablets tell that nearly all codes were used', 'return isMany && isOpen ?', 'return isMany ?'),
  cells('letters count as answers at tablets', 'Math.max(0, answered.low - mostByCode)', 'answered.low'),

  threshold('a rate is told of few', 'fewestForRate = 20', 'fewestForRate = 15'),
  line('a rate is told of nobody', ' || least === 0', ''),
  line('a rate is above one', 'Math.min(1, responded.high / least)', 'responded.high / least'),
  line('more answer than were offered, and a rate is told', ' || responded.low > most', ''),

  overview('channels are told of few', '(isMany && isEnough && isOpen)', '(isEnough && isOpen)'),
  overview('channels are told of few answers', '(isMany && isEnough && isOpen)', '(isMany && isOpen)'),
  overview('channels narrow what is told of strata', '(isMany && isEnough && isOpen)', '(isMany && isEnough)'),
  overview(
    'channels narrow what is told of the municipality',
    ' && leavesOpen(ranges, [{ ...whole, reach: whole.high + 1 }])',
    '',
  ),
  overview(
    'the total of a municipality is the sum of its strata',
    "answered: wholeOf(told.find(code, 'all'), answeredOf(own)) }),\n    channels",
    'answered: answeredOf(own) }),\n    channels',
  ),
  faultsOf('src/fieldwork/adding-up.ts', 'test/fieldwork/telling.test.ts')(
    'nobody has answered where the last evening no code was out',
    'told && told.high > 0 ? told : parts',
    'told ?? parts',
  ),
  overview(
    'channels are told of a few units',
    'channels: channelsOf(own, () => undefined) }',
    "channels: tellChannels(own, told, strata[0]?.municipalityCode ?? '') }",
  ),
  sums('of two ranges the wider is told', 'one.high - one.low < other.high', 'one.high - one.low > other.high'),
  sums('a channel of the nation is told from nobody on', 'range.low >= fewestAnswers ?', 'range.low >= 0 ?'),
  sums(
    'how many answered stands beside a channel that is not told',
    'if (answered) return { channel, ...line }',
    'if (line) return { channel, ...line }',
  ),

  nation(
    'each channel of the nation is told',
    'enough(told.find(nationPlace, channel))',
    'told.find(nationPlace, channel)',
  ),
  nation(
    'groups of the nation are the sums of its strata',
    'wholeOf(told.find(nationPlace, group), counted.answered)',
    'counted.answered',
  ),
  nation(
    'the nation is the sum of its municipalities',
    "wholeOf(told.find(nationPlace, 'all'), total.answered)",
    'total.answered',
  ),
]
