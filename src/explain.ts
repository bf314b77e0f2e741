import { DomainError, type RefusalCode } from './errors.ts'
import { inProject } from './project-folder.ts'

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
  [/^SQLITE_(BUSY|LOCKED)/, 5, () => 'Another process is using the database. Try again in a moment.'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 5, () => 'The disk is full. Free up some space, then try again.'],
  [/^(SQLITE_IOERR|EIO)/, 5, () => 'There is a disk error. Check the disk, then run: brukarsvar doctor'],
  [/^SQLITE_READONLY_DBMOVED/, 4, () => 'The database was moved or removed meanwhile. Put it back, then try again.'],
  [
    /^SQLITE_(CANTOPEN|READONLY|PERM)/,
    4,
    () => 'Cannot write to the database or its folder. Check that it exists and belongs to this user.',
  ],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    4,
    () => 'The database is damaged. Put a backup in its place: brukarsvar restore <file>',
  ],
  [
    /^ENOENT/,
    3,
    (what) =>
      isOfProgram(what)
        ? `There is no ${what}, which belongs to the program: install it again, and build it (npm ci, npm run build).`
        : `There is no file or folder ${what}.`,
  ],
  [/^EEXIST/, 4, (what) => `${what} already exists and will not be overwritten.`],
  [
    /^(EACCES|EPERM|EROFS)/,
    4,
    (what) =>
      /^\d+$/.test(what)
        ? `This user does not have permission to use port ${what}. Set PORT to 1024 or more.`
        : `This user does not have permission to use ${what}. Let it belong to the user who runs this.`,
  ],
  [/^(EISDIR|ENOTDIR)/, 2, (what) => `${what} is a file where a folder is expected, or the other way round.`],
  [/^EADDRNOTAVAIL/, 4, (what) => `${what} is no address of this machine. Set HOST to one that is, or leave it out.`],
  [/^(ENOTFOUND|EAI_AGAIN)/, 4, (what) => `The name ${what} cannot be looked up. Check it, HOST first.`],
  [/^EADDRINUSE/, 4, (what) => `Port ${what} is in use. Set PORT to another number, or stop whatever is using it.`],
]

type SystemError = NodeJS.ErrnoException & { port?: number; address?: string; hostname?: string }

/** Folders that come with the program, beside what an operator names. */
const isOfProgram = (path: string) =>
  ['views', 'locales', 'migrations', 'catalogue', 'dist'].some((folder) => path.startsWith(inProject(folder)))

/** The template engine says in words of its own that a file of views is not there. */
const templateOf = ({ message }: Error) => /^Could not find template: (.*)$/.exec(message)?.[1]
const codeOfTemplate = (error: Error) => (templateOf(error) ? 'ENOENT' : '')

/** A refusal, or a known fault of disk and system, as a sentence; anything else is a defect. Never a stack trace. */
export function explain(error: unknown): Explanation {
  if (error instanceof DomainError) return { message: error.message, exitCode: refusalExits[error.code] }
  if (!(error instanceof Error)) return { message: String(error), exitCode: 1 }

  const { code = codeOfTemplate(error), path, port, address, hostname } = error as SystemError
  const cause = causes.find(([pattern]) => pattern.test(code))
  const what = code === 'EADDRNOTAVAIL' ? address : (path ?? hostname ?? port ?? templateOf(error))
  if (cause) return { message: cause[2](String(what ?? 'that')), exitCode: cause[1] }
  return { message: error.message, exitCode: 1 }
}
