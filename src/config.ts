import { resolve } from 'node:path'
import * as z from 'zod'
import { DomainError } from './errors.ts'
import { readSender } from './text/sender.ts'

const isPort = 'must be a number from 0 to 65535'
const port = z.coerce.number(isPort).int(isPort).min(0, isPort).max(65535, isPort)
const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

/** The fewest seconds between a tablet's question whether somebody is still there and the wiping (WCAG 2.2.1). */
const leastWarning = 20

/** An address without a path, a query or a fragment: codes are put in the fragment behind it. */
const origin = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://svar.example.se' })
  .refine(
    (text) => URL.canParse(text) && new URL(text).href === `${new URL(text).origin}/`,
    'must have no path, query or fragment',
  )
  .transform((text) => new URL(text).origin)

/** One line of a text that people read. */
const words = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line')

const helpLine = z
  .string()
  .trim()
  .regex(/^\d[\d -]{1,19}$/, 'must be a telephone number, such as 116 111')

/** Under which licence others may use published figures. */
export const licences = ['CC0-1.0', 'CC-BY-4.0'] as const

const settings = z.object({
  PUBLIC_URL: origin.optional(),
  HOST: z.string().min(1).default('localhost'),
  PORT: port.default(3000),
  DATA_DIR: z.string().min(1).default('./data/production'),
  KEY_DIR: z.string().min(1).optional(),
  KEEP_ROUND_KEY: flag.default(false),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(
      z.array(
        z.union(
          [z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()],
          'must be IP addresses or CIDR ranges, separated by commas',
        ),
      ),
    ),
  AUDIO_DIR: z.string().min(1).optional(),
  VISIT_MINUTES: z.coerce.number().int().min(5).max(720).default(120),
  UPLOAD_MINUTES: z.coerce.number().int().min(5).max(60).default(30),
  BUSY_SECONDS: z.coerce.number().int().min(0).max(30).default(5),
  WRONG_CODES_PER_HOUR: z.coerce.number().int().min(10).default(2000),
  TABLET_IDLE_WARN_SECONDS: z.coerce.number().int().min(5).max(600).default(60),
  TABLET_IDLE_WIPE_SECONDS: z.coerce.number().int().min(25).max(900).default(90),
  TABLET_CONTACT_SECONDS: z.coerce.number().int().min(1).max(3600).default(300),
  TABLET_LATE_HOURS: z.coerce.number().int().min(0).max(720).default(72),
  ANSWERS_KEPT_DAYS: z.coerce.number().int().min(1).max(90).default(90),
  DATA_LICENCE: z.enum(licences).default('CC0-1.0'),
  SMTP_URL: z
    .string()
    .refine(isSmtpUrl, 'must be smtp:// or smtps://, with a host, such as smtp://user:password@mail.example.se:587')
    .optional(),
  MAIL_FROM: z
    .string()
    .trim()
    .transform((text, context) => {
      const sender = readSender(text)
      if (!sender) context.addIssue('must be an address, or: Name <name@example.se>')
      return sender ?? z.NEVER
    })
    .optional(),
  MAIL_PER_MINUTE: z.coerce.number().int().min(1).max(3000).default(60),
  MAIL_PER_DAY: z.coerce.number().int().min(1).max(1_000_000).default(20_000),
  OWNER_NAME: words.optional(),
  OWNER_CONTACT: words.optional(),
  DPO_CONTACT: words.optional(),
  ACCESSIBILITY_SUPERVISOR: words.default('Myndigheten för digital förvaltning (Digg)'),
  ACCESSIBILITY_SUPERVISOR_URL: z.url({ protocol: /^https?$/ }).default('https://www.digg.se/tdosanmalan'),
  HELP_LINE_YOUNG: helpLine.default('116 111'),
  HELP_LINE_EMERGENCY: helpLine.default('112'),
  HELP_LINE_CARE: helpLine.default('1177'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'silent']).default('info'),
})

const consistent = settings
  .refine(({ TABLET_IDLE_WARN_SECONDS: warn, TABLET_IDLE_WIPE_SECONDS: wipe }) => wipe - warn >= leastWarning, {
    path: ['TABLET_IDLE_WIPE_SECONDS'],
    error: `must be at least ${leastWarning} more than TABLET_IDLE_WARN_SECONDS: people need that long to answer`,
  })
  .refine(({ SMTP_URL: url, MAIL_FROM: from }) => url === undefined || from !== undefined, {
    path: ['MAIL_FROM'],
    error: 'must be set where SMTP_URL is',
  })

export type Config = ReturnType<typeof parseConfig>

/**
 * Every setting, from the environment. Units are in the names; what each one means is in `.env.example`.
 * @throws DomainError `invalid` that names everything wrong at once.
 */
export function parseConfig(env: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(env).filter(([, text]) => text !== ''))
  const { data, error } = consistent.safeParse(given)
  if (error) throw new DomainError('invalid', `The environment is not usable:\n${z.prettifyError(error)}`)

  const dataDir = resolve(data.DATA_DIR)
  return {
    publicUrl: data.PUBLIC_URL ?? `http://localhost:${data.PORT}`,
    host: data.HOST,
    port: data.PORT,
    dataDir,
    databaseFile: resolve(dataDir, 'brukarsvar.sqlite'),
    mailDatabaseFile: resolve(dataDir, 'mail.sqlite'),
    keyDir: resolve(data.KEY_DIR ?? resolve(dataDir, 'keys')),
    audioDir: resolve(data.AUDIO_DIR ?? resolve(dataDir, 'audio')),
    keepRoundKey: data.KEEP_ROUND_KEY,
    answersKeptDays: data.ANSWERS_KEPT_DAYS,
    dataLicence: data.DATA_LICENCE,
    trustedProxies: data.TRUSTED_PROXIES,
    patienceMs: data.BUSY_SECONDS * 1000,
    visit: { maxAgeSeconds: data.VISIT_MINUTES * 60 },
    uploadMinutes: data.UPLOAD_MINUTES,
    wrongCodesPerHour: data.WRONG_CODES_PER_HOUR,
    tablet: {
      idle: { warnSeconds: data.TABLET_IDLE_WARN_SECONDS, wipeSeconds: data.TABLET_IDLE_WIPE_SECONDS },
      contactSeconds: data.TABLET_CONTACT_SECONDS,
      lateHours: data.TABLET_LATE_HOURS,
    },
    mail: {
      smtpUrl: data.SMTP_URL,
      from: data.MAIL_FROM ?? { name: 'Brukarsvar', address: 'noreply@localhost' },
      perMinute: data.MAIL_PER_MINUTE,
      perDay: data.MAIL_PER_DAY,
    },
    notice: {
      owner: { name: data.OWNER_NAME, contact: data.OWNER_CONTACT, dpoContact: data.DPO_CONTACT },
      supervisor: { name: data.ACCESSIBILITY_SUPERVISOR, address: data.ACCESSIBILITY_SUPERVISOR_URL },
      helpLines: { young: data.HELP_LINE_YOUNG, emergency: data.HELP_LINE_EMERGENCY, care: data.HELP_LINE_CARE },
    },
    logLevel: data.LOG_LEVEL,
  }
}

function isSmtpUrl(text: string): boolean {
  return URL.canParse(text) && /^smtps?:\/\/[^/]/.test(text) && new URL(text).hostname !== ''
}
