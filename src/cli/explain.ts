import { DomainError, type RefusalCode } from '../errors.ts'

/** What an operator reads and what a script gets when something cannot be carried out. */
export interface Explanation {
  message: string
  exitCode: number
}

const refusalExits: Record<RefusalCode, number> = {
  invalid: 2,
  'not-found': 3,
  conflict: 4,
  'too-many': 5,
  unavailable: 5,
}

/** What the operating system and SQLite say, in plain words. */
const causes: [code: RegExp, exitCode: number, message: (what: string) => string][] = [
  [/^SQLITE_(BUSY|LOCKED)/, 5, () => 'Another process holds the database. Try again in a moment.'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 5, () => 'The disk is full. Make room, then try again.'],
  [/^(SQLITE_IOERR|EIO)/, 5, () => 'The disk reports an error. Check it, then run: brukarsvar doctor'],
  [
    /^SQLITE_(CANTOPEN|READONLY|PERM)/,
    4,
    () => 'The database or its folder cannot be written. Does it exist, and does it belong to this user?',
  ],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    4,
    () => 'The database is damaged. Put a backup in its place: brukarsvar restore <file>',
  ],
  [/^ENOENT/, 3, (what) => `There is no file or folder ${what}.`],
  [/^EEXIST/, 4, (what) => `${what} exists already and is not overwritten.`],
  [/^(EACCES|EPERM|EROFS)/, 4, (what) => `This user may not use ${what}.`],
  [
    /^(EISDIR|ENOTDIR)/,
    2,
    (what) => `${what} is the wrong kind of thing: a file in the place of a folder or the reverse.`,
  ],
  [/^EADDRINUSE/, 4, (what) => `Port ${what} is in use. Set PORT to another, or stop what listens there.`],
]

/** A refusal, or a known fault of disk and system, as a sentence; anything else is a defect. Never a stack trace. */
export function explain(error: unknown): Explanation {
  if (error instanceof DomainError) return { message: error.message, exitCode: refusalExits[error.code] }
  if (!(error instanceof Error)) return { message: String(error), exitCode: 1 }

  const { code = '', path, port } = error as NodeJS.ErrnoException & { port?: number }
  const cause = causes.find(([pattern]) => pattern.test(code))
  if (cause) return { message: cause[2](String(path ?? port ?? 'that')), exitCode: cause[1] }
  return { message: error.message, exitCode: 1 }
}
