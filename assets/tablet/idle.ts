export interface IdleOptions {
  warnSeconds: number
  wipeSeconds: number
  /** Somebody should be asked whether they are still there: every second, with the seconds left. */
  onWarn: (secondsLeft: number) => void
  onWipe: () => void
}

/**
 * Counts the seconds since somebody last touched the tablet, by a clock that nobody can set. That clock may stand still while the
 * device sleeps, so a sleep is measured by the other one.
 */
export function watchIdle({ warnSeconds, wipeSeconds, onWarn, onWipe }: IdleOptions) {
  let last = performance.now()
  const timer = setInterval(() => {
    const idle = (performance.now() - last) / 1000
    if (idle >= wipeSeconds) onWipe()
    else if (idle >= warnSeconds) onWarn(Math.ceil(wipeSeconds - idle))
  }, 1000)
  let hiddenAt = 0
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') hiddenAt = Date.now()
    else if (Date.now() - hiddenAt >= wipeSeconds * 1000) onWipe()
  }
  document.addEventListener('visibilitychange', onVisibility)
  return {
    touched: () => {
      last = performance.now()
    },
    end() {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', onVisibility)
    },
  }
}
