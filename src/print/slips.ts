import { codeAddress, withoutScheme } from '../invitation/code-address.ts'
import { inFours } from '../invitation/survey-code.ts'
import { isolated } from '../language/isolated.ts'
import type { Language, Languages } from '../language/languages.ts'
import { type Asking, noticeAddress } from '../notice/notice-address.ts'
import { checkNumber, type Sheet, speaker } from './sheet.ts'
import { sidesOf } from './sides.ts'

export interface SlipSheetOptions {
  codes: string[]
  /** Stands small on each slip, so that leftovers are counted back into the right batch. It says nothing to anybody else. */
  batch: string
  /** Who asks; the slip says so, and where the privacy notice is. */
  municipality: Asking
  /** Whether an empty page follows each, where a printer prints on both sides whatever it is told. */
  emptyBacks?: boolean
  publicUrl: string
  language: Language
  languages: Languages
}

/**
 * Sheets of slips, ten to an A4: each with its QR code, the address and the code in fours, and what it is about. Neither
 * unit nor target group is on a slip, which may lie around.
 */
export function slipSheet(options: SlipSheetOptions): Sheet {
  const { codes, batch, municipality, emptyBacks = false, publicUrl, language, languages } = options
  checkNumber(codes.length)
  const { plain, rich, lang, dir } = speaker(languages, language)
  return {
    template: 'slips',
    title: plain('web.serviceName'),
    lang,
    dir,
    sides: sidesOf(emptyBacks),
    content: {
      emptyBacks,
      batch,
      host: withoutScheme(publicUrl),
      codes: codes.map((code) => inFours(code, '\u00a0')),
      heading: rich('web.serviceName'),
      scan: rich('print.scan'),
      voluntary: rich('print.voluntary'),
      municipality: isolated(municipality.name),
      noticeAddress: withoutScheme(noticeAddress(publicUrl, lang, municipality)),
      notice: rich('web.aboutLink'),
      qr: plain('print.qr'),
    },
    links: codes.map((code) => codeAddress(publicUrl, code)),
  }
}
