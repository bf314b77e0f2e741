import type { AnyDatabase } from '../database/connection.ts'
import { namingFile, writeAndRollBack } from '../database/file-trouble.ts'
import { explain } from '../explain.ts'
import { type Finding, fault, ok } from './finding.ts'

/** Writes and takes it back. */
export function examineWriting(check: string, file: string, db: AnyDatabase): Finding {
  try {
    namingFile(file, () => writeAndRollBack(db))
    return ok(check, `${file} can be written`)
  } catch (error) {
    return fault(check, explain(error).message)
  }
}
