/** How far a live API is followed. */
export interface LiveLimits {
  /** Pages of all questions together. */
  pages: number
  /** Bytes of one page, and of all together. */
  pageBytes: number
  bytes: number
  /** Seconds for one page, and for all together. */
  pageSeconds: number
  seconds: number
  redirects: number
  /** Between two requests, in milliseconds: the indicator database asks for no more than five a second. */
  restMs: number
  /** How often, and how long in seconds, the server may ask to wait. */
  waits: number
  waitSeconds: number
}

const megabyte = 1024 * 1024

export const liveLimits: LiveLimits = {
  ...{ pages: 2_000, pageBytes: 64 * megabyte, bytes: 1_024 * megabyte, pageSeconds: 90, seconds: 3_600 },
  ...{ redirects: 3, restMs: 200, waits: 20, waitSeconds: 120 },
}
