import { expect, test } from 'vitest'
import { nextStep } from '../../src/round/next-step.ts'
import { type RoundState, roundStates } from '../../src/round/round.ts'

const stepOf = (state: RoundState, { isPaused = false, today = '2026-10-31', isOpened = false } = {}) =>
  nextStep({ state, isPaused, closesOn: '2026-10-31' }, { today, isOpened })

test('each state of a round has one next step', () => {
  expect(roundStates.map((state) => stepOf(state))).toEqual([
    ...['openEnrolment', 'openCollection', 'follow', 'openUrn', 'done', 'done'],
  ])
})

test('a break comes before the last day, and a closed round is done with once its urn was opened', () => {
  expect(stepOf('collecting', { today: '2026-11-01' })).toBe('close')
  expect(stepOf('collecting', { today: '2026-11-01', isPaused: true })).toBe('continue')
  expect(stepOf('closed', { isOpened: true })).toBe('counted')
})
