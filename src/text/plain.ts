/** What of a text is compared where people write one thing in many ways: E-post, EPOST and "e post:" are the same. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
