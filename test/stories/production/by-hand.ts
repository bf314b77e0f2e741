import { type Answers, answersOf } from '../../../src/questionnaire/answers.ts'

/** One person: eight digits, as on paper, the place of the option that is chosen and 0 where the question is skipped; and a language. */
export type Person = readonly [digits: string, language: string]

/** What the forty answer, by how they were offered the survey. Adults are asked about economic assistance at the adults' unit. */
export const adultsByHandout: Person[] = [
  ['11111111', 'ar'],
  ['11111111', 'uk'],
  ['22222222', 'so'],
  ['40000040', 'fa'],
  ['00010000', 'en'],
]
export const adultsByLetter: Person[] = [
  ['11111111', 'sv'],
  ['11111112', 'es'],
  ['22211122', 'sv'],
  ['22211121', 'sv'],
  ['33322333', 'sv'],
  ['33322331', 'sv'],
  ['44433442', 'sv'],
  ['55533551', 'sv'],
  ['00000010', 'sv'],
  ['15131511', 'sv'],
]
export const guardiansByMail: Person[] = [
  ['11111111', 'sv'],
  ['12111111', 'sv'],
  ['12211212', 'sv'],
  ['22212212', 'sv'],
  ['22222322', 'sv'],
  ['23222323', 'sv'],
  ['33322420', 'sv'],
  ['34432430', 'ti'],
  ['44422531', 'ti'],
  ['50503051', 'ti'],
  ['00000001', 'ti'],
]
export const youthsAtTablet: Person[] = [
  ['11111111', 'sv'],
  ['21212121', 'uk'],
  ['12121212', 'ti'], // from here on with the cable out
  ['30303030', 'fa'],
  ['44424442', 'ar'],
  ['55535650', 'sv'],
]
export const youthsOnPaper = [
  ...['12113021', '25224312', '31412130', '45224312'],
  ...['11111111', '11111112', '22222221', '00000040'],
]

/** How many chose each option, by group and question. */
export type CountTable = Record<string, Record<string, number[]>>

/** Counted on the fingers: how many chose each option, in its order, don't know among them. */
const counts: CountTable = {
  economic_assistance: {
    contact: [5, 3, 2, 2, 1],
    information: [4, 3, 2, 1, 2],
    understanding: [5, 3, 2, 1, 1],
    views: [7, 3, 3],
    influence: [7, 3, 2, 0, 0],
    situation: [6, 1, 2, 1, 2, 0],
    overall: [6, 3, 2, 2, 1],
    gender: [7, 4, 1],
  },
  guardian: {
    contact: [3, 3, 2, 1, 1],
    information: [1, 4, 2, 2, 0],
    understanding: [2, 4, 1, 2, 1],
    views: [4, 4, 1],
    influence: [3, 6, 1, 0, 0],
    situation: [2, 2, 2, 2, 1, 0],
    overall: [4, 3, 2, 0, 1],
    gender: [5, 3, 1],
  },
  youth: {
    contact: [5, 3, 2, 2, 1],
    information: [5, 3, 0, 1, 3],
    understanding: [5, 4, 1, 2, 1],
    views: [6, 5, 1],
    influence: [4, 3, 2, 3, 1],
    situation: [5, 2, 2, 1, 0, 1],
    overall: [6, 3, 2, 2, 1],
    gender: [5, 5, 0],
  },
}

export const urnByHand = {
  ballots: 40,
  counts,
  languages: { sv: 26, ti: 5, fa: 2, uk: 2, ar: 2, so: 1, en: 1, es: 1 },
}

/**
 * What became of every offer. By a code in the hand: 6 codes drawn, one of them declined, and 10 slips less 4 left over. By letter: 3
 * letters, and 12 of a table of codes less 1 left over, less 1 that came back. By e-mail: 12 less 1 whose address is not there. At the
 * tablet: 6 who answered and 1 who said no. On paper: 10 forms handed out.
 */
const exactly = (number: number) => ({ low: number, high: number })
const channels = {
  handout: { offered: exactly(12), declined: 1, undeliverable: 0, responded: null },
  letter: { offered: exactly(13), declined: 0, undeliverable: 1, responded: null },
  email: { offered: exactly(11), declined: 0, undeliverable: 1, responded: null },
  paper: { offered: exactly(10), declined: 0, undeliverable: 0, responded: { low: 0, high: 4 } },
}
const tablet = { declined: 1, undeliverable: 0, responded: null }
const whole = { declined: 2, undeliverable: 2 }

/** The ledger before the first night: of answers nothing is told, and of offers at the tablet that there can have been four. */
export const ledgerBeforeTheNight = {
  channels: { ...channels, tablet: { offered: { low: 1, high: 5 }, ...tablet } },
  total: { offered: { low: 47, high: 51 }, ...whole, responded: { low: 0, high: 16 } },
}

/** And after the close: 15 adults, 11 guardians, 6 youths at the tablet and 8 forms of paper in their steps. */
export const ledgerAfterTheClose = {
  channels: {
    ...channels,
    paper: { ...channels.paper, responded: { low: 5, high: 9 } },
    tablet: { offered: { low: 6, high: 10 }, ...tablet },
  },
  total: { offered: { low: 52, high: 56 }, ...whole, responded: { low: 35, high: 43 } },
}

/** What somebody presses, by question. */
export const choicesOf = ([digits]: Person): Answers => answersOf([...digits].map(Number))
