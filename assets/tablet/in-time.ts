/**
 * Waits for a work no longer than so many milliseconds. Browsers have calls that never answer; nothing on the tablet may wait for them
 * for ever.
 * @throws when it takes too long. What was begun goes on: `late` is told what it gave after all.
 */
export function inTime<T>(work: Promise<T>, milliseconds: number, late?: (result: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      reject(new Error('too long'))
    }, milliseconds)
    work.then(
      (result) => {
        clearTimeout(timer)
        if (isLate) late?.(result)
        else resolve(result)
      },
      (error) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}
