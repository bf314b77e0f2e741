/** Who mails come from. The name is words for people, and may be empty. */
export interface Sender {
  name: string
  address: string
}

const address = String.raw`[^\s<>@"(),:;\\[\]\p{Cc}]+@[^\s<>@"(),:;\\[\]\p{Cc}]+`
const bare = new RegExp(`^${address}$`, 'u')
const named = new RegExp(String.raw`^(?:"((?:[^"\\\p{Cc}]|\\[^\p{Cc}])*)"|([^<>@"\p{Cc}]*))\s*<(${address})>$`, 'u')

/**
 * Reads `name@example.se`, `Name <name@example.se>` or `"Name" <name@example.se>`. A name may hold colons, commas and whatever else
 * means something in the head of a mail: it is never put there as it is. `undefined` for anything else.
 */
export function readSender(text: string): Sender | undefined {
  if (bare.test(text)) return { name: '', address: text }
  const [, quoted, plain, own] = named.exec(text) ?? []
  if (!own) return undefined
  return { name: (quoted?.replace(/\\(.)/gu, '$1') ?? plain!).trim(), address: own }
}
