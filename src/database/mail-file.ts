import { DomainError } from '../errors.ts'
import { isBusy, neverWait } from './connection.ts'
import { writeAndRollBack } from './file-trouble.ts'
import { lookThroughInUse } from './looking-thread.ts'
import { damaged, isDamage, isHeld, isOfFile, type MailDatabase, openUsableMailDatabase } from './mail-connection.ts'
import { atOnce, type Run } from './patience.ts'

/** The mail file as a service has it. */
export interface MailFile {
  db: MailDatabase
  /** Whether it cannot be used until the next start. */
  isOff: () => boolean
  /**
   * The same way to ask, for this file only: damage that is met turns it off, as it would have been at the start.
   * @throws DomainError `unavailable` from then on, as everything that is asked through it.
   */
  watch: (run: Run) => Run
  /**
   * Looks through it past what is kept in memory; what it found is good for an hour.
   * @throws DomainError `unavailable` where it is damaged: it is off then.
   */
  lookThrough: () => Promise<void>
}

/** Is told once why the file is off. */
type OnOff = (error: Error) => void

/** @param onOff is told when damage is met. */
export function mailFileOf(db: MailDatabase, onOff: OnOff = () => {}): MailFile {
  return watched(db, db.$client.name, makeSwitch(onOff))
}

/**
 * For a file that another program holds just now: opened at the first use for which it is free. Until then whoever uses it meets the
 * SqliteError of a held file, and tries again later. One that then cannot be used is off, as it would have been at the start; its pages
 * are not looked through, for people answer meanwhile.
 */
export function mailFileWhenFree(file: string, onOff: OnOff): MailFile {
  let opened: MailDatabase | undefined
  const { isOff, turnOff } = makeSwitch(onOff)
  function open(): MailDatabase {
    if (opened) return opened
    if (isOff()) throw mailIsOff()
    try {
      opened = openUsableMailDatabase(file, { busyMs: 0, looksThrough: false })
    } catch (error) {
      if (isHeld(error)) throw (error as Error).cause
      if (!isOfFile(error)) throw error
      throw turnOff(error as Error)
    }
    neverWait(opened)
    return opened
  }
  const get = (_: MailDatabase, name: string | symbol) => {
    const db = open()
    const value = Reflect.get(db, name)
    return typeof value === 'function' ? value.bind(db) : value
  }
  return watched(new Proxy({} as MailDatabase, { get }), file, { isOff, turnOff })
}

/** Stands for a mail file that cannot be used: whoever needs it is refused, with a DomainError `unavailable`, and nothing else is. */
export function mailFileOff(): MailFile {
  const refuse = () => {
    throw mailIsOff()
  }
  return {
    db: new Proxy({} as MailDatabase, { get: refuse }),
    isOff: () => true,
    watch: () => async () => refuse(),
    lookThrough: refuse,
  }
}

function makeSwitch(onOff: OnOff) {
  let off = false
  return {
    isOff: () => off,
    turnOff(why: Error): DomainError {
      if (!off) onOff(why)
      off = true
      return mailIsOff()
    },
  }
}

function watched(db: MailDatabase, file: string, { isOff, turnOff }: ReturnType<typeof makeSwitch>): MailFile {
  const watch =
    (run: Run): Run =>
    async (ask) => {
      if (isOff()) throw mailIsOff()
      try {
        return await run(ask)
      } catch (error) {
        throw isDamage(error) ? turnOff(damaged(file, error)) : error
      }
    }
  let whole: { at: number } | undefined
  async function lookThrough(): Promise<void> {
    const at = performance.now()
    if (whole && at - whole.at < wholeMs) return
    await watch(atOnce)(() => lookThroughInUse(db))
    whole = { at }
  }
  return { db, isOff, watch, lookThrough }
}

/** A file that was looked through is held to be whole for so long, in milliseconds. */
const wholeMs = 3_600_000

export const mailIsOff = () =>
  new DomainError('unavailable', 'The mail file cannot be used.', { messageKey: 'mailOff' })

/** Whether an error says only that mail is off, of which it was said why. */
export const saysMailIsOff = (error: unknown) => error instanceof DomainError && error.messageKey === 'mailOff'

/** A look at the file is good for so long, in milliseconds. */
const lookMs = 5_000

/** Whether the mail file can be written just now, for those who watch the service. One that another program holds is not to blame. */
export function followMail({ db, isOff, watch }: MailFile, clock: () => Date): () => Promise<boolean> {
  let looked: { at: number; isUsable: Promise<boolean> } | undefined
  const look = () => watch(atOnce)(() => writeAndRollBack(db)).then(() => true, isBusy)
  return async () => {
    if (isOff()) return false
    const now = clock().getTime()
    if (!looked || Math.abs(now - looked.at) >= lookMs) looked = { at: now, isUsable: look() }
    return looked.isUsable
  }
}
