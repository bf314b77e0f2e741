import { foldToAscii } from '../text/typed-text.ts'

/** The key file as text, the same in the browser that made the key and on the server. It can be printed, read aloud and typed in again. */
export function keyFileText({ roundId, secret, check }: KeyFile): string {
  return [
    '# Brukarsvar: the private key of a round.',
    '# Whoever has this file and the database can read the answers. Without it nobody can, ever.',
    '# Keep two copies in two safe places, away from the server. Destroy both when the results are approved.',
    `round: ${roundId}`,
    `key: ${secret.match(/.{8}/g)!.join(' ')}`,
    `check: ${check}`,
    '',
  ].join('\n')
}

export interface KeyFile {
  roundId: string
  /** 64 hexadecimal digits. */
  secret: string
  /** The first eight digits of the SHA-256 of `checkedText`: it finds typing errors. */
  check: string
}

export const checkedText = ({ roundId, secret }: Pick<KeyFile, 'roundId' | 'secret'>) => `${roundId}|${secret}`

/**
 * What a text says, or `undefined` when it is no key file: also one that was typed on a phone, which begins lines with a capital and
 * bends dashes, or that lost its line breaks on the way. Whether its check fits is for the caller to see.
 */
export function readKeyFileText(text: string): KeyFile | undefined {
  const plain = foldToAscii(text).toLowerCase()
  // A field ends where the next begins: on paper the key takes several lines.
  const field = (name: string) =>
    new RegExp(`(?:^|\\s)${name} ?:([\\s\\S]*?)(?=(?:^|\\s)\\w+ ?:|(?![\\s\\S]))`, 'm').exec(plain)?.[1]?.trim()
  const roundId = field('round')
  const secret = field('key')?.replace(/[\s-]/g, '')
  if (!roundId || !secret || !/^[0-9a-f]{64}$/.test(secret)) return undefined
  return { roundId, secret, check: (field('check') ?? '').replace(/[\s-]/g, '') }
}

/** The part that is printed, the key's groups four to a line, so that they fit a paper and an eye. */
export function paperText(fileText: string): string {
  const lines = fileText.split('\n').filter((line) => line && !line.startsWith('#'))
  return lines.join('\n').replace(/^key: (.*)$/m, (_, key: string) => {
    return `key: ${key.match(/(\w{8} ?){4}/g)!.join('\n     ')}`
  })
}
