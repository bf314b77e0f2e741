import { expect, test } from 'vitest'
import { scopeOf } from '../../src/people/person.ts'
import {
  type Action,
  may,
  needsSecondFactor,
  permissions,
  type Role,
  roles,
  rolesInvitedBy,
} from '../../src/people/roles.ts'

/** What each role may do, written down a second time: who changes the table is asked whether it was meant. */
const allowed: Record<Role, string[]> = {
  national: [
    'use own account',
    'manage rounds',
    'manage enrolments',
    'read the audit trail',
    'manage people',
    'read results',
    'read own texts',
    'write own texts',
    'follow fieldwork',
  ],
  coordinator: [
    ...['use own account', 'manage people', 'enrol a municipality', 'manage units', 'draw codes', 'tally offers'],
    ...['print invitations', 'send e-mail', 'count leftovers', 'see tablets', 'manage tablets', 'print paper forms'],
    ...['enter paper', 'read results', 'read own texts', 'write own texts', 'follow fieldwork'],
  ],
  caseworker: [
    ...['use own account', 'draw codes', 'tally offers', 'print invitations', 'count leftovers', 'see tablets'],
    ...['print paper forms', 'read results', 'follow fieldwork'],
  ],
  host: ['use own account', 'tally offers', 'see tablets', 'print paper forms', 'read results', 'follow fieldwork'],
  viewer: ['use own account', 'read results', 'read own texts'],
}

test.each(roles)('%s may do this and nothing else', (role) => {
  const mayDo = Object.entries(permissions).filter(([, who]) => (who as readonly Role[]).includes(role))
  expect(mayDo.map(([action]) => action).sort()).toEqual(allowed[role].sort())
  for (const action of Object.keys(permissions) as Action[])
    expect(may(role, action), action).toBe(allowed[role].includes(action))
})

test('whoever meets respondents works at their units, and all others but the national administrator in their municipality', () => {
  const [municipalityCode, unitIds] = ['1489', ['unit']]
  expect(Object.fromEntries(roles.map((role) => [role, scopeOf({ role, municipalityCode, unitIds })]))).toEqual({
    national: {},
    coordinator: { municipalityCode },
    caseworker: { municipalityCode, unitIds },
    host: { municipalityCode, unitIds },
    viewer: { municipalityCode },
  })
})

test('the national administrator signs in with a second factor, and a coordinator where it is in earnest', () => {
  const needed = (publicUrl: string) => roles.filter((role) => needsSecondFactor(role, { publicUrl }))
  expect(needed('https://svar.example.se')).toEqual(['national', 'coordinator'])
  expect(needed('http://localhost:3000')).toEqual(['national'])
})

test('nobody makes an account that may do more than its maker looks after', () => {
  expect(Object.fromEntries(roles.map((role) => [role, rolesInvitedBy(role)]))).toEqual({
    national: ['coordinator', 'national', 'viewer'],
    coordinator: ['caseworker', 'host', 'coordinator', 'viewer'],
    caseworker: [],
    host: [],
    viewer: [],
  })
})
