import type { RefusedMail, SmtpProblem } from './smtp.ts'

/** That the mail server takes nothing: since when this service knows, why, and when it is asked next. */
export interface Outage {
  problem: SmtpProblem
  since: Date
  nextTry: Date
}

/** What became of the mails that were tried one after another. */
export interface Tries {
  now: Date
  /** Whether the server took a mail, or knew that an address does not exist. */
  worked: boolean
  /** What it said last, where it did not take one. */
  problem?: SmtpProblem
  /** Those that it did not take. */
  refused: RefusedMail[]
  /** Whether the server cannot be used for any mail. */
  isDown: boolean
}

/** Where the mail server's state is kept while the service runs: of the server, never of a mail. */
export interface ServerState {
  outage?: Outage
}

/** What a page shows of it, if there is any. */
export const outageOf = ({ outage }: ServerState) => outage && { since: outage.since, trouble: outage.problem.trouble }

/** Whether it is not yet asked again. A clock that was set back since makes no mail wait longer than it would have. */
export function isResting({ outage }: ServerState, now: Date): boolean {
  const restMs = outage ? outage.nextTry.getTime() - now.getTime() : 0
  return restMs > 0 && restMs <= longestMinutes * minute
}

/** Is told once when the server's trouble begins, once for each other trouble, and once when it has ended. */
export interface OutageNews {
  onTrouble: (problem: SmtpProblem) => void
  onEnd: (outage: Outage) => void
}

const minute = 60_000
const longestMinutes = 15

/**
 * Keeps whether the server can be used, after each round. While it is down all mails wait, 1, 2, 4 … at most 15 minutes from try to
 * try; while it takes connections and refuses mails, each mail waits for itself. "Not now" to a single address, as of a full mailbox,
 * is no trouble of the server: many mails may have left before. Nor is a single mail that it does not want.
 */
export function followServer(state: ServerState, { onTrouble, onEnd }: OutageNews) {
  let failures = 0
  const isOfOneMail = followRefusals()
  return (tries: Tries): void => {
    const { now, worked, problem, isDown } = tries
    const before = state.outage
    const isSingle = isOfOneMail(tries) && !before
    const isUsable = !isDown && (worked || (problem !== undefined && (isOfAddress(problem) || isSingle)))
    if (problem && !isUsable) {
      failures = isDown ? failures + 1 : 0
      const wait = isDown ? Math.min(minute * 2 ** (failures - 1), longestMinutes * minute) : 0
      state.outage = { problem, since: before?.since ?? now, nextTry: new Date(now.getTime() + wait) }
      if (!before || nameOf(before.problem) !== nameOf(problem)) onTrouble(problem)
    } else if (isUsable) {
      failures = 0
      state.outage = undefined
      if (before) onEnd(before)
    }
  }
}

/**
 * Whether what was refused since the server last worked is one mail, for a reason of its own: others were taken before, or the server
 * names the mail. A second mail that is refused, and none taken between, makes it the server.
 */
function followRefusals() {
  let hasWorked = false
  const mails = new Set<string>()
  return ({ worked, refused, isDown }: Tries): boolean => {
    hasWorked ||= worked
    if (worked) mails.clear()
    else if (!isDown) for (const { messageId } of refused) mails.add(messageId)
    return mails.size === 1 && refused.length > 0 && (hasWorked || refused.every(({ isNamed }) => isNamed))
  }
}

const isOfAddress = ({ command, responseCode = 0 }: SmtpProblem) => command === 'RCPT TO' && responseCode < 500

const nameOf = ({ code, command, responseCode }: SmtpProblem) => `${code} ${command} ${responseCode}`
