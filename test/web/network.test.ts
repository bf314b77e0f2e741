import fc from 'fast-check'
import { expect, test } from 'vitest'
import { networksOf } from '../../src/web/network.ts'

test.each([
  ['192.0.2.2', '192.0.2.2'],
  ['192.0.2.2:40001', '192.0.2.2'],
  ['::ffff:192.0.2.2', '192.0.2.2'],
  ['::FFFF:c000:202', '192.0.2.2'],
  ['[::ffff:192.0.2.2]:40001', '192.0.2.2'],
  ['2001:db8::1:1:1:1', '2001:db8:0:0::/64'],
  ['2001:db8::2:1:1:1', '2001:db8:0:0::/64'],
  ['2001:0DB8:0:0:ffff::', '2001:db8:0:0::/64'],
  ['[2001:db8::1]:443', '2001:db8:0:0::/64'],
  ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['unknown', 'no address'],
  ['', 'no address'],
  ['192.0.2.256', 'no address'],
])('%s is of the network %s', (address, network) => {
  expect(networksOf(address).own).toBe(network)
})

test.each([
  ['192.0.2.2:40001', '192.0.2.0/24'],
  ['::ffff:192.0.2.77', '192.0.2.0/24'],
  ['2001:db8:7:1::1', '2001:db8:7::/48'],
  ['[2001:db8:7:ffff::2]:443', '2001:db8:7::/48'],
  ['whatever, a visitor claims', 'no address'],
])('%s is of the wide network %s', (address, wide) => {
  expect(networksOf(address).wide).toBe(wide)
})

test('is one for all that share 64 bits, however the address is written', () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }))
  const four = fc.tuple(group, group, group, group)
  fc.assert(
    fc.property(four, four, four, (network, one, other) => {
      fc.pre(network.some((each) => each !== 0))
      const whole = [...network, ...one].map((each) => each.toString(16).padStart(4, '0')).join(':')
      const wanted = `${network.map((each) => each.toString(16)).join(':')}::/64`
      expect(networksOf(whole).own).toBe(wanted)
      expect(networksOf(new URL(`http://[${whole}]`).hostname).own).toBe(wanted)
      expect(networksOf([...network, ...other].map((each) => each.toString(16)).join(':')).own).toBe(wanted)
    }),
  )
})
