import type { Register } from '../questionnaire/target-groups.ts'

/** A municipality as it stands on what respondents get. */
export interface Asking {
  /** Four digits. */
  code: string
  name: string
}

/** Where the privacy notice for a register is: the whole one, or the short one for thirteen-year-olds. */
export const noticePath = (register: Register): string => (register === 'young' ? '/about/young' : '/about')

/**
 * Where the privacy notice of a municipality is, in a language: it names the board that is responsible. Without a register it is
 * the whole one: what may lie around tells of nobody's age.
 */
export const noticeAddress = (
  publicUrl: string,
  language: string,
  { code }: Pick<Asking, 'code'>,
  register: Register = 'adult',
): string => `${publicUrl}/${language}${noticePath(register)}/${code}`
