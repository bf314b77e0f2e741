/** Who is responsible for personal data in a municipality, as its registration says. All of it is public. */
export interface Responsible {
  boardName: string
  boardContact: string
  dpoContact: string
}

/** One of the 290, for the privacy notice. Without `responsible` nobody has told yet. */
export interface MunicipalityNotice {
  code: string
  name: string
  takesPart: boolean
  responsible?: Responsible
}

/** What the operator says of itself and of others, for the notices. */
export interface NoticeSettings {
  owner: { name?: string; contact?: string; dpoContact?: string }
  supervisor: { name: string; address: string }
  helpLines: { young: string; emergency: string; care: string }
}

const settingNames = { name: 'OWNER_NAME', contact: 'OWNER_CONTACT', dpoContact: 'DPO_CONTACT' } as const

/** The settings without which the privacy notice does not say who leads the survey. */
export function missingSettings({ owner }: NoticeSettings): string[] {
  return (['name', 'contact', 'dpoContact'] as const).filter((part) => !owner[part]).map((part) => settingNames[part])
}

/** A piece of a contact: text, with an address to follow where it is an e-mail address or a page. */
export interface ContactPart {
  text: string
  href?: string
}

/** Makes e-mail addresses and pages in a contact such as `namnden@kommun.se, 0322-61 60 00` ones that can be followed. */
export function contactParts(contact: string): ContactPart[] {
  const address = /(https?:\/\/[^\s<>",;]+[^\s<>",;.)]|(?<![^\s<>",;:()])[^\s<>",;:()@]+@[^\s<>",;:()]+\.\p{L}{2,})/u
  return contact
    .split(address)
    .filter((text) => text !== '')
    .map((text) => {
      if (!address.test(text)) return { text }
      return { text, href: text.includes('://') ? text : `mailto:${text}` }
    })
}
