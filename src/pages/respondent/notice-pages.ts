import type { Language } from '../../language/languages.ts'

import { contactParts, type MunicipalityNotice, type NoticeSettings } from '../../notice/responsible.ts'
import { noticeSections } from '../../notice/sections.ts'
import type { ReadyPage } from '../../web/page.ts'
import type { RenderPage } from '../../web/views.ts'
import type { Views } from './views.ts'

export interface NoticePages {
  /** The notice of a municipality, or the general one; `young` is the short one for thirteen-year-olds. */
  notice(language: Language, name: keyof typeof noticeSections, municipality?: MunicipalityNotice): Promise<ReadyPage>
  find(code: string): MunicipalityNotice | undefined
}

export interface NoticePagesOptions {
  render: () => RenderPage<Views>
  list: () => MunicipalityNotice[]
  settings: NoticeSettings
  visitMinutes: number
}

/** Notices that were made stay, until somebody names another board or other languages are offered. */
const mostKept = 64

/** Makes the notices as they are asked for: 290 municipalities in eight languages are too many to hold. */
export function makeNoticePages({ render, list, settings, visitMinutes }: NoticePagesOptions): NoticePages {
  const { owner } = settings
  let ready = new Map<string, Promise<ReadyPage>>()
  let madeOf: unknown[] = []

  function kept(): typeof ready {
    const of = [render(), list()]
    if (of.some((one, at) => one !== madeOf[at]) || ready.size >= mostKept) ready = new Map()
    madeOf = of
    return ready
  }

  function make(language: Language, name: keyof typeof noticeSections, municipality?: MunicipalityNotice) {
    const unit = visitMinutes % 60 === 0 ? 'hour' : 'minute'
    const time = new Intl.NumberFormat(language.intl, { style: 'unit', unit, unitDisplay: 'long' })
    const responsible = municipality?.responsible
    const end = municipality ? `/${municipality.code}` : ''
    return render()(`notice/${name}`, language, {
      sections: noticeSections[name],
      path: name === 'young' ? `/about/young${end}` : `/about${end}`,
      end,
      values: { time: time.format(unit === 'hour' ? visitMinutes / 60 : visitMinutes), lead: owner.name ?? '' },
      municipality,
      responsible: responsible && {
        ...responsible,
        boardContact: contactParts(responsible.boardContact),
        dpoContact: contactParts(responsible.dpoContact),
      },
      owner: owner.name
        ? {
            name: owner.name,
            contact: contactParts(owner.contact ?? ''),
            dpoContact: contactParts(owner.dpoContact ?? ''),
          }
        : undefined,
      taking: list().filter(({ takesPart }) => takesPart),
    })
  }

  return {
    find: (code) => list().find((one) => one.code === code),
    notice(language, name, municipality) {
      const pages = kept()
      const key = `${language.code} ${name} ${municipality?.code ?? ''}`
      const known = pages.get(key)
      if (known) return known
      const page = make(language, name, municipality)
      pages.set(key, page)
      page.catch(() => pages.delete(key))
      return page
    },
  }
}
