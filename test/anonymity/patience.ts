import { nothingTold, type Told, tellAnew } from '../../src/disclosure/told.ts'

/**
 * Somebody who has patience: each night they may let answers of their own come to a stratum, or use up the code of the one person whom
 * they ask about, and read what is told the day after. They know how numbers are told, and that nobody else answers meanwhile.
 * What they cannot tell apart is one set of worlds; all of their ways are tried.
 */

/** How a number is told from tonight on; what the service does, or a way that is planted. */
export type Tell = (told: Told | undefined, number: number, most?: number) => Told

/** What may be: how many others have answered, whether the person has, and what was told until now. */
export interface World {
  others: number
  hasAnswered: boolean
  told: Told
}

export interface Means {
  tell?: Tell
  /** So many answers of their own may come in one night. */
  aNight: number
  /** And so many in all. */
  inAll?: number
  /** Whether they hold the person's code. It is used up by being entered. */
  holdsCode?: boolean
  /** How many codes they may say went out, by counting letters as left over. Without a tablet that bounds what is told. */
  codes?: number[]
  /** So many others may come in one night, unseen. */
  come?: number
}

/** What it takes to tell: nights, and answers of their own. `undefined` where it cannot be told. */
export type Price = { nights: number; own: number; usesCode: boolean } | undefined

interface Search extends Required<Means> {
  known: Map<string, Price>
  /** Of what may be told to them after a night: the worst, or the luckiest. */
  pick: (prices: Price[]) => Price
}

const isCheaper = (one: Price, other: Price) =>
  one !== undefined &&
  (other === undefined || one.nights < other.nights || (one.nights === other.nights && one.own < other.own))
const worst = (prices: Price[]) => prices.reduce((most, price) => (isCheaper(most, price) ? price : most))
const luckiest = (prices: Price[]) => prices.reduce((least, price) => (isCheaper(price, least) ? price : least))

/**
 * What it takes to tell whether the person has answered, of worlds that look alike today: the fewest nights, and then answers.
 * @param luck `certain`: in whichever of the worlds they are; `soonest`: in the one where it is told first.
 */
export function priceOf(worlds: World[], means: Means, luck: 'certain' | 'soonest' = 'certain'): Price {
  const usual = { tell: tellAnew, inAll: 16, codes: [Number.POSITIVE_INFINITY], come: 0, holdsCode: false }
  const search = { ...usual, ...means, known: new Map(), pick: luck === 'certain' ? worst : luckiest }
  return priceFrom(worlds, { own: 0, isUsed: false, codes: 0 }, search)
}

/** What they have done until a night. */
interface Spent {
  own: number
  isUsed: boolean
  codes: number
}

const isAnswered = (worlds: World[]) => worlds.every(({ hasAnswered }) => hasAnswered === worlds[0]!.hasAnswered)

function priceFrom(worlds: World[], spent: Spent, search: Search): Price {
  if (isAnswered(worlds)) return { nights: 0, own: spent.own, usesCode: spent.isUsed }
  const before = setOf(worlds, spent)
  if (search.known.has(before)) return search.known.get(before)
  let best: Price
  for (const next of tries(spent, search)) {
    const sets = lookAlikes(worlds, next, search)
    if (sets.length === 1 && setOf(sets[0]!, next) === before) continue // nothing came of it
    const price = search.pick(sets.map((alike) => priceFrom(alike, next, search)))
    const whole = price && { ...price, nights: price.nights + 1 }
    if (isCheaper(whole, best)) best = whole
  }
  search.known.set(before, best)
  return best
}

const setOf = (worlds: World[], { own, isUsed }: Spent) => `${own} ${isUsed} ${worlds.map(keyOf).sort().join(' ')}`
const keyOf = ({ others, hasAnswered, told }: World) => `${others}${hasAnswered ? '+' : '-'}${told.low}:${told.moved}`

/** What they may do before the next night. */
function* tries({ own, isUsed }: Spent, { aNight, inAll, holdsCode, codes, come }: Search): Generator<Spent> {
  for (let more = 0; more <= aNight && own + more <= inAll; more++)
    for (const said of codes) {
      if (more > 0 || come === 0) yield { own: own + more, isUsed, codes: said } // others only blur what they look at
      if (holdsCode && !isUsed) yield { own: own + more, isUsed: true, codes: said }
    }
}

/** The sets of worlds that look alike after a night. */
export function lookAlikes(worlds: World[], spent: Spent, { tell, come }: Pick<Search, 'tell' | 'come'>): World[][] {
  const sets = new Map<string, Map<string, World>>()
  for (const { others: before, ...world } of worlds)
    for (let others = before; others <= before + come; others++) {
      const told = tell(world.told, numberOf({ ...world, others }, spent), spent.codes)
      const seen = `${told.low}-${told.high}`
      const next = { ...world, others, told }
      sets.set(seen, (sets.get(seen) ?? new Map()).set(keyOf(next), next))
    }
  return [...sets.values()].map((set) => [...set.values()])
}

const numberOf = ({ others, hasAnswered }: World, { own, isUsed }: Spent) =>
  others + own + (hasAnswered || isUsed ? 1 : 0)

/** All worlds of a stratum of so many people that look alike to somebody who has not watched, by the step that is told. */
export function strangersBeliefs(people: number, tell: Tell = tellAnew): World[][] {
  const reached = Array.from({ length: people + 1 }, () => new Map<string, Told>())
  reached[0]!.set('', nothingTold)
  for (const [from, tolds] of reached.entries())
    for (const told of tolds.values())
      for (let number = from; number <= people; number++) {
        const next = tell(told, number, people)
        reached[number]!.set(`${next.low}:${next.high}:${next.moved}`, next)
      }
  const beliefs = new Map<string, World[]>()
  const add = (world: World) => {
    const seen = `${world.told.low}-${world.told.high}`
    beliefs.set(seen, [...(beliefs.get(seen) ?? []), world])
  }
  for (const [number, tolds] of reached.entries())
    for (const told of tolds.values()) {
      if (number < people) add({ others: number, hasAnswered: false, told })
      if (number > 0) add({ others: number - 1, hasAnswered: true, told })
    }
  return [...beliefs.values()]
}

/**
 * The same to somebody who knows on every evening how many others have answered: two worlds, with and without the person, that have
 * looked alike on every day until now. All ways are tried in which others come, and when the person does.
 * @returns and in how many pairs the night itself told them apart
 */
export function knowersBeliefs(people: number, tell: Tell = tellAnew): { pairs: World[][]; toldApart: number } {
  const pairs = new Map<string, World[]>()
  const queue: { others: number; hasAnswered: boolean; ones: [Told, Told] }[] = []
  let toldApart = 0
  const visit = (others: number, hasAnswered: boolean, ones: [Told, Told]) => {
    const key = [others, hasAnswered, ...ones.flatMap(({ low, moved }) => [low, moved])].join(' ')
    if (pairs.has(key)) return
    const [without, withThem] = ones
    pairs.set(key, [])
    if (without.low !== withThem.low || without.high !== withThem.high) {
      toldApart++
      return
    }
    const pair = ones.map((told, index) => ({ others, hasAnswered: index === 1, told }))
    if (hasAnswered) pairs.set(key, pair)
    queue.push({ others, hasAnswered, ones })
  }
  visit(0, false, [nothingTold, nothingTold])
  for (let one = queue.pop(); one; one = queue.pop()) {
    const { others, hasAnswered, ones } = one
    for (let next = others; next < people; next++)
      for (const is of hasAnswered ? [true] : [false, true])
        visit(next, is, [tell(ones[0], next, people), tell(ones[1], next + Number(is), people)])
  }
  return { pairs: [...pairs.values()].filter(({ length }) => length === 2), toldApart }
}
