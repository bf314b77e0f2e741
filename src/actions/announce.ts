import { randomBytes } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Keys } from '../database/key-folder.ts'
import type { Languages } from '../language/languages.ts'
import { announcementWriter } from '../mail/announcement-mail.ts'
import { mailKeys } from '../mail/mail-keys.ts'
import { sealStaffMail } from '../mail/sealed.ts'
import { inSlices } from '../memory/in-slices.ts'
import type { Person } from '../people/person.ts'
import { type Announcement, announcementsOf } from '../results/announcements.ts'
import type { Stores } from '../stores.ts'

export interface Announcing {
  stores: Pick<Stores, 'results' | 'people' | 'mail'>
  keys: Pick<Keys, 'staffKey'>
  languages: Languages
  publicUrl: string
  isPractice: boolean
  now: Date
}

/** What happened longer ago is mailed to nobody any more, in milliseconds: a service that stood still over a weekend makes up for it. */
const longestAgo = 3 * 24 * 3_600_000

/**
 * Queues the mails of what has happened to releases, by itself or by somebody, each once: to be called every minute, from however many
 * processes. It looks at the steps and the clock, so that it needs to be told of nothing.
 */
export async function announce(announcing: Announcing): Promise<void> {
  const { stores, now } = announcing
  const oldest = new Date(now.getTime() - longestAgo).toISOString()
  const released = await stores.results.listSteps()
  const due = released.flatMap((release) =>
    announcementsOf(release, now)
      .filter(({ since }) => since >= oldest)
      .map((announcement) => ({ announcement, of: release })),
  )
  if (due.length === 0) return
  const queued = new Set((await stores.mail.listAnnounced()).map(keyOf))
  for (const { announcement, of } of due.filter(({ announcement }) => !queued.has(keyOf(announcement)))) {
    const rows = await lettersOf(announcement, of, announcing)
    await stores.mail.addAnnouncement(announcement, { rows, due: now })
  }
}

const keyOf = ({ roundId, number, kind, since }: Pick<Announcement, 'roundId' | 'number' | 'kind' | 'since'>) =>
  JSON.stringify([roundId, number, kind, since])

const together = 50

/** The mails of one announcement, sealed, in pieces between which others have their turn. */
async function lettersOf(
  announcement: Announcement,
  { year, isPractice: isOfPractice }: { year: number; isPractice: boolean },
  { stores, keys, languages, publicUrl, isPractice }: Announcing,
): Promise<{ id: string; sealed: Buffer }[]> {
  const { seal } = mailKeys(keys.staffKey)
  const write = announcementWriter(languages, announcement, { year, isPractice: isPractice || isOfPractice })
  const { roundId, number } = announcement
  const addressOf = ({ municipalityCode }: Person) =>
    municipalityCode
      ? `${publicUrl}/staff/results/${year}/${municipalityCode}`
      : `${publicUrl}/staff/rounds/${roundId}/results?release=${number}`
  const rows: { id: string; sealed: Buffer }[] = []
  for (const some of inSlices(await readersOf(announcement, stores), together)) {
    for (const person of some) {
      const id = randomBytes(16).toString('hex')
      const letter = write({ ...person, address: addressOf(person) })
      rows.push({ id, sealed: sealStaffMail(seal, id, { to: person.email, ...letter }) })
    }
    await breathe()
  }
  return rows
}

/** Whoever proposed it; otherwise administrators, and those who lead and who read in the municipalities that took part. All can sign in. */
async function readersOf(announcement: Announcement, { results, people }: Announcing['stores']): Promise<Person[]> {
  const { to } = announcement
  const all = (await people.listPeople({})).filter(({ hasPassword }) => hasPassword)
  if (to !== undefined) return all.filter(({ id, role }) => id === to && role === 'national')
  const places = new Set((await results.listReleasedMunicipalities(announcement)).map(({ area }) => area))
  const isParticipant = ({ role, municipalityCode = '' }: Person) =>
    (role === 'coordinator' || role === 'viewer') && places.has(municipalityCode)
  return all.filter((person) => person.role === 'national' || isParticipant(person))
}
