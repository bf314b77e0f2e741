import type { Stratum, Unit } from '../../../organisation/store.ts'
import type { Keeping, SeenTablet } from '../../../tablet/tablet.ts'
import type { ListingOf } from '../listing.ts'
import type { Refused } from '../staff-page.ts'
import type { countText } from '../words.ts'
import type { TabletRow, tabletList } from './tablet-list.ts'

/** What the browser of a tablet is not good for. */
interface Lacking {
  lacks: (keyof Keeping)[]
}

/** What the views of `views/staff/tablets` are given. */
export interface Views {
  'staff/tablets/ending': Refused & {
    tablet: SeenTablet
    /** How many more are in use where it stands. */
    others: number
    countText: typeof countText
  }
  'staff/tablets/link': {
    name: string
    unit: string
    url: string
    /** SVG. */
    qr: string
    pin: string
    days: number
  }
  'staff/tablets/list': {
    list: ListingOf<typeof tabletList, TabletRow>
    countText: typeof countText
  }
  'staff/tablets/new': Refused & { isOpen: boolean; units: Unit[]; unit?: Unit; strata: Stratum[] }
  'staff/tablets/pin': { tablet: SeenTablet; pin: string }
  'staff/tablets/tablet': Refused & Lacking & { tablet: SeenTablet; seen: string; countText: typeof countText }
}
