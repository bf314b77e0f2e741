import { describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { messages } from '../../src/pages/respondent/pages.ts'
import { board, nameTheBoard } from '../support/board.ts'
import { newFile } from '../support/new-file.ts'
import { browse, newKeys, openRound, startService } from '../support/service.ts'

const notices = ['about', 'about/1489', 'about/young', 'about/young/1489', 'accessibility']
const paths = ['', ...notices, ...Object.keys(messages)]

/** What a reader sees of a page, in one line. */
const read = (html: string) =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/[\u2066-\u2069\u200b]/g, '')
    .replace(/\s+/g, ' ')

/** Stops that meet, such as that of a shortened word and that of its sentence; three in a row are dots. */
const met = (text: string) => text.match(/.{0,30}(?<!\.)\.\.(?!\.).{0,10}/g) ?? []

describe('the pages for respondents', () => {
  test.each(loadLanguages().all)('end no sentence twice, in $name', async ({ code: language }) => {
    const [file, keys] = [newFile(), newKeys()]
    const before = await startService({ file, keys })
    await nameTheBoard(before.db, (await openRound(before.db)).id, board)
    await before.close()
    const settings = {
      OWNER_NAME: 'Exempelmyndigheten',
      OWNER_CONTACT: '08-123 45 67',
      DPO_CONTACT: 'ombud@example.se',
    }
    const { get } = browse((await startService({ file, keys, settings })).app)
    for (const path of paths) {
      const { body } = await get(`/${language}/${path}`)
      expect(met(read(body)), path).toEqual([])
    }
  })
})
