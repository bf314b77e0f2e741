import { setImmediate as breathe } from 'node:timers/promises'
import { domainToASCII } from 'node:url'

/** Why an address is not written to; each has a text for staff, `staff.mail.reason.*`. */
export const addressProblems = ['form', 'long', 'domain', 'duplicate', 'queued', 'optedOut', 'tooMany'] as const

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

/** More than the largest stratum of the country has. */
export const mostAddresses = 20_000

/**
 * Reads pasted addresses: one a line, or between commas or semicolons, also as `Name <name@example.se>`. Everything that is not
 * written to is listed with its reason; empty parts are not.
 */
export async function readAddresses(text: string): Promise<ReadAddresses> {
  return readRows(text.split(/\r\n|[\n\r\u2028]/).map((line, index) => ({ row: index + 1, text: line })))
}

/** So many are read before others have their turn. */
const together = 500

/** The same of the rows of a file; each may hold several addresses. */
export async function readRows(rows: { row: number; text: string }[]): Promise<ReadAddresses> {
  const seen = new Set<string>()
  const addresses: string[] = []
  const rejected: RejectedAddress[] = []
  for (const [index, { row, text }] of rows.entries()) {
    if (index % together === together - 1) await breathe()
    for (const part of text.split(/[,;]+/)) {
      const given = part.trim()
      if (given === '') continue
      const reject = (reason: AddressProblem) => rejected.push({ row, text: shown(given), reason })
      const read = readAddress(given)
      if (typeof read === 'object') reject(read.reason)
      else if (seen.has(read.toLowerCase())) reject('duplicate')
      else if (seen.size >= mostAddresses) reject('tooMany')
      else {
        seen.add(read.toLowerCase())
        addresses.push(read)
      }
    }
  }
  return { addresses, rejected }
}

/** What no mail server we write to refuses in the part before the @: RFC 5321 without quotes, in ASCII. */
const local = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const domain = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/

/** One address with its domain in lower case ASCII, as RFC 5891 writes it; or why it is none. */
export function readAddress(given: string): string | { reason: AddressProblem } {
  const bare = /<([^<>]*)>$/.exec(given)?.[1] ?? given.replace(/^mailto:/i, '')
  const [, name, host] = /^([^@]+)@([^@]+)$/.exec(bare.trim()) ?? []
  if (name === undefined || host === undefined || !local.test(name)) return { reason: 'form' }
  const ascii = domainToASCII(host)
  if (!domain.test(ascii)) return { reason: 'domain' }
  if (name.length > 64 || name.length + ascii.length + 1 > 254) return { reason: 'long' }
  return `${name}@${ascii}`
}

/** What was pasted may hold anything; a list of what was rejected is not the place to find out. */
function shown(given: string): string {
  return given.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').slice(0, 80)
}
