import { BlockList, isIPv4, isIPv6, SocketAddress } from 'node:net'

/** Where an address is: in a household or an office, and in the wider network that one customer of a provider may have all of. */
export interface Networks {
  own: string
  wide: string
}

/** All that is no address is one network: a proxy that lets visitors write what they like must give them no more than one. */
const noAddress = 'no address'

/**
 * The networks of an address, however it was written. Own: an IPv4 address, or the first 64 bits of an IPv6 address. Wide: the first
 * 24 bits of IPv4, 48 of IPv6. The port that some proxies add is no part of it, and an IPv4 address inside an IPv6 one is that IPv4 address.
 */
export function networksOf(address: string): Networks {
  const host = withoutPort(address.trim())
  if (isIPv4(host)) return ofIPv4(host)
  if (!isIPv6(host)) return { own: noAddress, wide: noAddress }
  const groups = groupsOf(host)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return ofIPv4([groups[6]! >> 8, groups[6]! & 255, groups[7]! >> 8, groups[7]! & 255].join('.'))
  const first = (count: number) =>
    `${groups
      .slice(0, count)
      .map((group) => group.toString(16))
      .join(':')}::/${count * 16}`
  return { own: first(4), wide: first(3) }
}

const ofIPv4 = (host: string) => ({ own: host, wide: host.replace(/[.][0-9]+$/, '.0/24') })

/** `192.0.2.1:443` and `[2001:db8::1]:443` without what follows the address; a zone such as `%eth0` neither. */
function withoutPort(address: string): string {
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(address) ?? []
  const [, plain] = /^([\d.]+):\d+$/.exec(address) ?? []
  return (bracketed ?? (plain && isIPv4(plain) ? plain : address)).split('%')[0]!
}

/** The eight groups of an IPv6 address. Node writes it in its shortest form, with hexadecimal groups only but for the last two. */
function groupsOf(address: string): number[] {
  const shortest = new SocketAddress({ address, family: 'ipv6' }).address
  const plain = shortest.replace(/(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/, (_, ...parts: string[]) => {
    const [a, b, c, d] = parts.slice(0, 4).map(Number)
    return `${((a! << 8) | b!).toString(16)}:${((c! << 8) | d!).toString(16)}`
  })
  const [before = '', after] = plain.split('::')
  const read = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)))
  const [left, right] = [read(before), read(after ?? '')]
  return after === undefined ? left : [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right]
}

/**
 * Which hops are our own proxies, with or without the port that some of them add: one that is not known again would be taken for the visitor.
 * @param proxies IP addresses and CIDR ranges.
 */
export function trustOf(proxies: string[]): (address: string | undefined) => boolean {
  const own = new BlockList()
  for (const proxy of proxies) {
    const [host, bits] = proxy.split('/')
    const family = isIPv4(host!) ? 'ipv4' : 'ipv6'
    if (bits === undefined) own.addAddress(host!, family)
    else own.addSubnet(host!, Number(bits), family)
  }
  return (address) => {
    const host = withoutPort((address ?? '').trim())
    return (isIPv4(host) && own.check(host, 'ipv4')) || (isIPv6(host) && own.check(host, 'ipv6'))
  }
}
