import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { blocksOf, cleanLines } from '../../src/own-texts/own-text.ts'
import {
  countTurns,
  findOwnText,
  listPublishedTexts,
  publishDraft,
  saveDraft,
  showPublished,
} from '../../src/own-texts/store.ts'
import { openRound, type Service, startService } from '../support/service.ts'

const now = new Date('2027-01-15T08:00:00Z')
const key = { roundId: '2026', area: '1489', kind: 'next', language: 'so' } as const
const published = (service: Service) => listPublishedTexts(service.db, key)

describe('a text of one’s own', () => {
  let service: Service
  beforeEach(async () => {
    service = await startService({ now: now.toISOString() })
    await openRound(service.db)
  })
  afterEach(() => service.close())

  test('is read as it was published, whatever is written on, until it is taken back, and again as it was', async () => {
    const { db } = service
    expect(await published(service)).toEqual([])
    await saveDraft(db, key, { text: 'Waan dhageysannay.', version: 0, now })
    expect(await published(service)).toEqual([])
    const turns = await countTurns(db)
    expect(await publishDraft(db, key, { version: 1, release: 1, now })).toBe(true)
    expect(await countTurns(db)).not.toBe(turns)
    await saveDraft(db, key, { text: 'Wax kale.', version: 1, now })
    const text = 'Waan dhageysannay.'
    const told = { text, blocks: [{ lines: [text] }], saidBy: '', publishedAt: now.toISOString(), release: 1 }
    expect(await published(service)).toEqual([{ language: 'so', ...told }])
    expect(await listPublishedTexts(db, { ...key, area: '1490' })).toEqual([])
    expect(await listPublishedTexts(db, { ...key, kind: 'brief' })).toEqual([])

    expect(await showPublished(db, key, false)).toBe(true)
    expect(await published(service)).toEqual([])
    expect(await showPublished(db, key, false)).toBe(false)
    expect((await findOwnText(db, key))?.draft).toBe('Wax kale.')
    await showPublished(db, key, true)
    expect((await published(service))[0]?.text).toBe('Waan dhageysannay.')
  })

  test('is not saved over what somebody else saved meanwhile, nor published unseen', async () => {
    const { db } = service
    await saveDraft(db, key, { text: 'First', version: 0, now })
    const mine = await saveDraft(db, key, { text: 'Mine', version: 1, now })
    expect(mine).toMatchObject({ isSaved: true, isChanged: true })
    const theirs = await saveDraft(db, key, { text: 'Theirs', version: 1, now })
    expect(theirs).toMatchObject({ isSaved: false, stands: { draft: 'Mine', version: 2 } })
    const again = await saveDraft(db, key, { text: 'Mine', version: 1, now })
    expect(again).toMatchObject({ isSaved: true, isChanged: false })
    await expect(publishDraft(db, key, { version: 1, release: 1, now })).rejects.toThrow('another draft')
    await saveDraft(db, key, { text: '', version: 2, now })
    await expect(publishDraft(db, key, { version: 3, release: 1, now })).rejects.toThrow('empty')
    await expect(publishDraft(db, { ...key, language: 'ti' }, { version: 0, release: 1, now })).rejects.toThrow('begun')
  })
})

describe('what was typed', () => {
  test('is kept without what nobody sees, and what joins letters stays', () => {
    const typed =
      '\u202eEtt\u0000 \ud800stycke\r\n\r\n\r\n\r\n  två\u00a0\t rader \u2028\ufeff<b>här</b>\u2066 می\u200cخواهم '
    const clean = cleanLines(typed)
    expect(clean).toBe('Ett stycke\n\ntvå rader\n<b>här</b> می\u200cخواهم')
    expect(cleanLines(clean)).toBe(clean)
  })

  test('is shown as paragraphs and lists', () => {
    expect(blocksOf('Vi ska:\n- svara\n- lyssna\n\nOch mer.\nNy rad – så.')).toEqual([
      { lines: ['Vi ska:'] },
      { points: ['svara', 'lyssna'] },
      { lines: ['Och mer.', 'Ny rad – så.'] },
    ])
    expect(blocksOf('')).toEqual([])
  })
})
