import { readdirSync, readFileSync } from 'node:fs'
import { inProject } from '../../src/project-folder.ts'

/** The texts of all views by their path under `views`, such as `staff/paper/home`. */
export function readViews(): Map<string, string> {
  const folder = inProject('views')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.eta'))
  const paths = files.map((file) => file.replaceAll('\\', '/').slice(0, -'.eta'.length)).sort()
  return new Map(paths.map((path) => [path, readFileSync(`${folder}/${path}.eta`, 'utf8')]))
}

/** The code of a view, each piece where it stands in the view, with blanks around it. What is put into the page goes through `_`. */
export function codeOf(view: string): string {
  let end = 0
  let code = ''
  for (const { 0: tag, 1: shows, 2: inside, index } of view.matchAll(/<%([=~]?)((?:(?!%>)[\s\S])*)%>/g)) {
    code += blank(view.slice(end, index)) + (shows ? ` _(${inside});` : `  ${inside}; `)
    end = index + tag.length
  }
  return code + blank(view.slice(end))
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ')
