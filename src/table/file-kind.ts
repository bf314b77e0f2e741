import { type TableRefusal, tableRefusal } from './table.ts'

/** How files begin that people send by mistake. */
const others: [TableRefusal, number[]][] = [
  ['pdf', [...Buffer.from('%PDF')]],
  ['image', [0x89, ...Buffer.from('PNG')]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [...Buffer.from('GIF8')]],
  ['image', [...Buffer.from('RIFF')]],
  ['image', [...Buffer.from('BM'), 0]],
  ['image', [0x49, 0x49, 0x2a, 0]],
  ['image', [0x4d, 0x4d, 0, 0x2a]],
  ['otherFile', [...Buffer.from('{\\rtf')]],
  ['otherFile', [0x1f, 0x8b]],
]
const zips = [Buffer.from('PK\x03\x04'), Buffer.from('PK\x05\x06')]
const oldOffice = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])
/** Excel wraps a file that has a password into one of the old kind, with a part of this name. */
const encryptedPart = Buffer.from('EncryptedPackage', 'utf16le')

/**
 * Whether a file is an archive, as XLSX is, or text: by what it holds, never by its name.
 * @throws DomainError `invalid` for an empty file and for the kinds that are known and hold no readable table
 */
export function fileKind(bytes: Buffer): 'archive' | 'text' {
  const begins = (start: Uint8Array | number[]) => start.every((byte, index) => bytes[index] === byte)
  if (bytes.length === 0) throw tableRefusal('empty')
  if (begins(oldOffice)) throw tableRefusal(bytes.includes(encryptedPart) ? 'passwordProtected' : 'oldExcel')
  const other = others.find(([, start]) => begins(start))
  if (other) throw tableRefusal(other[0])
  return zips.some(begins) ? 'archive' : 'text'
}
