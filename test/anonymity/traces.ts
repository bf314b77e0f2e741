/** Looks for something in every file below some folders, in every form in which a program might have written it down. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answers } from '../../src/questionnaire/answers.ts'

/** What is looked for, by what it is called: a text, or bytes such as those of option numbers or of an address. */
export type Canaries = Record<string, string | Buffer>

/** The answers of the person who is looked for: nobody else gives them. */
export const canaryAnswers = {
  contact: 'fairly_hard',
  information: 'very_easy',
  understanding: 'dont_know',
  views: 'no',
  influence: 'not_at_all',
  situation: 'worsened_a_little',
  overall: 'fairly_satisfied',
  gender: 'other',
} satisfies Answers

export interface Trace {
  file: string
  canary: string
  form: string
}

/** Where any of the canaries is, and in which form. Empty when there is no trace of them. */
export function tracesOf(canaries: Canaries, ...folders: string[]): Trace[] {
  const forms = Object.entries(canaries).flatMap(([canary, what]) =>
    formsOf(what).map(([form, bytes]) => ({ canary, form, bytes })),
  )
  const files = folders.flatMap(filesBelow)
  return files.flatMap((file) => {
    const content = readFileSync(file)
    const folded = Buffer.from(content.toString('latin1').toLowerCase(), 'latin1')
    return forms
      .filter(({ bytes }) => content.includes(bytes) || folded.includes(bytes))
      .map(({ canary, form }) => ({ file, canary, form }))
  })
}

export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function formsOf(what: string | Buffer): [string, Buffer][] {
  const bytes = Buffer.from(what)
  const forms: [string, Buffer][] = [
    ['bytes', bytes],
    ['hexadecimal', Buffer.from(bytes.toString('hex'))],
    ['bytes in JSON', Buffer.from([...bytes].join(','))],
    ['bytes in words', Buffer.from([...bytes].join(', '))],
    ['hexadecimal in pairs', Buffer.from(bytes.toString('hex').match(/../g)!.join(' '))],
    ...base64Forms(bytes),
  ]
  if (typeof what === 'string') {
    forms.push(['lower case', Buffer.from(what.toLowerCase(), 'latin1')])
    forms.push(['UTF-16', Buffer.from(what, 'utf16le')])
    forms.push(['in an address', Buffer.from(encodeURIComponent(what))])
    forms.push(['backwards', Buffer.from([...what].reverse().join(''))])
    if (/^\d{16}$/.test(what)) forms.push(...digitForms(what))
  }
  return forms.filter(([, form]) => form.length >= 6)
}

/** The three ways in which bytes appear within a longer base64 text, by where they begin in it. */
function base64Forms(bytes: Buffer): [string, Buffer][] {
  return [0, 1, 2].flatMap((shift): [string, Buffer][] => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '')
    const certain = text.slice(shift === 0 ? 0 : shift + 1, -1)
    const url = certain.replaceAll('+', '-').replaceAll('/', '_')
    return [
      ['base64', Buffer.from(certain)],
      ['base64url', Buffer.from(url)],
    ]
  })
}

/** Sixteen digits in fours, in other people's digits, and as numbers. */
function digitForms(digits: string): [string, Buffer][] {
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(digits))
  const inDigitsFrom = (zero: number) => [...digits].map((digit) => String.fromCharCode(zero + Number(digit))).join('')
  return [
    ...[' ', '-', '\u00a0', '+', '%20'].map((space): [string, Buffer] => [
      'in fours',
      Buffer.from(digits.match(/.{4}/g)!.join(space)),
    ]),
    ['Arabic digits', Buffer.from(inDigitsFrom(0x660))],
    ['Persian digits', Buffer.from(inDigitsFrom(0x6f0))],
    ['two digits a byte', Buffer.from(digits, 'hex')],
    ['a number', number],
    ['a number, backwards', Buffer.from(number).reverse()],
    ['the first 15 digits', Buffer.from(digits.slice(0, 15))],
  ]
}
