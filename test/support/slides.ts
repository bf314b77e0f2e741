import { strFromU8, unzipSync } from 'fflate'

/** The parts of a PowerPoint file whose names fit, in the order of their numbers. */
export function partsOf(pptx: Buffer, pattern: RegExp): string[] {
  const files = unzipSync(pptx)
  const numberOf = (name: string) => Number(/\d+/.exec(name))
  return Object.keys(files)
    .filter((name) => pattern.test(name))
    .sort((one, other) => numberOf(one) - numberOf(other))
    .map((name) => strFromU8(files[name]!))
}

export const chartsOf = (pptx: Buffer) => partsOf(pptx, /^ppt\/charts\/chart\d+\.xml$/)

/** The values of a chart's series as they stand there: empty where there is a gap. */
export const valuesOf = (chart: string) =>
  chart
    .split('<c:val>')
    .slice(1)
    .map((series) => [...series.split('</c:val>')[0]!.matchAll(/<c:v>([^<]*)<\/c:v>/g)].map(([, value]) => value!))
