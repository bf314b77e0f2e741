/** A colour as `#0b5a60`. */
export type Hex = string

type Three = [number, number, number]

/** What is seen without one kind of cones. Machado, Oliveira and Fernandes 2009, table for severity 1.0, in linear RGB. */
const machado = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const

export type Blindness = keyof typeof machado

/** Linear RGB, each from 0 to 1 (IEC 61966-2-1). */
function linear(hex: Hex): Three {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  return parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as Three
}

const times = (matrix: readonly (readonly number[])[], vector: Three) =>
  matrix.map((row) => row[0]! * vector[0] + row[1]! * vector[1] + row[2]! * vector[2]) as Three

function seen(hex: Hex, blindness: Blindness | undefined): Three {
  const clamped = (part: number) => Math.min(1, Math.max(0, part))
  return blindness ? (times(machado[blindness], linear(hex)).map(clamped) as Three) : linear(hex)
}

/** CIELAB with the white of D65 (CIE 15:2004). */
function lab(rgb: Three): Three {
  const matrix = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.072175],
    [0.0193339, 0.119192, 0.9503041],
  ]
  const [x, y, z] = times(matrix, rgb)
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116)
  const [fx, fy, fz] = [f(x / 0.95047), f(y), f(z / 1.08883)]
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]
}

/** How different two colours are for someone with a blindness, or without: CIEDE2000. */
export const distance = (one: Hex, other: Hex, blindness?: Blindness): number =>
  ciede2000(lab(seen(one, blindness)), lab(seen(other, blindness)))

/** The same of two colours of CIELAB (CIE 142-2001, as Sharma, Wu and Dalal 2005 have it, with their numbers of equations left out). */
export function ciede2000([l1, a1, b1]: Three, [l2, a2, b2]: Three): number {
  const degrees = 180 / Math.PI
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const g = 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)))
  const [ap1, ap2] = [(1 + g) * a1, (1 + g) * a2]
  const [c1, c2] = [Math.hypot(ap1, b1), Math.hypot(ap2, b2)]
  const hue = (a: number, b: number) => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) * degrees + 360) % 360)
  const [h1, h2] = [hue(ap1, b1), hue(ap2, b2)]
  const isGrey = c1 * c2 === 0
  const turn = h2 - h1
  const dh = isGrey ? 0 : turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn
  const [dL, dC, dH] = [l2 - l1, c2 - c1, 2 * Math.sqrt(c1 * c2) * Math.sin(dh / 2 / degrees)]
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2]
  const sum = h1 + h2
  const h = isGrey ? sum : Math.abs(turn) <= 180 ? sum / 2 : sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2
  const cos = (angle: number) => Math.cos(angle / degrees)
  const t = 1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.2 * cos(4 * h - 63)
  const sL = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2)
  const [sC, sH] = [1 + 0.045 * c, 1 + 0.015 * c * t]
  const rC = 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7))
  const rT = -Math.sin((60 * Math.exp(-(((h - 275) / 25) ** 2))) / degrees) * rC
  return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + rT * (dC / sC) * (dH / sH))
}

/** The contrast of two colours, from 1 to 21 (WCAG 2.2). */
export function contrast(one: Hex, other: Hex): number {
  const light = (hex: Hex) => times([[0.2126, 0.7152, 0.0722]], linear(hex))[0] + 0.05
  const [a, b] = [light(one), light(other)]
  return Math.max(a, b) / Math.min(a, b)
}
