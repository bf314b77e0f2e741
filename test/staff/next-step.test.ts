import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { exactly } from '../../src/disclosure/steps.ts'
import {
  type NationSituation,
  nextSteps,
  type PlaceSituation,
  type Situation,
} from '../../src/pages/staff/next-step.ts'
import type { Role } from '../../src/people/roles.ts'
import { announcementKinds } from '../../src/results/announcements.ts'

const dates = { opensOn: '2026-09-01', closesOn: '2026-10-31', registrationClosesOn: '2026-05-31' }
const round = (state: NonNullable<Situation['round']>['state'], isPaused = false) => ({
  ...{ id: '2026', state, isPaused },
  ...dates,
})
const collecting = round('collecting')

const nation: NationSituation = {
  ...{
    today: '2026-09-20',
    waiting: 0,
    unanswered: 0,
    withoutOffers: 0,
    withoutTally: 0,
    isOpened: false,
    answersEnd: [],
  },
  ...{ coordinators: 3, canMail: true },
}
const place: PlaceSituation = {
  ...{ today: '2026-09-20', round: collecting, enrolment: 'approved', isTakingPart: true, units: 2, colleagues: 3 },
  ...{ unsettled: 0, paperTallies: 0, otherTallies: 0, withoutOffers: 0, held: 0, silentTablets: 0, isEmailed: false },
}
const names = (role: Role, situation: NationSituation | PlaceSituation) =>
  nextSteps(role, situation).map(({ name }) => name)

describe('the national administrator is told', () => {
  test.each<[string, Partial<NationSituation>, string[]]>([
    ['to make the first round', {}, ['makeRound']],
    ['to open the enrolment of a draft', { round: round('draft') }, ['openEnrolment']],
    [
      'to approve first, then to remind, then of the key',
      { round: round('enrolling'), today: '2026-05-01', waiting: 3, unanswered: 200 },
      ['approve', 'awaitEnrolments', 'drillKey'],
    ],
    [
      'to invite coordinators where there are none, before anybody is reminded',
      { round: round('enrolling'), today: '2026-05-01', unanswered: 290, coordinators: 0, canMail: false },
      ['inviteCoordinators', 'seeUnanswered', 'drillKey'],
    ],
    [
      'to invite coordinators to a draft',
      { round: round('draft'), coordinators: 0 },
      ['inviteCoordinators', 'openEnrolment'],
    ],
    [
      'of the key drill once enrolment is over',
      { round: round('enrolling'), unanswered: 200, today: '2026-09-01' },
      ['drillKey'],
    ],
    ['that the day of opening has passed', { round: round('enrolling'), unanswered: 200 }, ['drillKeyLate']],
    ['that all goes well', { round: collecting }, ['follow']],
    ['where nobody was offered anything', { round: collecting, withoutOffers: 4 }, ['withoutOffers', 'follow']],
    ['not so in the first days', { round: collecting, withoutOffers: 4, today: '2026-09-03' }, ['follow']],
    ['where a tally is missing', { round: collecting, withoutTally: 2 }, ['withoutTally', 'follow']],
    ['of a pause, and not that it goes on', { round: round('collecting', true) }, ['continue']],
    ['not to close on the last day', { round: collecting, today: '2026-10-31' }, ['follow']],
    ['to close after the last day', { round: collecting, today: '2026-11-01' }, ['close']],
    ['to open the urn', { round: round('closed') }, ['openUrn']],
    ['that the answers are counted', { round: round('closed'), isOpened: true }, ['counted']],
    [
      'what is left of results first',
      { round: round('closed'), isOpened: true, results: [{ name: 'proposeRelease' }] },
      ['proposeRelease'],
    ],
    [
      'to make the next round, once results are published',
      { round: round('closed'), isOpened: true, results: [] },
      ['makeRound'],
    ],
    [
      'of results beside the next round',
      { round: round('draft'), results: [{ name: 'approvePublish' }] },
      ['approvePublish', 'openEnrolment'],
    ],
    ['to make the next round', { round: round('published') }, ['makeRound']],
  ])('%s', (_what, situation, expected) => {
    expect(names('national', { ...nation, ...situation })).toEqual(expected)
  })

  test('what may not wait', () => {
    const late = { round: round('collecting', true), today: '2026-11-01', withoutOffers: 4, withoutTally: 2 }
    const steps = nextSteps('national', { ...nation, ...late })
    expect(steps.map(({ name, waits, isPressing }) => [name, waits ?? isPressing])).toEqual([
      ['continue', true],
      ['close', true],
      ['withoutOffers', 4],
      ['withoutTally', 2],
    ])
  })

  test('on which page, and how many', () => {
    const [approve] = nextSteps('national', { ...nation, round: round('enrolling'), waiting: 3 })
    expect(approve).toEqual({ name: 'approve', href: '/staff/enrolments', values: { count: 3 }, waits: 3 })
  })
})

describe('a coordinator is told', () => {
  const out = { isTakingPart: false, enrolment: undefined }
  const enrolling = { round: round('enrolling'), today: '2026-05-29' }
  const low = { rate: exactly(0.3), nationRate: exactly(0.4) }
  test.each<[string, Partial<PlaceSituation>, string[]]>([
    ['that there is no round', { round: undefined }, ['noRound']],
    ['nothing of a draft', { round: round('draft'), ...out }, ['noRound']],
    ['to enrol', { ...enrolling, ...out }, ['enrol']],
    ['to enrol after a reminder too', { ...enrolling, ...out, enrolment: 'asked' }, ['enrol']],
    ['that it is too late', { ...enrolling, ...out, today: '2026-06-01' }, ['enrolLate']],
    ['to wait for the approval', { ...enrolling, ...out, enrolment: 'submitted' }, ['awaitApproval']],
    ['that they said no', { ...enrolling, ...out, enrolment: 'abstains' }, ['abstains']],
    [
      'to add units and people before printing',
      { ...enrolling, units: 0, colleagues: 0 },
      ['addUnits', 'invitePeople', 'prepare', 'prepareTablets'],
    ],
    ['to print before it opens', enrolling, ['prepare', 'prepareTablets']],
    ['to print though it should be open', { ...enrolling, today: '2026-09-02' }, ['prepareLate', 'prepareTablets']],
    ['that all goes well', {}, ['allWell']],
    ['of held ballots before anything else', { held: 2, silentTablets: 1 }, ['held', 'silentTablets']],
    ['which tallies are missing', { paperTallies: 1, otherTallies: 2 }, ['paperTally', 'tally']],
    ['where nobody was offered anything', { withoutOffers: 1 }, ['offer']],
    ['to say what was posted', { unsettled: 1 }, ['settle']],
    ['of a low rate', low, ['lowRate']],
    ['that a reminder can be sent', { ...low, isEmailed: true }, ['remind', 'lowRate']],
    ['nothing of a rate that is a little lower', { ...low, rate: exactly(0.31) }, ['allWell']],
    ['nothing of a rate that may be as high', { ...low, rate: { low: 0.2, high: 0.5 } }, ['allWell']],
    ['near the close to count leftovers first', { today: '2026-10-26', unsettled: 2 }, ['leftovers', 'enterPaper']],
    ['six days before not yet', { today: '2026-10-25', unsettled: 2 }, ['settle']],
    ['of a pause, and of no offers in it', { round: round('collecting', true), withoutOffers: 1 }, ['paused']],
    ['that the last day has passed', { today: '2026-11-02' }, ['enterPaperLate']],
    ['that all is done', { round: round('closed') }, ['over']],
  ])('%s', (_what, situation, expected) => {
    expect(names('coordinator', { ...place, ...situation })).toEqual(expected)
  })

  test('how many days are left', () => {
    const [enrol] = nextSteps('coordinator', { ...place, ...enrolling, ...out })
    expect(enrol).toMatchObject({ href: '/staff/enrolment', values: { day: '2026-05-31', count: 2 } })
  })
})

describe('at a unit', () => {
  test.each<[Role, string, Partial<PlaceSituation>, string[]]>([
    ['caseworker', 'has nothing but to offer', {}, []],
    ['caseworker', 'says what was posted', { unsettled: 1 }, ['settle']],
    ['caseworker', 'counts leftovers at the end', { unsettled: 1, today: '2026-10-30' }, ['leftovers']],
    ['caseworker', 'waits for the beginning', { round: round('enrolling'), today: '2026-09-01' }, ['opensLater']],
    ['caseworker', 'is told no day that has passed', { round: round('enrolling') }, ['opensLate']],
    ['caseworker', 'waits while it is paused', { round: round('collecting', true) }, ['paused']],
    ['caseworker', 'is thanked', { round: round('closed') }, ['over']],
    ['host', 'has nothing but to count', {}, []],
    ['host', 'sees to a silent tablet first', { silentTablets: 1 }, ['silentTablets']],
    ['viewer', 'waits for results', {}, ['resultsLater']],
    ['viewer', 'waits without a round', { round: undefined }, ['resultsLater']],
    ['viewer', 'reads results', { round: round('closed'), results: [{ name: 'released' }] }, ['released']],
    [
      'host',
      'is told of them, and thanked no more',
      { round: round('closed'), results: [{ name: 'withdrawn' }] },
      ['withdrawn'],
    ],
    [
      'host',
      'is told of them beside the next round, after what has to be done',
      { silentTablets: 1, results: [{ name: 'coming' }] },
      ['silentTablets', 'coming'],
    ],
    [
      'coordinator',
      'reads results when nothing else has to be done, before what needs nobody',
      { results: [{ name: 'released' }] },
      ['released', 'allWell'],
    ],
    [
      'coordinator',
      'sees to what is missing before reading results, and to results that are hidden before all',
      { withoutOffers: 1, paperTallies: 1, results: [{ name: 'withdrawn' }, { name: 'released' }] },
      ['withdrawn', 'paperTally', 'offer', 'released'],
    ],
    ['viewer', 'waits not much longer', { round: round('closed') }, ['resultsSoon']],
  ])('a %s %s', (role, _what, situation, expected) => {
    expect(names(role, { ...place, ...situation })).toEqual(expected)
  })
})

test('every step has its texts, and a button exactly where there is a way to go', () => {
  const source = ['next-step', 'result-steps', 'writing-steps']
    .map((file) => readFileSync(new URL(`../../src/pages/staff/${file}.ts`, import.meta.url), 'utf8'))
    .join('\n')
  const { steps } = JSON.parse(readFileSync(new URL('../../locales/sv/staff/home.json', import.meta.url), 'utf8'))
  const named = new Set<string | undefined>([
    ...announcementKinds,
    'publishedAnew',
    ...[...source.matchAll(/name: '(\w+)'|[sS]tep\('(\w+)'|\? '(\w+)' : '(\w+)'/g)].flatMap((m) => m.slice(1)),
  ])
  named.delete(undefined as never)
  expect(Object.keys(steps).filter((name) => !named.has(name))).toEqual([])
  const all = [
    ...nextSteps('national', { ...nation, round: collecting, waiting: 1, withoutOffers: 1, withoutTally: 1 }),
    ...nextSteps('coordinator', {
      ...place,
      held: 1,
      silentTablets: 1,
      unsettled: 1,
      paperTallies: 1,
      otherTallies: 1,
    }),
    ...nextSteps('viewer', place),
  ]
  const isSaidByBatch = ({ name }: { name: string }) => name === 'settle' || name === 'leftovers'
  for (const { name, href } of all.filter((step) => !isSaidByBatch(step)))
    expect(steps[name].button !== undefined, name).toBe(href !== undefined)
})
