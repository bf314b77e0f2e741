import Fastify from 'fastify'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { makeStartPages } from '../../src/pages/respondent/start-page.ts'
import { type AnyViews, makeRenderPage, type RenderPage } from '../../src/web/views.ts'

const languages = loadLanguages()
const swedish = languages.find('sv')!
const app = Fastify()
let render: RenderPage<AnyViews>
beforeAll(async () => {
  render = await makeRenderPage(app, languages)
})
afterAll(() => app.close())

test('a page that is given something under a name that every page has is refused, and not shown with something else', async () => {
  const given = { page: 'stopPage', path: '' }
  expect((await render('mail/stop', swedish, given)).body.toString()).toContain('<html lang="sv"')
  for (const name of ['address', 't', 'language'])
    await expect(render('mail/stop', swedish, { ...given, [name]: 'own' })).rejects.toThrow(`of mail/stop: ${name}`)
})

test('a page that could not be made once is made when it is asked for again', async () => {
  let falls = true
  const pages = makeStartPages(async (...page) => {
    if (falls) throw new Error('the disk is full')
    return render(...page)
  }, languages)
  const ask = () => pages.again(swedish, { problem: 'check', typed: '1234' })
  await expect(ask()).rejects.toThrow('full')
  falls = false
  expect((await ask()).body.toString()).toContain('value="1234"')
})

test('a view is compiled for the first of its pages only, and for no other service of the process', async () => {
  const beside = await makeRenderPage(Fastify(), languages)
  const page = { page: 'stopPage', path: '' }
  await render('mail/stop', swedish, page)
  const compile = vi.spyOn(globalThis, 'Function')
  try {
    await render('mail/stop', swedish, page)
    await beside('mail/stop', swedish, page)
    expect(compile).not.toHaveBeenCalled()
  } finally {
    compile.mockRestore()
  }
})
