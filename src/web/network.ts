/** One household or office: an IPv4 address, or the first 64 bits of an IPv6 address. */
export function networkOf(address: string): string {
  return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address
}
