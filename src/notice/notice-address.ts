/** A municipality as it stands on what respondents get. */
export interface Asking {
  /** Four digits. */
  code: string
  name: string
}

/** Where the privacy notice of a municipality is, in a language: it names the board that is responsible. */
export const noticeAddress = (publicUrl: string, language: string, { code }: Pick<Asking, 'code'>): string =>
  `${publicUrl}/${language}/about/${code}`
