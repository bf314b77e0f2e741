import { faultsOf } from './mutant.ts'

const closing = 'test/anonymity/closing.test.ts'
const released = 'test/results/releases.test.ts'
const content = 'test/results/release.test.ts'
const steps = faultsOf('src/results/release-steps-store.ts', released)
const phase = faultsOf('src/results/phase.ts', released)
const releases = faultsOf('src/results/release-store.ts', released)
const rates = faultsOf('src/results/participation-indicators.ts', content)
const genders = faultsOf('src/results/gender-indicators.ts', content)
const store = faultsOf('src/results/store.ts', released)
const offers = faultsOf('src/results/offers-hash.ts', `${released} > the hash of offers`)
const languages = faultsOf('src/results/told-languages.ts', closing)
const urn = faultsOf('src/results/opening.ts', 'test/results/opening.test.ts')
const tally = faultsOf('src/results/tally.ts', 'test/results/tally.test.ts')
const announcing = 'test/mail/announcing.test.ts'
const feed = 'test/results/feed.test.ts'

/** In what is told of answers at the close. */
export const ofResults = [
  faultsOf('src/actions/open-urn.ts', `${released} > beside what was told`)(
    'an opening knows nothing of the fieldwork',
    'countyOf: await listCounties(db), known }',
    'countyOf: await listCounties(db), known: [] ?? known }',
  ),
  offers('the order of records makes other offers', '        .sort()\n        .map((line)', '        .map((line)'),
  offers(
    'codes in stock do',
    'wentOut, undeliverable, tallied }',
    'wentOut: _, stock: wentOut, undeliverable, tallied }',
  ),
  offers('whoever declined is no part of them', ', ...tallies])', '])'),
  steps('whoever proposes approves', 'waiting.proposedBy === by', 'waiting.proposedBy === at'),
  steps('what nobody has approved takes effect', '...approval }', '...approval, approvedBy: by, approvedAt: at }'),
  steps('everybody sees what participants have not', "publish: ['released']", "publish: ['opened', 'released']"),
  steps('two proposals wait', 'if (waitingStep(steps) || ', 'if ('),
  steps('what is withdrawn comes all the same', 'if (!isOut)', 'if (phase !== phase)'),
  faultsOf('src/results/readers.ts', 'test/results/withdrawn-correction.test.ts')(
    'what was corrected comes back when the correction is withdrawn',
    ' || withdrawalOf(release))',
    ')',
  ),
  faultsOf('src/actions/archive-part.ts', 'test/results/archive.test.ts')(
    'those who lead the survey are handed units',
    "level !== 'unit',",
    'level !== area,',
  ),
  phase('what was approved is seen before its day', 'takesEffect <= now.toISOString()', "takesEffect <= 'a'"),
  phase('what was withdrawn is seen', "withdraw: 'withdrawn'", "withdraw: 'published'"),
  faultsOf('src/mail/announcement-store.ts', announcing)(
    'an announcement is mailed twice',
    'if (changes === 0) return false',
    '',
  ),
  faultsOf('src/actions/announce.ts', announcing)(
    'an announcement goes to whoever did not take part',
    'places.has(municipalityCode)',
    'places.size > 0',
  ),
  faultsOf('src/results/announcements.ts', feed)(
    'what participants see alone is announced to everybody',
    "isPublic: seenBy === 'everybody'",
    'isPublic: true',
  ),
  faultsOf('src/results/phase.ts', feed)(
    'what was called off is announced as done',
    "kind === 'withdraw' && takesEffect <",
    'kind !== kind && takesEffect <',
  ),
  releases('a correction tells of other people', 'now.length !== before.length', 'now.length !== now.length'),
  releases('what was seen is put in place of', 'number: (seen?.number ?? 0) + 1 }', 'number: seen?.number ?? 1 }'),
  rates(
    'those offered tell how many answered at a tablet',
    'const isExact = isApart(atTablets, indicator) &&',
    'const isExact =',
  ),
  rates('a rate of few numbers is told', '>= fewestOpenOffers', '>= 0'),
  rates('a rate is told of which only a missing tally is known', ' || (isAtMost && offered === responses)', ''),
  genders('in words it is told how many are women, nearly', 'from: 0.72', 'from: 0.7'),
  genders('the women of a unit are told of', "indicator.level === 'unit' ||", ''),
  genders('of ten people it is told how many are women', 'women + men < smallestUnanimous', 'women + men < 10'),
  store('how many came in where stays', 'yield* forgetCounts(tx, roundId)', ''),
  store('a number behind a range stays', 'toldNumbers.low}', 'toldNumbers.moved}'),
  store(
    'a correction loses its reason',
    'sealedCounts, ...made } = opening',
    'sealedCounts, reason: _, ...made } = opening',
  ),
  faultsOf('src/actions/open-urn.ts', released)(
    'a second count tells the night of an empty urn',
    'if (await findOpening(db, roundId)) return',
    'if ((await findOpening(db, roundId)) === null) return',
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
