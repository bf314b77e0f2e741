/**
 * A bar on a terminal while something takes its time; silent where nobody looks. Redraws at most 20 times a second.
 * @param inPercent where how many there are must not be told: `total` is 100
 */
export function progressBar(what: string, total: number, { inPercent = false } = {}) {
  const out = process.stderr
  let drawnAt = 0
  const draw = (done: number) => {
    const share = total === 0 ? 1 : done / total
    const filled = Math.round(share * 30)
    out.write(
      `\r${what} [${'#'.repeat(filled)}${'.'.repeat(30 - filled)}] ${String(Math.floor(share * 100)).padStart(3)} %${inPercent ? '' : `  ${done}/${total}`}`,
    )
  }
  return {
    update(done: number) {
      if (!out.isTTY || (performance.now() - drawnAt < 50 && done < total)) return
      drawnAt = performance.now()
      draw(done)
    },
    end() {
      if (!out.isTTY) return
      draw(total)
      out.write('\n')
    },
  }
}
