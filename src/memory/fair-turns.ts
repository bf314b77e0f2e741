/** Why work was not taken up: the one who asks has enough waiting already, or everybody together has. */
export type NoTurn = 'own' | 'all'

export interface Turn {
  /** Who asks: each has a turn before anybody has two. */
  owner: string
  /** When nobody waits for it any more it is not begun; work that has begun is told by the same signal. */
  signal?: AbortSignal
  /** How much of this owner may wait or be at work, where that is less than usual. */
  mostOfOne?: number
}

/** Of a person, who may leave: then there is a signal. What nobody asked for, such as a command's own, has neither. */
export type Asked = (Turn & { signal: AbortSignal }) | { owner?: undefined; signal?: undefined; mostOfOne?: undefined }

interface FairTurns {
  /** How much of one owner waits or is at work. */
  mostOfOne: number
  /** How much waits in all. */
  most: number
  refusal: (why: NoTurn) => Error
}

interface Waiting {
  begin: () => void
}

/**
 * One piece of work at a time, in fair turns: whoever asks for much waits behind their own, and others wait for one piece of theirs at most.
 * @throws what `refusal` makes, when too much waits; the signal's reason when nobody waits for it any more
 */
export function fairTurns({ mostOfOne, most, refusal }: FairTurns) {
  /** In the order in which they come to their turn. */
  const owners = new Map<string, Waiting[]>()
  let atWork: string | undefined
  let waiting = 0

  const countOf = (owner: string) => (owners.get(owner)?.length ?? 0) + (atWork === owner ? 1 : 0)

  function wait({ owner, signal }: Turn): Promise<void> {
    return new Promise((begin, reject) => {
      const one = { begin }
      owners.set(owner, [...(owners.get(owner) ?? []), one])
      waiting++
      const leave = () => {
        if (take(owner, one)) reject(signal!.reason)
      }
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  function take(owner: string, one: Waiting): boolean {
    const own = owners.get(owner) ?? []
    if (!own.includes(one)) return false
    owners.delete(owner)
    if (own.length > 1)
      owners.set(
        owner,
        own.filter((other) => other !== one),
      ) // behind all others
    waiting--
    return true
  }

  function next(): void {
    atWork = undefined
    const [first] = owners
    if (!first) return
    const [owner, [one]] = first
    take(owner, one!)
    atWork = owner
    one!.begin()
  }

  return async <T>(turn: Turn, work: () => Promise<T>): Promise<T> => {
    turn.signal?.throwIfAborted()
    if (countOf(turn.owner) >= (turn.mostOfOne ?? mostOfOne)) throw refusal('own')
    if (atWork === undefined) atWork = turn.owner
    else if (waiting >= most) throw refusal('all')
    else await wait(turn)
    try {
      return await work()
    } finally {
      next()
    }
  }
}
