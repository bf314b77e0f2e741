/** The most ballots of one delivery. */
export const mostTogether = 100

/** The length of every delivery, in bytes: a hundred ballots, and the counts of a hundred strata, fit. */
export const deliveryLength = 28 * 1024

/** The room that the ids of a hundred ballots take in a reply, in bytes. */
const roomForIds = mostTogether * 28

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * Writes JSON at one length, so that its length tells nothing of what it holds. What fills it up is random, or something on the
 * way that compresses would tell after all. The tablet writes with it as well as the server.
 * @param length in bytes of UTF-8; what is longer by itself stays as long as it is.
 */
export function padded(body: object, length: number): string {
  const missing = length - lengthOf({ ...body, padding: '' })
  const filling = crypto.getRandomValues(new Uint8Array(Math.max(0, missing)))
  return JSON.stringify({ ...body, padding: Array.from(filling, (byte) => alphabet[byte & 63]).join('') })
}

/** Writes a reply to a delivery: its length is that of what it says of the tablet, and room for all ids, however many there are. */
export function paddedReply(reply: { stored: string[]; refused: string[] }): string {
  return padded(reply, lengthOf({ ...reply, stored: [], refused: [], padding: '' }) + roomForIds)
}

const lengthOf = (body: object) => new TextEncoder().encode(JSON.stringify(body)).length
