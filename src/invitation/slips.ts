import { renderSVG } from 'uqr'
import type { Language, Languages } from '../web/languages.ts'
import { inFours } from './survey-code.ts'

/** The link of a code, also in its QR code. The code stands in the fragment, which browsers never send to anybody. */
import { codeAddress } from './code-address.ts'

export interface SlipSheetOptions {
  codes: string[]
  publicUrl: string
  language: Language
  languages: Languages
}

/**
 * A sheet of slips to print from a browser: ten to an A4, each with its QR code, the address, the code in fours, and two
 * sentences: what it is, and that it is voluntary. Self-contained HTML, so that no code leaves the machine while it is looked at.
 */
export function slipSheet({ codes, publicUrl, language, languages }: SlipSheetOptions): string {
  const text = (key: string) => escapeHtml(languages.text(language, key).replace(/<\/?sv>/g, ''))
  const host = escapeHtml(publicUrl.replace(/^https?:\/\//, ''))
  const slip = (code: string) => `<section>
${renderSVG(codeAddress(publicUrl, code), { ecc: 'M', border: 4 })}
<div><h1>${text('web.serviceName')}</h1><p>${text('response.start.intro')}</p><p>${text('response.start.choice')}</p></div>
<p class="typed"><bdi class="address" dir="ltr">${host}</bdi> <bdi class="code" dir="ltr">${inFours(code, '&nbsp;')}</bdi></p>
</section>`
  return `<!doctype html>
<html lang="${language.code}" dir="${language.dir}"><head><meta charset="utf-8"><meta name="robots" content="noindex">
<title>${text('web.serviceName')}</title><style>${style}</style></head><body>
${codes.map(slip).join('\n')}
</body></html>
`
}

/** The side of a QR code is 30 mm with its quiet zone, 23 mm or more without. A slip with long texts grows rather than overflows. */
const style = `
@page { size: A4; margin: 9mm }
* { box-sizing: border-box; margin: 0 }
body { display: grid; grid-template-columns: 96mm 96mm; color: #000; background: #fff;
  font: 9pt/1.3 system-ui, 'Noto Sans', 'Noto Sans Ethiopic', Ebrima, Kefa, 'Noto Naskh Arabic', sans-serif }
section { display: grid; grid-template-columns: 30mm 1fr; grid-template-rows: 1fr auto; gap: 0.5mm 0; align-items: start; min-height: 55.5mm;
  padding: 2mm; break-inside: avoid; border: 0.2mm dashed #888 }
svg { width: 30mm; height: 30mm; display: block }
div { padding-top: 1.5mm } h1 { font-size: 10pt; line-height: 1.2 } p { margin-top: 0.7mm }
.typed { grid-column: 1 / -1; text-align: center; margin: 0 }
.address, .code { display: block; font-weight: 600 } .address { font-size: 11pt; overflow-wrap: anywhere }
.code { font: 600 18pt/1.15 ui-monospace, 'DejaVu Sans Mono', Consolas, Menlo, monospace; white-space: nowrap }
`

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
