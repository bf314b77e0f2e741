import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  to: string
  subject: string
  headers: Map<string, string>
  text: string
}

/** What the server says to a recipient, where it says anything but yes: `[550, '5.1.1 No such user']`. */
export type Answer = [code: number, text: string] | undefined

/** A real SMTP server in this process. What it says can be changed while it runs; it keeps what it took. */
export async function startMailServer({ port = 0, greet = true, knowsNobody = false } = {}) {
  const received: ReceivedMail[] = []
  const says = {
    toSender: (): Answer => undefined,
    toRecipient: (_address: string): Answer => undefined,
    toMail: (_mail: ReceivedMail): Answer => undefined,
  }
  const refusal = ([code, text]: [number, string]) => Object.assign(new Error(text), { responseCode: code })
  const server = new SMTPServer({
    disabledCommands: knowsNobody ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, callback) => callback(refusal([535, '5.7.8 Wrong password'])),
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onConnect(_session, callback) {
      if (greet) callback() // a server that is stuck never greets
    },
    onMailFrom(_address, _session, callback) {
      const answer = says.toSender()
      callback(answer ? refusal(answer) : null)
    },
    onRcptTo({ address }, _session, callback) {
      const answer = says.toRecipient(address)
      callback(answer ? refusal(answer) : null)
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk) => chunks.push(chunk))
      stream.on('end', () => {
        const mail = parse(session.envelope.rcptTo[0]!.address, Buffer.concat(chunks).toString('latin1'))
        const answer = says.toMail(mail)
        if (answer) return callback(refusal(answer))
        received.push(mail)
        callback()
      })
    },
  })
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const bound = (server.server.address() as AddressInfo).port
  return {
    received,
    says,
    port: bound,
    url: `smtp://127.0.0.1:${bound}`,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

export type MailServer = Awaited<ReturnType<typeof startMailServer>>

function parse(to: string, raw: string): ReceivedMail {
  const [head, ...body] = raw.split('\r\n\r\n')
  const lines = head!.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const coded = body.join('\r\n\r\n')
  const bytes =
    headers.get('content-transfer-encoding') === 'base64' ? Buffer.from(coded, 'base64') : unquote(coded, /=\r\n/g)
  const text = bytes.toString('utf8').replaceAll('\r\n', '\n')
  return { to, headers, subject: decodeWords(headers.get('subject') ?? ''), text }
}

function unquote(text: string, breaks: RegExp): Buffer {
  const joined = text.replace(breaks, '')
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}

function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, way, word) =>
      (way.toLowerCase() === 'b' ? Buffer.from(word, 'base64') : unquote(word.replaceAll('_', ' '), /(?!)/g)).toString(
        'latin1',
      ),
    )
    .replace(/[\x80-\xff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'))
}
