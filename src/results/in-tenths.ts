/**
 * Says how far something has come, in per cent, at each tenth of the way and once. Whatever there are of, from one on, it says the
 * same: "41 of 82" would tell the number.
 */
export function inTenths(all: number, say: (percent: number) => void): (done: number) => void {
  let said = 0
  say(said)
  return (done) => {
    while (said < 100 && done * 100 >= (said + 10) * all) {
      said += 10
      say(said)
    }
  }
}
