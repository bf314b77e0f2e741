import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { markSwedish } from '../../src/web/views.ts'
import { browse, startService } from '../support/service.ts'

const inBrackets = '<bdi lang="sv" dir="ltr">(IMY)</bdi>'

test('a Swedish word keeps the stop behind it, and a long name wraps like other words', () => {
  expect(markSwedish('إلى (<sv>IMY</sv>). وهي')).toBe(`إلى <span class="held">${inBrackets}.</span> وهي`)
  expect(markSwedish('(<sv>IMY</sv>) ኣሎ')).toBe(`${inBrackets} ኣሎ`)
  const name = 'Myndigheten för digital förvaltning (Digg)'
  expect(markSwedish(`<sv>${name}</sv>، وهي`)).toBe(`<bdi lang="sv" dir="ltr" class="name">${name}</bdi>، وهي`)
})

test.each(loadLanguages().all)('a pair of brackets stays on one line of a phone, in $name', async ({ code }) => {
  const { get } = browse((await startService()).app)
  for (const path of ['', 'about', 'about/young', 'accessibility'])
    for (const [, held] of (await get(`/${code}/${path}`)).body.matchAll(
      /<bdi lang="sv" dir="ltr">\(([^<]*)\)<\/bdi>/g,
    ))
      expect(held!.replaceAll('\u00ad', '').length, held).toBeLessThanOrEqual('Integritetsskyddsmyndigheten'.length)
})

test('nothing that is said is lost or said twice', () => {
  const word = fc.constantFrom(
    '<sv>IMY</sv>',
    '(<sv>IMY, GDPR</sv>)',
    '<sv>ett två tre</sv>',
    '.',
    '، ',
    'a',
    ' ',
    '»',
    '።',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30, size: 'max' }), (words) => {
      const text = words.join('')
      const seen = markSwedish(text).replace(/<[^>]*>/g, '')
      expect(seen).toBe(text.replace(/<\/?sv>/g, ''))
    }),
  )
})

test.each(loadLanguages().all)('no stop stands outside the box of the word before it, in $name', async ({ code }) => {
  const { get } = browse((await startService()).app)
  for (const path of ['', 'about', 'about/young', 'accessibility'])
    expect((await get(`/${code}/${path}`)).body, path).not.toMatch(
      /(?<!class="held">)<bdi lang="sv" dir="ltr">[^<]*<\/bdi>[.,:;؛،።፣]/,
    )
})
