// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are pieces of source.
import { faultsOf } from './mutant.ts'

const stored = 'test/invitation/store.test.ts'
const store = faultsOf('src/invitation/store.ts', stored)
const tally = faultsOf('src/invitation/tally-store.ts', stored)
const issue = faultsOf('src/invitation/issue-store.ts', stored)
const tag = faultsOf('src/invitation/code-tag.ts', 'test/invitation/code-tag.test.ts')
const code = faultsOf('src/invitation/survey-code.ts', 'test/invitation/survey-code.test.ts')
const batch = faultsOf(
  'src/invitation/batch.ts',
  'test/invitation/leftovers.test.ts > letters that come back',
  'test/invitation/leftovers.test.ts > stands once the results are released',
  'test/invitation/leftovers.test.ts > a coordinator with printed slips',
)

/** In codes: how they are made, counted, and found. */
export const ofInvitation = [
  store(
    'more is left over than there was',
    'if (number > batch.issued - batch.undeliverable) {',
    'if (number > batch.issued) {',
  ),
  store(
    'all cannot be left over',
    'if (number > batch.issued - batch.undeliverable) {',
    'if (number >= batch.issued - batch.undeliverable) {',
  ),
  store(
    'codes that were drawn one by one are left over',
    "if (batch.drawn) throw new DomainError('invalid', `Batch ${batchId} was drawn",
    "if (batch.drawn && number < 0) throw new DomainError('invalid', `Batch ${batchId} was drawn",
  ),
  store(
    'which of a batch went out is written down',
    'if (number > 0) return isOther',
    'if (number > batch.issued) return isOther',
  ),
  store(
    'a letter comes back twice',
    "if (!invitation || invitation.disposition === 'undeliverable') return 'before'",
    "if (!invitation) return 'before'",
  ),
  store(
    'more letters come back than went out',
    'batch!.undeliverable >= batch!.issued - (batch!.leftover ?? 0)',
    'batch!.undeliverable > batch!.issued - (batch!.leftover ?? 0)',
  ),
  store('letters that nobody posted come back', '- (batch!.leftover ?? 0)', '- 0'),
  tally(
    'a no at a letter is counted, which nobody hears',
    "declined: ['handout', 'tablet', 'paper']",
    "declined: ['letter', 'handout', 'tablet', 'paper']",
  ),
  tally('a tally falls below nothing', 'if (sum < 0)', 'if (sum < -1)'),
  tally('a tally replaces what was counted', 'const sum = counted + number', 'const sum = number'),
  store(
    'a code of another round is found',
    'const tag = codeTag(codePepper, id, digits)',
    "const tag = codeTag(codePepper, '2026', digits)",
  ),

  issue('a round that is closed issues codes', "if (phase === 'closed')", "if (phase === 'closed' && !stratumId)"),
  issue(
    'codes are drawn before the round is open',
    "if (drawn && phase !== 'collecting')",
    "if (drawn && phase !== 'collecting' && !stratumId)",
  ),
  issue(
    'a large batch goes on once its round is closed',
    'const roundId = yield* roundToIssueIn(tx, options)',
    'const { roundId } = yield* stratumPhase(tx, options.stratumId)\n      if (!batchId) yield* roundToIssueIn(tx, options)',
  ),
  issue(
    'a code that was drawn is a batch of its own',
    'drawn ? yield* drawnBatch(tx, options) : yield* newBatch(tx, options)',
    'yield* newBatch(tx, options)',
  ),
  issue('codes that were drawn have a day', '...(!drawn && { issuedOn, orderId })', 'issuedOn, orderId'),
  issue(
    'what was printed was handed out',
    "drawn ? ('handed_out' as const) : ('stock' as const)",
    "'handed_out' as const",
  ),
  issue('what was drawn lies in stock', 'leftover: drawn ? 0 : null', 'leftover: null'),
  issue(
    'codes stand in the database',
    "codeTag(codePepper, roundId, code).toString('hex'), code]",
    "Buffer.from(code).toString('hex'), code]",
  ),
  issue('codes are issued that the batch does not count', '${batches.issued} + ${size}', '${batches.issued} + 1'),

  tag('a code leads to the same in every round', 'update(`${roundId}|${digits}`)', 'update(digits)'),
  tag(
    'anybody can make the tag of a code',
    "createHmac('sha256', codePepper).update(`",
    "createHmac('sha256', 'code').update(`",
  ),
  tag(
    'the mark of a used code is that of its invitation',
    "return createHmac('sha256', spentPepper).update(tag).digest()",
    'return tag',
  ),
  code(
    'a mistyped code is one',
    'digits.length === codeLength && checkDigit(digits) === 0',
    'digits.length === codeLength',
  ),
  code('two codes in one text are the first', 'if (found.size === 1)', 'if (found.size > 0)'),

  batch('what came back may be left over', 'issued - undeliverable', 'issued'),
  batch('rates change when results stand', "state !== 'released' && state !== 'published'", "state !== 'published'"),
  batch(
    'a code that was drawn is left over',
    "if (drawn) return 'drawn'",
    "if (drawn && disposition === 'stock') return 'drawn'",
  ),
  batch(
    'a slip comes back by post',
    "channel === 'letter' ? undefined : 'handout'",
    "channel !== 'email' ? undefined : 'handout'",
  ),
]
