import { type Action, may, type Role } from '../../people/roles.ts'

/** A page in the menu. Its text is `staff.web.nav.<name>`; in the bar of a phone, where there is less room, `staff.web.bar.<name>`. */
export interface MenuPage {
  name: string
  href: string
  action: Action
}

/** Pages that belong together. The name of the group is `staff.web.menuGroups.<name>`. */
export interface MenuGroup {
  name?: 'prepare' | 'offer' | 'follow'
  pages: MenuPage[]
}

const home: MenuPage = { name: 'home', href: '/staff', action: 'use own account' }
const offer: MenuPage = { name: 'offer', href: '/staff/offer', action: 'tally offers' }
const fieldwork: MenuPage = { name: 'fieldwork', href: '/staff/fieldwork', action: 'follow fieldwork' }
const results: MenuPage = { name: 'results', href: '/staff/results', action: 'read results' }
const texts: MenuPage = { name: 'texts', href: '/staff/texts', action: 'read own texts' }
const print: MenuPage = { name: 'print', href: '/staff/print', action: 'print invitations' }
const tablets: MenuPage = { name: 'tablets', href: '/staff/tablets', action: 'see tablets' }
const history: MenuPage = { name: 'history', href: '/staff/history', action: 'manage rounds' }
const enrolments: MenuPage = { name: 'enrolments', href: '/staff/enrolments', action: 'manage enrolments' }

/** In the order of the work. */
const inOrder: MenuGroup[] = [
  { pages: [home] },
  {
    name: 'prepare',
    pages: [
      { name: 'rounds', href: '/staff/rounds', action: 'manage rounds' },
      enrolments,
      { name: 'enrolment', href: '/staff/enrolment', action: 'enrol a municipality' },
      { name: 'units', href: '/staff/units', action: 'manage units' },
      { name: 'people', href: '/staff/people', action: 'manage people' },
      tablets,
    ],
  },
  {
    name: 'offer',
    pages: [
      offer,
      print,
      { name: 'email', href: '/staff/email', action: 'send e-mail' },
      { name: 'leftovers', href: '/staff/leftovers', action: 'count leftovers' },
      { name: 'paper', href: '/staff/paper', action: 'print paper forms' },
    ],
  },
  {
    name: 'follow',
    pages: [
      fieldwork,
      results,
      texts,
      history,
      { name: 'audit', href: '/staff/audit', action: 'read the audit trail' },
    ],
  },
]

/** Those who meet respondents begin with the offer, and have so few pages that no group needs a name. */
const beginsWithOffer = (role: Role) => role === 'caseworker' || role === 'host'

/** The menu of a role: the pages that it may see, in the order of its work; no group is empty. Where no mail can be sent there is none about it. */
export function menuOf(role: Role, { canMail = true } = {}): MenuGroup[] {
  const mine = inOrder
    .map(({ name, pages }) => ({
      name,
      pages: pages.filter(({ action }) => may(role, action) && (canMail || action !== 'send e-mail')),
    }))
    .filter(({ pages }) => pages.length > 0)
  if (!beginsWithOffer(role)) return mine
  const pages = mine.flatMap(({ pages }) => pages).filter((page) => page !== home)
  const rest = pages.filter((page) => page !== offer && page !== tablets && page !== fieldwork && page !== results)
  return [{ pages: [offer, ...rest, tablets, fieldwork, results] }]
}

/** What a phone keeps within reach of the thumb, beside the menu itself. */
const bars: Record<Role, MenuPage[]> = {
  national: [home, enrolments, fieldwork],
  coordinator: [home, print, fieldwork],
  caseworker: [offer, print, fieldwork],
  host: [offer, tablets, fieldwork],
  viewer: [home, results],
}

export const barOf = (role: Role): MenuPage[] => bars[role]

/** The first page after signing in. */
export const homeOf = (role: Role): string => (beginsWithOffer(role) ? offer : home).href

/** The page of the menu that an address belongs to: the one whose address it begins with. */
export function currentPage(groups: MenuGroup[], path: string): MenuPage | undefined {
  const isAt = ({ href }: MenuPage) =>
    href === home.href ? path === href : path === href || path.startsWith(`${href}/`)
  return groups.flatMap(({ pages }) => pages).find(isAt)
}
