/** Builds the pages that a proxy in front shows while the service is full: dist/busy/<language>.html, from the view and words of the service's own. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import Fastify from 'fastify'
import { loadLanguages } from '../src/language/languages.ts'
import { inProject } from '../src/project-folder.ts'
import { makeErrorPages } from '../src/web/error-pages.ts'
import { makeRenderPage } from '../src/web/views.ts'

const languages = loadLanguages()
const render = await makeRenderPage(Fastify(), languages)
const pages = await makeErrorPages(
  (view, language, data) => render(view, language, { ...data, isStill: true }),
  languages,
)

const folder = inProject('dist/busy')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const language of languages.all)
  writeFileSync(`${folder}/${language.code}.html`, pages.find(language, 'unavailable').body)
