/** Work on a thread or in a process of its own. */
interface Ending {
  once(event: 'exit', then: () => void): unknown
}

/**
 * Ends what takes longer than it may, and what nobody waits for any more. Nothing runs beside the service without it but what lives as
 * long as the service.
 * @param end ends it at once
 * @returns whether it was ended because it was late
 */
export function endInTime(
  work: Ending,
  end: () => unknown,
  { seconds, signal }: { seconds: number; signal?: AbortSignal },
): { isLate: () => boolean } {
  let isLate = false
  const leave = () => void end()
  const deadline = setTimeout(() => {
    isLate = true
    leave()
  }, seconds * 1000)
  signal?.addEventListener('abort', leave)
  if (signal?.aborted) leave()
  work.once('exit', () => {
    clearTimeout(deadline)
    signal?.removeEventListener('abort', leave)
  })
  return { isLate: () => isLate }
}
