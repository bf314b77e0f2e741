import type { Language } from '../../../language/languages.ts'
import { blocksOf } from '../../../own-texts/own-text.ts'
import { escaped } from '../../../text/escaped.ts'

/** A text as files that other programs take: plain, or HTML, which Word opens and web pages take over. */
export const textFile = {
  txt: (_title: string, text: string): string => `\ufeff${text.replaceAll('\n', '\r\n')}\r\n`,
  html(title: string, text: string, { code, dir }: Pick<Language, 'code' | 'dir'>): string {
    const blocks = blocksOf(text).map((block) =>
      'points' in block
        ? `<ul>\n${block.points.map((one) => `<li>${escaped(one)}</li>\n`).join('')}</ul>`
        : `<p>${block.lines.map(escaped).join('<br>\n')}</p>`,
    )
    return `<!doctype html>
<html lang="${code}" dir="${dir}">
<head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body>
${blocks.join('\n')}
</body>
</html>
`
  },
}
