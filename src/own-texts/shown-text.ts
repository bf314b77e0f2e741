import type { TextBlock } from './own-text.ts'

/** A published text in the one language that it is shown in, which whoever shows it says. */
export interface ShownText {
  language: string
  blocks: TextBlock[]
}

/** Of a text in several languages the one that is shown: in the first of those that are wanted, or as it is; nothing where nothing is written. */
export function shownText(written: readonly ShownText[], wanted: readonly string[]): ShownText | undefined {
  const found = wanted.flatMap((code) => written.find(({ language }) => language === code) ?? [])
  return found[0] ?? written[0]
}
