import { faultsOf } from './mutant.ts'

const ledger = faultsOf('src/fieldwork/ledger.ts', 'test/fieldwork/ledger.test.ts', 'test/fieldwork/telling.test.ts')
const counts = faultsOf('src/fieldwork/store.ts', 'test/fieldwork/store.test.ts', 'test/fieldwork/days.test.ts')
const revoked = faultsOf('src/fieldwork/store.ts', 'test/tablet/delivering.test.ts > a tablet that is revoked')
const tell = faultsOf('src/fieldwork/tell.ts', 'test/tablet/delivering.test.ts > are told once a night')
const held = faultsOf('src/fieldwork/telling-store.ts', 'test/tablet/delivering.test.ts > are told once a night')
const nights = faultsOf('src/actions/nights.ts', 'test/nights.test.ts')
const clock = faultsOf('src/fieldwork/clock-doubt.ts', 'test/nights.test.ts')

/** In what staff count, and in the nights on which answers are told beside it. */
export const ofNights = [
  ledger('letters that came back were offered', 'letter: wentOut - undeliverable', 'letter: wentOut'),
  ledger(
    'a no at the door is no offer',
    'handout: wentOut - undeliverable + refused',
    'handout: wentOut - undeliverable',
  ),
  ledger(
    'a no with the code in hand is offered twice',
    'const refused = tallied.declined ?? 0',
    'const refused = (tallied.declined ?? 0) + (tallied.declined_with_code ?? 0)',
  ),
  ledger('codes in stock cannot be answered', 'wentOut - undeliverable + stock', 'wentOut - undeliverable'),

  counts(
    'what is left over went out',
    'when leftover is null then 0 else issued - leftover end',
    'when leftover is null then 0 else issued end',
  ),
  counts(
    'what lies in a drawer went out',
    'when leftover is null then 0 else issued - leftover end',
    'when leftover is null then issued else issued - leftover end',
  ),
  revoked(
    'who declined at a stolen tablet counts',
    "when tablets.state = 'stolen' then 0 else declined end",
    "when tablets.state = 'stolen' then declined else declined end",
  ),
  counts(
    'a round that is closed is not told any more',
    "and(eq(state, 'closed'), isUnopened",
    "and(eq(state, 'draft'), isUnopened",
  ),
  faultsOf('src/fieldwork/store.ts', 'test/nights.test.ts > the close of a round that was cut off')(
    'a round is told after its urn was opened',
    ' isUnopened, isLate',
    ' isLate',
  ),

  held('what was decided of a tablet is told on', "and held_ballots.state = 'held'", ''),
  tell(
    'what is held of a tablet is told to the person',
    "'held', tellAnew(told, number))",
    "'held', { low: number, high: number, moved: number })",
  ),

  clock('a close waits for a clock that is wrong', 'return isBehind ? daysAfter(lastNight, 1) : today', 'return today'),
  clock(
    'a clock that stands before a night is believed',
    'lastNight !== undefined && lastNight > today && lastNight <= end',
    'lastNight === undefined && today > end',
  ),
  clock('a night that no round can see holds up all', 'lastNight > today && lastNight <= end', 'lastNight > today'),
  clock('a clock before the program was built is believed', "return 'before-build'", 'return undefined'),
  clock(
    'a clock half a year on is believed',
    'isCollecting && today > end',
    'isCollecting && today < end && today > end',
  ),
  faultsOf('src/fieldwork/nightly.ts', 'test/fieldwork/days.test.ts')(
    'a night that failed is not tried again',
    'await work(day)\n    done = day',
    'done = day\n    await work(day)',
  ),
  nights('what has reached its age stays', "await attempt('ages', ages.look)", ''),
  nights('mails that were given up stay', 'mailFile.isOff() ? 0 :', 'mailFile ? 0 :'),
]
