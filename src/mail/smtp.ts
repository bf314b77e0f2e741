import type { Sender } from '../text/sender.ts'
import type { Mail, Transport, Verdict } from './kinds.ts'
import { type SmtpFailure, type Trouble, troubleOf } from './trouble.ts'

/** What a mail server said, without anything of the mail or its reader: fit for a log. */
export interface SmtpProblem {
  code?: string
  command?: string
  responseCode?: number
  trouble: Trouble
}

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with user and password in it where the server wants them. */
  url: string
  from: Sender
  /** How long the server may take for one step. */
  timeoutMs?: number
  /** Is told why a mail stays here; not of an address that does not exist. */
  onProblem?: (problem: SmtpProblem, mail: RefusedMail) => void
}

/** Which mail stays here, and whether the server named the mail itself as the reason. Not for a log. */
export interface RefusedMail {
  messageId: string
  isNamed: boolean
}

type Failure = SmtpFailure & { response?: string }

/**
 * Any SMTP server. Each mail has a connection of its own, encrypted unless the server is this machine. Plain text, no trace of whether
 * it is opened; marked as sent by a program, with the reader's way out where there is one.
 */
export async function openSmtp({ url, from, timeoutMs = 30_000, onProblem }: SmtpOptions): Promise<Transport> {
  const transporter = await openTransporter(url, timeoutMs)
  return {
    async send(mail) {
      try {
        await transporter.sendMail({ from, ...messageOf(mail) })
        return 'accepted'
      } catch (error) {
        const failure = error as Failure
        const verdict = verdictOf(failure)
        const { messageId } = mail
        if (verdict !== 'refused') onProblem?.(problemOf(failure), { messageId, isNamed: namesTheMail(failure) })
        return verdict
      }
    },
  }
}

/** Connects to a mail server, encrypts, signs in and leaves again, without a mail. What went wrong, or `undefined`. */
export async function trySmtp(url: string, timeoutMs = 10_000): Promise<SmtpProblem | undefined> {
  const transporter = await openTransporter(url, timeoutMs)
  try {
    await transporter.verify()
    return undefined
  } catch (error) {
    return problemOf(error as SmtpFailure)
  } finally {
    transporter.close()
  }
}

function problemOf(error: SmtpFailure): SmtpProblem {
  const { code, command, responseCode } = error
  return { code, command, responseCode, trouble: troubleOf(error) }
}

async function openTransporter(url: string, timeoutMs: number) {
  const { createTransport } = await import('nodemailer')
  return createTransport({
    ...connectionOf(url),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
}

function connectionOf(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const host = hostname.replace(/^\[|\]$/g, '')
  return {
    host,
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && !/^(localhost|127\.[\d.]+|::1)$/.test(host),
    auth: username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined,
  }
}

function messageOf({ to, subject, text, messageId, optOut }: Mail) {
  const wayOut = { 'List-Unsubscribe': `<${optOut}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } // RFC 8058
  const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...(optOut ? wayOut : {}) }
  return { to: { name: '', address: to }, subject, text, messageId, xMailer: false as const, headers }
}

/**
 * A 5xx to the recipient is final only when it is about the recipient (RFC 3463: 5.1 and 5.2). "Relaying denied" or "not
 * authenticated" is our fault, and must not make a whole municipality undeliverable.
 */
export function verdictOf(failure: Failure): Verdict {
  const { command, responseCode, response = '' } = failure
  if (namesTheMail(failure)) return 'later'
  if (!responseCode || responseCode === 421) return 'down'
  const isAboutThisMail = command === 'RCPT TO' || command === 'DATA' || command === undefined
  if (!isAboutThisMail) return 'down'
  if (command !== 'RCPT TO' || responseCode < 500) return 'later'

  const enhanced = enhancedIn(response)
  if (enhanced) return /^5\.[12]\./.test(enhanced) && !/^5\.1\.[78]$/.test(enhanced) ? 'refused' : 'later'
  return [550, 551, 552, 553].includes(responseCode) ? 'refused' : 'later'
}

/**
 * Whether a failure is of this one mail by its own words: too long (RFC 3463: 5.2.3 and 5.3.4; RFC 5321: 552 to the text), written in
 * a way that the server does not take (5.6), or one that the library itself does not send.
 */
function namesTheMail({ code = '', command = '', responseCode, response = '' }: Failure): boolean {
  if (!responseCode) return /^(EENVELOPE|EMESSAGE|ESTREAM)$/.test(code)
  const enhanced = enhancedIn(response)
  if (enhanced) return command !== 'RCPT TO' && /^5\.(2\.3|3\.4|6\.\d+)$/.test(enhanced)
  return command === 'DATA' && responseCode === 552
}

const enhancedIn = (response: string) => /\b(5\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
