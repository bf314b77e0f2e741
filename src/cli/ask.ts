import { createInterface } from 'node:readline/promises'
import { DomainError } from '../errors.ts'

/**
 * Asks a person on the terminal; the question goes to standard error, so that standard output stays parseable.
 * @throws DomainError `invalid` with `otherwise` where nobody can be asked, `conflict` when the person breaks off.
 */
export async function ask(question: string, otherwise: string): Promise<string> {
  if (!process.stdin.isTTY) throw new DomainError('invalid', otherwise)

  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  const brokenOff = new AbortController()
  prompt.once('close', () => brokenOff.abort()) // Ctrl+C, Ctrl+D
  try {
    return (await prompt.question(question, { signal: brokenOff.signal })).trim()
  } catch (cause) {
    throw new DomainError('conflict', '\nCancelled. Nothing was changed.', { cause })
  } finally {
    prompt.close()
  }
}
