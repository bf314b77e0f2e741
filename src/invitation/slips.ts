import { renderSVG } from 'uqr'
import type { Language, Languages } from '../web/languages.ts'
import { inFours } from './survey-code.ts'

/** The link of a code, also in its QR code. The code stands in the fragment, which browsers never send to anybody. */
export function codeAddress(publicUrl: string, digits: string): string {
  return `${publicUrl}/#${digits}`
}

export interface SlipSheetOptions {
  codes: string[]
  publicUrl: string
  language: Language
  languages: Languages
}

/**
 * A sheet of slips to print from a browser: ten to an A4, the code in fours, its QR code, two lines of what it is.
 * Self-contained HTML, so that no code leaves the machine while it is looked at.
 */
export function slipSheet({ codes, publicUrl, language, languages }: SlipSheetOptions): string {
  const text = (key: string) => escapeHtml(languages.text(language, key).replace(/<\/?sv>/g, ''))
  const host = escapeHtml(publicUrl.replace(/^https?:\/\//, ''))
  const slips = codes.map(
    (code) => `<section><div class="qr">${renderSVG(codeAddress(publicUrl, code), { ecc: 'M', border: 4 })}</div>
<div><h1>${text('web.serviceName')}</h1><p class="address" dir="ltr">${host}</p><p class="code" dir="ltr">${inFours(code, '&nbsp;')}</p>
<p>${text('response.start.choice')}</p></div></section>`,
  )
  return `<!doctype html>
<html lang="${language.code}" dir="${language.dir}"><head><meta charset="utf-8"><title>${text('web.serviceName')}</title><style>
@page { size: A4; margin: 10mm }
body { margin: 0; font: 9pt/1.4 system-ui, sans-serif; display: grid; grid-template-columns: 1fr 1fr; color: #000 }
section { display: flex; gap: 3mm; align-items: center; height: 54mm; padding: 3mm; box-sizing: border-box; border: 0.2mm dashed #888; break-inside: avoid }
.qr svg { width: 30mm; height: 30mm; display: block } h1 { font-size: 10pt; margin: 0 } p { margin: 1mm 0 }
.code { font: 600 13pt/1.3 ui-monospace, monospace; white-space: nowrap } .address { font-weight: 600 }
</style></head><body>
${slips.join('\n')}
</body></html>
`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
