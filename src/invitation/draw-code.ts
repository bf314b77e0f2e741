import { randomInt } from 'node:crypto'
import { completeCode } from './survey-code.ts'

/** A fresh survey code: 15 digits from the operating system's random source and their check digit. */
export function drawCode(): string {
  const high = String(randomInt(0, 1e7)).padStart(7, '0')
  const low = String(randomInt(0, 1e8)).padStart(8, '0')
  return completeCode(high + low)
}
