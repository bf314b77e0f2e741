/*
 * Every number by which something of answers is told or withheld, with its reason. They are promises, and no settings: nobody who runs the
 * service can make them smaller.
 */

/** Up to here numbers are told in fives, from here on in tens: a step is always a tenth or more of what it tells. */
export const widerFrom = 50
export const widths = { narrow: 5, wide: 10 }

/**
 * How wide the cells of a sum are, by the highest that it can be. Small sums are told as their parts are; a greater one in cells of a
 * hundredth of it or more, so that nobody follows it from night to night by single answers. What keeps its parts from being told is
 * the room at its ends, not this: see `cellOf`.
 */
export const sumWidths = [
  { upTo: 50, width: widths.narrow },
  { upTo: 500, width: widths.wide },
  { upTo: 2_000, width: 20 },
  { upTo: Number.POSITIVE_INFINITY, width: 100 },
]

/** So many can have answered where the first step is told: it is not left before more codes went out, and what staff say of that can be wrong. */
export const mostUntold = 8

/** A step is left when the number is so many beyond its border: at the border itself one answer would be seen to come. */
export const beyondBorder = 2

/** And when it is so many from where it was as it came there: wherever it stands, no single answer moves it. */
export const freshAnswers = 5

/** So many numbers at least are possible in a step on the night on which it is reached. */
export const fewestPossible = 4

/** How many times the widest part is kept at the ends of a sum whose parts are told in another sum as well. A margin, and no proof. */
export const spareWhereCrossed = 10

/** Channels are told apart only where each is at least so many people: of fewer, those who know each other count themselves off. */
export const fewestOffered = 20

/** And so many answers: the first step says that hardly anybody has. */
export const fewestAnswers = 5

/** Fewer answers have no rate: its steps would be wider than what it says. */
export const fewestForRate = 20

/** Nor has a part of which so much is open, in shares of 1: "from 21 to 100 per cent" says nothing, and looks like a finding. */
export const widestRate = 0.4

/** Cells of fewer people than this are not told to anybody. The public indicator catalogue marks them `..`. */
export const smallestShown = 10

/** Whether what can be worked out of so many people may be known: it is of nobody, or of as many as may be told of. */
export const isNobodyOrEnough = (people: number): boolean => people === 0 || people >= smallestShown

/** From so many on a share is told as it is, also where all are of one opinion; of fewer that says what each of them answered. */
export const smallestUnanimous = 30

/** In whole per cent: of those fewer than that, a share from here on, or up to there, says what nearly each of them answered. */
export const nearlyAll = 90
export const nearlyNone = 10

/**
 * Of fewer than {@link smallestShown} who are hidden, so many numbers of positive answers at least stay possible, whatever else is told: so
 * nobody can know of more than all but two of them how they answered together, which is less than a share of ten says.
 */
export const fewestCounts = 3

/**
 * So many pairs at least fit to what is told of women and of men beside their group: of how many others there are, and of how many of them
 * are positive. Nothing tells how many they are.
 */
export const fewestRests = 3

/** A part of a distribution that fewer chose is told together with its neighbour, and from so many answers on there is a distribution. */
export const smallestPart = 3
export const fewestForDistribution = 30

/** Codes on paper go into the urn so many at a time, at least: else whoever enters one could ask whether it was used. */
export const fewestCodesTogether = 10

/** No quota of a tablet is smaller: what comes beyond it is told in steps of its own, and every answer of one's own that fills it up stays. */
export const fewestQuota = 20

/** A response rate in whole per cent is told beside the number of responses where it leaves so many numbers of offers possible. */
export const fewestOpenOffers = 10
