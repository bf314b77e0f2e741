import { setImmediate as breathe } from 'node:timers/promises'
import { domainToASCII, domainToUnicode } from 'node:url'
import { knownOf } from '../table/title-rows.ts'
import { composed } from '../text/composed.ts'
import { addressHeadings } from './address-headings.ts'
import { holdsAddress, partsOf, readPart } from './address-text.ts'

/** Why an address is not written to; each has a text for staff, `staff.mail.reason.*`. */
export const addressProblems = [
  'form',
  'letters',
  'long',
  'domain',
  'asName',
  'otherColumn',
  'duplicate',
  'queued',
  'optedOut',
  'tooMany',
] as const

export type AddressProblem = (typeof addressProblems)[number]

export interface RejectedAddress {
  /** The number of its line or row, from 1. */
  row: number
  /** As it was given, shortened, without anything that could not be shown. */
  text: string
  reason: AddressProblem
}

export interface ReadAddresses {
  /** Each once, in the order given, with the domain as the network writes it. */
  addresses: string[]
  rejected: RejectedAddress[]
}

/** Where one part alone has an @, the others are whose address it is, but for what was meant as an address. */
function withoutNames(parts: string[]): string[] {
  const withAt = parts.filter((part) => part.includes('@'))
  return withAt.length === 1 ? parts.filter(holdsAddress) : parts
}

/** More than the largest stratum of the country has. */
export const mostAddresses = 20_000

/**
 * Reads pasted addresses: one a line, or between commas, semicolons, tabs or spaces, with names before or behind. Everything that is
 * not written to is listed with its reason; empty parts, names beside an address and headings above them are not.
 */
export async function readAddresses(text: string): Promise<ReadAddresses> {
  const lines = text.split(/\r\n|[\n\r\u2028]/).map((line, index) => ({ row: index + 1, text: line }))
  const first = lines.findIndex(({ text }) => text.trim() !== '')
  return readRows(isHeading(lines[first]?.text ?? '') ? lines.slice(first + 1) : lines)
}

const headingsIn = knownOf(addressHeadings)
const isHeading = (line: string) => !line.includes('@') && headingsIn(line.split(/[\t,;|]/)) > 0

/** So many are read before others have their turn. */
const together = 500

/** The same of the rows of a file; each may hold several addresses. */
export async function readRows(rows: { row: number; text: string }[]): Promise<ReadAddresses> {
  const seen = new Set<string>()
  const addresses: string[] = []
  const rejected: RejectedAddress[] = []
  for (const [index, { row, text }] of rows.entries()) {
    if (index % together === together - 1) await breathe()
    for (const part of withoutNames(partsOf(text))) {
      const reject = (reason: AddressProblem, given = part) => rejected.push({ row, text: shown(given), reason })
      const { addresses: given, names, meant } = readPart(part)
      const found = given.map(readAddress)
      const wrong = found.find((read) => typeof read === 'object')
      if (found.length === 0) reject('form')
      else if (wrong) reject(wrong.reason)
      else {
        for (const [at, read] of (found as string[]).entries()) take(read, (reason) => reject(reason, given[at]))
        for (const name of names) reject('asName', name)
        for (const word of meant) reject('form', word)
      }
    }
  }
  return { addresses, rejected }

  function take(address: string, reject: (reason: AddressProblem) => void): void {
    const folded = address.toLowerCase()
    if (seen.has(folded)) reject('duplicate')
    else if (seen.size >= mostAddresses) reject('tooMany')
    else {
      seen.add(folded)
      addresses.push(address)
    }
  }
}

/** Cells that are not read, as rejected, but for those of which each address was read elsewhere. */
export function notAmong(addresses: string[], cells: { row: number; text: string }[]): RejectedAddress[] {
  const known = new Set(addresses.map((address) => address.toLowerCase()))
  const isKnown = (given: string) => {
    const read = readAddress(given)
    return typeof read === 'string' && known.has(read.toLowerCase())
  }
  return cells
    .filter(({ text }) => !partsOf(text).every((part) => readPart(part).addresses.every(isKnown)))
    .map(({ row, text }) => ({ row, text: shown(text), reason: 'otherColumn' as const }))
}

/** What no mail server we write to refuses in the part before the @: RFC 5321 without quotes, in ASCII. */
const local = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const domain = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/

/** What may stand in a domain as it is given: the parser below drops, decodes and cuts off what else there is. */
const givenDomain = /^[\p{L}\p{M}\p{Nd}.-]+$/u

/**
 * One address with its domain in lower case ASCII, as RFC 5891 writes it; or why it is none. It is the address that stands there, letter
 * for letter: one that would have to be repaired first is somebody else's.
 */
export function readAddress(given: string): string | { reason: AddressProblem } {
  const [, name, host] = /^([^@]+)@([^@]+)$/.exec(given) ?? []
  if (name === undefined || host === undefined) return { reason: 'form' }
  if (!local.test(name)) return { reason: local.test(name.replace(/[\p{L}\p{M}]/gu, 'a')) ? 'letters' : 'form' }
  const ascii = domainToASCII(host)
  const written = composed(host).toLowerCase()
  const isAsGiven = givenDomain.test(host) && (ascii === written || domainToUnicode(ascii) === written)
  if (!isAsGiven || !domain.test(ascii)) return { reason: 'domain' }
  if (name.length > 64 || name.length + ascii.length + 1 > 254) return { reason: 'long' }
  return `${name}@${ascii}`
}

/** What was pasted may hold anything; a list of what was rejected is not the place to find out. */
function shown(given: string): string {
  return given
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .slice(0, 80)
}
