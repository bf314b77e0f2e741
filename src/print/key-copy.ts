import { parseRoundKeyFile } from '../round/round-key.ts'
import type { Language, Languages } from '../web/languages.ts'
import { type Sheet, speaker } from './sheet.ts'

export interface KeyCopyOptions {
  /** The text of the key file. */
  keyFile: string
  /** Swedish or English: this is for staff. */
  language: Language
  languages: Languages
}

/**
 * A paper copy of a round's private key: to be typed in again, or read by a camera, when the file is lost.
 * @throws DomainError `invalid` when the text is not a key file, or damaged
 */
export function keyCopySheet({ keyFile, language, languages }: KeyCopyOptions): Sheet {
  parseRoundKeyFile(keyFile)
  const { plain, lang, dir } = speaker(languages, language)
  const lines = keyFile.split('\n').filter((line) => /^(round|key|check):/.test(line))
  const field = (name: string) =>
    lines
      .find((line) => line.startsWith(`${name}:`))!
      .slice(name.length + 1)
      .trim()
  const text = (key: string) => plain(`staff.print.keyCopy.${key}`)
  return {
    template: 'key-copy',
    title: text('title'),
    lang,
    dir,
    sides: 'one',
    content: {
      round: field('round'),
      groups: field('key').split(/\s+/),
      check: field('check'),
      texts: Object.fromEntries(['title', 'what', 'keep', 'typed', 'destroy', 'qr'].map((key) => [key, text(key)])),
    },
    links: [`${lines.join('\n')}\n`],
  }
}
