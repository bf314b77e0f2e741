/** Why a mail server takes nothing: a text under `staff.email.trouble`. */
export const troubles = ['unreachable', 'encryption', 'signIn', 'sender', 'refuses', 'notNow', 'other'] as const

export type Trouble = (typeof troubles)[number]

/** What the library that speaks SMTP says of a failure, as far as it tells why. */
export interface SmtpFailure {
  code?: string
  /** Of the system, such as ECONNREFUSED or SELF_SIGNED_CERT_IN_CHAIN. */
  originalCode?: string
  command?: string
  responseCode?: number
}

/** In the order in which a connection comes to be: where it broke off. */
export function troubleOf({ code = '', originalCode = '', command = '', responseCode = 0 }: SmtpFailure): Trouble {
  if (code === 'ETLS' || command === 'STARTTLS' || /CERT|TLS|SSL|EPROTO/.test(originalCode)) return 'encryption'
  if (code === 'EAUTH' || code === 'ENOAUTH' || /^AUTH/.test(command) || responseCode === 530) return 'signIn'
  if (responseCode >= 400 && responseCode < 500) return 'notNow'
  if (command === 'MAIL FROM') return 'sender'
  if (responseCode >= 500) return 'refuses'
  return /^E(CONNECTION|SOCKET|DNS|TIMEDOUT|CONNREFUSED|PROTOCOL)$/.test(code) ? 'unreachable' : 'other'
}
