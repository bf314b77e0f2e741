/**
 * Reads a SQLite file as a thief would: byte by byte, with the place of every row in its page, which no query tells.
 * Also winds a file back with its rollback journal, and forth with its write-ahead log.
 * The formats: https://www.sqlite.org/fileformat2.html
 */
export type Value = null | number | string | Buffer

export interface Row {
  /** The table or index it lies in. */
  tree: string
  values: Value[]
  /** 0 for the row that was put into its page first, towards 1 for the last: SQLite fills a page from its end. */
  place: number
}

const pageType = { interiorIndex: 2, interiorTable: 5, leafIndex: 10, leafTable: 13 }

/** Every row of every table and index of a database file. */
export function readRows(file: Buffer): Row[] {
  if (file.length === 0) return []
  const schema = readTree(file, 'sqlite_schema', 1)
  const trees = schema.filter(({ values }) => typeof values[3] === 'number' && values[3] > 0)
  return trees.flatMap(({ values }) => readTree(file, String(values[1]), Number(values[3])))
}

function readTree(file: Buffer, tree: string, root: number): Row[] {
  const pageSize = pageSizeOf(file)
  const rows: Row[] = []

  function visit(number: number): void {
    const page = file.subarray((number - 1) * pageSize, number * pageSize)
    const header = number === 1 ? 100 : 0
    const type = page[header]!
    if (type === pageType.interiorIndex || type === pageType.interiorTable) {
      for (const pointer of pointersOf(page, header)) visit(page.readUInt32BE(pointer))
      visit(page.readUInt32BE(header + 8))
    }
    if (type !== pageType.interiorTable) rows.push(...rowsOfPage(file, page, header, tree))
  }

  visit(root)
  return rows
}

function pointersOf(page: Buffer, header: number): number[] {
  const first = header + (page[header]! <= pageType.interiorTable ? 12 : 8)
  return Array.from({ length: page.readUInt16BE(header + 3) }, (_, cell) => page.readUInt16BE(first + cell * 2))
}

/** Pages that were read before, for most pages of two copies are the same. */
const pagesRead = new Map<string, Row[]>()

function rowsOfPage(file: Buffer, page: Buffer, header: number, tree: string): Row[] {
  const name = `${tree} ${page.toString('latin1')}`
  const known = pagesRead.get(name)
  if (known) return known

  const pointers = pointersOf(page, header)
  const byArrival = [...pointers].sort((a, b) => b - a)
  const rows = pointers.map((pointer) => ({
    tree,
    values: readRecord(payloadAt(file, page, pointer, page[header]!)),
    place: byArrival.indexOf(pointer) / pointers.length,
  }))
  pagesRead.set(name, rows)
  return rows
}

/** What a cell holds, with what flowed over into other pages. */
function payloadAt(file: Buffer, page: Buffer, pointer: number, type: number): Buffer {
  const usable = page.length
  const start = type === pageType.interiorIndex ? pointer + 4 : pointer
  const [length, afterLength] = varint(page, start)
  const at = type === pageType.leafTable ? varint(page, afterLength)[1] : afterLength
  const most = type === pageType.leafTable ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23
  if (length <= most) return page.subarray(at, at + length)

  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const fitting = least + ((length - least) % (usable - 4))
  const local = fitting <= most ? fitting : least
  const parts = [page.subarray(at, at + local)]
  for (let next = page.readUInt32BE(at + local); next !== 0; ) {
    const overflow = file.subarray((next - 1) * usable, next * usable)
    parts.push(overflow.subarray(4))
    next = overflow.readUInt32BE(0)
  }
  return Buffer.concat(parts).subarray(0, length)
}

function readRecord(record: Buffer): Value[] {
  const [headerEnd, first] = varint(record, 0)
  const values: Value[] = []
  let body = headerEnd
  for (let at = first; at < headerEnd; ) {
    const [serial, next] = varint(record, at)
    at = next
    const length = serial >= 12 ? (serial - 12) >> 1 : [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][serial]!
    values.push(readValue(serial, record.subarray(body, body + length)))
    body += length
  }
  return values
}

function readValue(serial: number, bytes: Buffer): Value {
  if (serial >= 12) return serial % 2 === 0 ? bytes : bytes.toString('utf8')
  if (serial === 0) return null
  if (serial === 7) return bytes.readDoubleBE()
  if (serial >= 8) return serial - 8
  return bytes.length <= 6 ? bytes.readIntBE(0, bytes.length) : Number(bytes.readBigInt64BE())
}

/** The number that begins at a place, and the place behind it. */
function varint(bytes: Buffer, at: number): [number, number] {
  let value = 0
  for (let index = 0; index < 8; index++) {
    const byte = bytes[at + index]!
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return [value, at + index + 1]
  }
  return [value * 256 + bytes[at + 8]!, at + 9]
}

function pageSizeOf(file: Buffer): number {
  const size = file.readUInt16BE(16)
  return size === 1 ? 65536 : size
}

/** The database as it was before the transaction whose rollback journal this is. A journal caught in the act need not be finished. */
export function rolledBack(file: Buffer, journal: Buffer): Buffer {
  const [pagesBefore, sector, pageSize] = [16, 20, 24].map((at) => journal.readUInt32BE(at)) as [number, number, number]
  const before = Buffer.alloc(pagesBefore * pageSize)
  file.copy(before)
  const record = 4 + pageSize + 4
  for (let at = sector; at + record <= journal.length; at += record) {
    const number = journal.readUInt32BE(at)
    if (number >= 1 && number <= pagesBefore) journal.copy(before, (number - 1) * pageSize, at + 4, at + 4 + pageSize)
  }
  return before
}

/** The database after each of the transactions that a write-ahead log still holds, the state before the first of them included. */
export function rolledForward(file: Buffer, log: Buffer): Buffer[] {
  if (log.length < 32) return [file]
  const pageSize = log.readUInt32BE(8)
  const salt = log.subarray(16, 24)
  const states = [file]
  let state = Buffer.from(file)
  for (let at = 32; at + 24 + pageSize <= log.length; at += 24 + pageSize) {
    if (!log.subarray(at + 8, at + 16).equals(salt)) break
    const number = log.readUInt32BE(at)
    if (number * pageSize > state.length) state = Buffer.concat([state, Buffer.alloc(number * pageSize - state.length)])
    log.copy(state, (number - 1) * pageSize, at + 24, at + 24 + pageSize)
    if (log.readUInt32BE(at + 4) > 0) states.push(Buffer.from(state))
  }
  return states
}
