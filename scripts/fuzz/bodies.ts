import type { Chance } from './chance.ts'
import { type Entry, nastyText, type Upload, wellFormed } from './values.ts'

export interface Body {
  type?: string
  bytes: Buffer
}

/** A form as browsers send it, and now and then as nobody should. */
export function bodyOf(entries: Entry[], isMultipart: boolean, chance: Chance): Body {
  if (chance.happens(0.04)) return strangeBody(entries, chance)
  if (isMultipart !== chance.happens(0.02)) return multipart(entries, chance)
  const bytes = Buffer.from(urlEncoded(entries))
  return {
    type: chance.happens(0.97)
      ? 'application/x-www-form-urlencoded'
      : 'application/x-www-form-urlencoded; charset=utf-16',
    bytes: chance.happens(0.02) ? Buffer.concat([bytes, Buffer.from('&%zz=%E0%A4&&=&a=%')]) : bytes,
  }
}

const urlEncoded = (entries: Entry[]) =>
  entries.map((pair) => pair.map((part) => encodeURIComponent(textOf(part))).join('=')).join('&')

/** Text that can be encoded: lone surrogates cannot. */
const textOf = (value: string | Upload) => wellFormed(typeof value === 'string' ? value : value.filename)

function multipart(entries: Entry[], chance: Chance): Body {
  const edge = `edge${chance.letters(12)}`
  const parts = entries.flatMap(([name, value]) => [
    Buffer.from(`--${edge}\r\nContent-Disposition: form-data; name="${quoted(name)}"${headOf(value, chance)}\r\n\r\n`),
    typeof value === 'string' ? Buffer.from(value) : value.bytes,
    Buffer.from('\r\n'),
  ])
  const whole = Buffer.concat([...parts, Buffer.from(`--${edge}--\r\n`)])
  const type = `multipart/form-data; boundary=${edge}`
  switch (chance.below(16)) {
    case 0:
      return { type, bytes: whole.subarray(0, chance.below(whole.length)) }
    case 1:
      return {
        type: chance.oneOf(['multipart/form-data', `multipart/form-data; boundary=other`, `${type}${'y'.repeat(90)}`]),
        bytes: whole,
      }
    case 2:
      return {
        type,
        bytes: Buffer.from(whole.toString('latin1').replaceAll('\r\n', chance.oneOf(['\n', '\r', '\0'])), 'latin1'),
      }
    case 3:
      return {
        type,
        bytes: Buffer.from(
          whole.toString('latin1').replaceAll('name=', chance.oneOf(['nam=', "name*=utf-8''%zz", 'name'])),
          'latin1',
        ),
      }
    default:
      return { type, bytes: whole }
  }
}

function headOf(value: string | Upload, chance: Chance): string {
  if (typeof value === 'string') return ''
  const name = chance.happens(0.1) ? nastyText(chance).slice(0, 5000) : value.filename
  return `; filename="${quoted(name)}"\r\nContent-Type: ${chance.oneOf(['text/csv', 'application/octet-stream', 'x/'])}`
}

const quoted = (text: string) => text.replace(/["\r\n]/g, (character) => encodeURIComponent(character))

function strangeBody(entries: Entry[], chance: Chance): Body {
  const json = Buffer.from(JSON.stringify(Object.fromEntries(entries.map(([name, value]) => [name, textOf(value)]))))
  const form = Buffer.from(urlEncoded(entries))
  return chance.oneOf<() => Body>([
    () => ({ type: 'application/json', bytes: json }),
    () => ({ type: 'application/json', bytes: json.subarray(0, chance.below(json.length + 1)) }),
    () => ({ type: 'text/plain', bytes: form }),
    () => ({
      type: 'application/xml',
      bytes: Buffer.from('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    }),
    () => ({ type: '', bytes: form }),
    () => ({ type: '/;;=', bytes: form }),
    () => ({ bytes: form }),
    () => ({
      type: 'application/x-www-form-urlencoded',
      bytes: Buffer.from(chance.letters(200, '\0\x01\x7f\x80\xff&=%a'), 'latin1'),
    }),
    () => ({ type: 'application/x-www-form-urlencoded', bytes: Buffer.alloc(chance.below(40_000), 'a=b&') }),
    () => ({ type: 'application/x-www-form-urlencoded', bytes: Buffer.alloc(0) }),
  ])()
}
