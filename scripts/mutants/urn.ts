import { faultsOf } from './mutant.ts'

const person = faultsOf('src/urn/record-person.ts', 'test/urn/one-write.test.ts')
const write = faultsOf('src/urn/write.ts', 'test/urn/one-write.test.ts')
const ballot = faultsOf('src/urn/ballot.ts', 'test/response/ballot.test.ts')
const queue = faultsOf('src/urn/group-commit.ts', 'test/reliability/group-commit.test.ts')
const sealing = faultsOf('src/crypto/sealing.ts', 'test/crypto/sealing.test.ts')
const secrets = faultsOf('src/crypto/secrets.ts', 'test/crypto/secrets.test.ts')
const key = faultsOf('src/round/round-key.ts', 'test/round/round-key.test.ts')

/** In the one write of answers, and in what seals them. */
export const ofUrn = [
  person(
    'a used code is used again',
    'mark.run({ tag: spentTag, stratumId })',
    'if (!wasUsed) mark.run({ tag: spentTag, stratumId })',
  ),
  person('a code is never used', 'mark.run({ tag: spentTag, stratumId })', 'void mark'),
  person(
    'a second ballot of a code stays',
    'wasUsed && isNew ? ballotId : nobodys',
    'wasUsed && !isNew ? ballotId : nobodys',
  ),
  person('a second ballot of a code is counted', 'added: wasUsed ? 0 : 1', 'added: 1'),
  person('a ballot without a code that is sent twice is counted twice', 'added: isNew ? 1 : 0', 'added: 1'),
  person(
    'a used code costs less',
    'for (const { stratumId, channel, added } of sums.values()) {',
    'for (const { stratumId, channel, added } of sums.values()) {\n      if (added === 0) continue',
  ),
  person('many answers are counted as one', '} + excluded.number', '} + 1'),

  write(
    'codes are taken after the close while tablets deliver',
    "eq(rounds.state, 'closed'), sql.placeholder('late')",
    "eq(rounds.state, 'closed')",
  ),
  write('tablets deliver for ever', ", gt(rounds.lateUntil, sql.placeholder('now'))", ''),
  write(
    'a round that is closed takes answers',
    "eq(rounds.state, 'collecting'),",
    "or(eq(rounds.state, 'collecting'), eq(rounds.state, 'closed')),",
  ),
  write(
    'a tablet that did not hear that its answer was taken is told it came too late',
    "isOfTablet && tablet!.wasTaken(ballot) ? 'recorded'",
    "isOfTablet && !tablet ? 'recorded'",
  ),
  write('an answer is not counted', 'count(entries)', 'count(entries.slice(1))'),

  ballot(
    'a ballot is as long as its language',
    'const bytes = new Uint8Array(ballotLength)',
    'const bytes = new Uint8Array(ballotLength + language.length)',
  ),
  ballot('a ballot may hold more than answers', 'some((byte) => byte !== 0)', 'some((byte) => byte > 255)'),
  ballot(
    'a ballot of another version is read as ours',
    'bytes[at.version] !== version',
    'bytes[at.version]! < version',
  ),

  faultsOf('src/urn/group-commit.ts', 'test/reliability/group-commit.test.ts > are not acknowledged')(
    'an answer is thanked for before it is on the disk',
    'const outcomes = await commit(group.map(({ submission }) => submission))',
    'const outcomes = group.map(() => undefined as never)\n      void commit(group.map(({ submission }) => submission))',
  ),
  queue('one bad answer takes all of its group along', 'if (group.length > 1) return writeEach(group)', ''),
  queue('nobody is ever told to come back', 'if (deadline <= now) reject(error)', 'if (deadline < 0) reject(error)'),

  sealing('what was sealed for one person is good for another', '.update(whom).digest()', ".update('').digest()"),
  sealing(
    'the same is sealed alike',
    'randomBytes(sodium.crypto_secretbox_NONCEBYTES)',
    'Buffer.alloc(sodium.crypto_secretbox_NONCEBYTES)',
  ),
  sealing('what is too short is opened', 'if (sealed.length < sodium.crypto_secretbox_MACBYTES) return undefined', ''),
  secrets(
    'tokens stand in the database',
    "return createHash('sha256').update(token).digest()",
    'return Buffer.from(token)',
  ),
  secrets(
    'a form of one session is taken in another',
    "createHmac('sha256', sessionToken).update('form')",
    "createHmac('sha256', 'form').update('form')",
  ),
  secrets(
    'all purposes share one key',
    "createHmac('sha256', staffKey).update(purpose)",
    "createHmac('sha256', staffKey).update('')",
  ),
  secrets('any browser is one that somebody signed in with', '&& timingSafeEqual(given, wanted)', ''),

  key('the key of another round is taken', 'key.roundId !== round.id || ', ''),
  key('a mistyped key is taken', 'if (check !== checksum(roundId, secret))', 'if (check.length !== 8)'),
  faultsOf('src/pages/respondent/visit.ts', 'test/urn/one-write.test.ts')(
    'ballots lie in the order in which they came',
    'return randomBytes(16)',
    "return Buffer.concat([Buffer.from(Date.now().toString(16).padStart(12, '0'), 'hex'), randomBytes(10)])",
  ),
  faultsOf('src/actions/open-urn.ts', 'test/round/arrival-order.test.ts')(
    'the urn is opened while ballots lie in it as they came',
    'forgetArrivalOrder(db) // before',
    '// before',
  ),
  faultsOf('src/cli/round-closing.ts', 'test/round/arrival-order.test.ts')(
    'a close that waits leaves the ballots as they came, where the key has just been',
    'forgetArrivalOrder(db) // the key',
    '// the key',
  ),
]
