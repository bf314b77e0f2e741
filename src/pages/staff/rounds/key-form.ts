import * as z from 'zod'
import { DomainError } from '../../../errors.ts'
import { drillRoundKey, parseRoundKeyFile, type RoundKey } from '../../../round/round-key.ts'

const keyForm = z.object({
  keyFile: z
    .object({ bytes: z.instanceof(Buffer) })
    .optional()
    .catch(undefined),
  keyText: z.string().max(4_000).default(''),
})

const openedForm = z.object({ opened: z.string().min(1).max(200) })

/** What a browser found in a test ballot, in base64; `undefined` when the key itself was sent. */
export const readOpened = (body: unknown) => openedForm.safeParse(body).data?.opened

/** The public key, in base64, that a browser asks a test ballot for. */
export const challengeForm = z.object({
  publicKey: z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine(({ length }) => length === 32),
})

/**
 * The private key that was sent in, as a file or as text, when it opens a test ballot of the round; else the text key of what is
 * wrong with it. What was sent is not shown again.
 * @param kept the text of a key that is kept on the server: used where none is sent.
 */
export function readCheckedKey(
  round: { id: string; publicKey: Buffer },
  body: unknown,
  kept?: string,
): { key: RoundKey; text: string } | { problem: string } {
  const { data } = keyForm.safeParse(body ?? {})
  const sent = data?.keyFile?.bytes.length ? data.keyFile.bytes.toString('utf8') : data?.keyText.trim()
  const text = sent || kept
  if (!text) return { problem: 'staff.rounds.problem.noKey' }
  try {
    const key = parseRoundKeyFile(text)
    drillRoundKey(round, key)
    return { key, text }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { problem: `staff.rounds.problem.${error.messageKey}` }
  }
}
