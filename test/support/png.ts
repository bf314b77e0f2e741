import { inflateSync } from 'node:zlib'

/** What is in a PNG of eight bits for red, green, blue and opacity. */
export interface Pixels {
  width: number
  height: number
  /** `#0b5a60` */
  at(x: number, y: number): string
}

/** Reads a PNG by its specification, and not by what made it. */
export function pixelsOf(png: Buffer): Pixels {
  if (png.toString('latin1', 1, 4) !== 'PNG') throw new Error('This is no PNG')
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  const [width, height, kind] = [png.readUInt32BE(16), png.readUInt32BE(20), png.readUInt16BE(24)]
  if (kind !== 0x0806) throw new Error('This PNG has other pixels')
  let bytes: Buffer | undefined
  return {
    width,
    height,
    at(x, y) {
      bytes ??= unfiltered(inflateSync(Buffer.concat(parts)), 4 * width, height) // takes its time
      return `#${bytes.toString('hex', 4 * (y * width + x), 4 * (y * width + x) + 3)}`
    },
  }
}

function unfiltered(packed: Buffer, length: number, height: number): Buffer {
  const bytes = Buffer.alloc(length * height)
  for (let y = 0; y < height; y++) {
    const filter = packed[y * (length + 1)]!
    for (let x = 0; x < length; x++) {
      const left = x < 4 ? 0 : bytes[y * length + x - 4]!
      const up = y === 0 ? 0 : bytes[(y - 1) * length + x]!
      const corner = x < 4 || y === 0 ? 0 : bytes[(y - 1) * length + x - 4]!
      const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter]!
      bytes[y * length + x] = (packed[y * (length + 1) + 1 + x]! + guess) & 255
    }
  }
  return bytes
}

function nearest(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [left, up, corner].map((one) => Math.abs(left + up - corner - one)) as number[]
  if (toLeft! <= toUp! && toLeft! <= toCorner!) return left
  return toUp! <= toCorner! ? up : corner
}
