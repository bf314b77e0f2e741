import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../src/config.ts'

describe('the settings', () => {
  test('have defaults for everything', () => {
    expect(parseConfig({})).toEqual({
      publicUrl: 'http://localhost:3000',
      host: 'localhost',
      port: 3000,
      dataDir: resolve('data/production'),
      databaseFile: resolve('data/production/brukarsvar.sqlite'),
      mailDatabaseFile: resolve('data/production/mail.sqlite'),
      keyDir: resolve('data/production/keys'),
      audioDir: resolve('data/production/audio'),
      keepRoundKey: false,
      answersKeptDays: 90,
      dataLicence: 'CC0-1.0',
      trustedProxies: [],
      patienceMs: 5000,
      visit: { maxAgeSeconds: 2 * 3600 },
      uploadMinutes: 30,
      wrongCodesPerHour: 2000,
      tablet: { idle: { warnSeconds: 60, wipeSeconds: 90 }, contactSeconds: 300, lateHours: 72 },
      mail: {
        smtpUrl: undefined,
        from: { name: 'Brukarsvar', address: 'noreply@localhost' },
        perMinute: 60,
        perDay: 20_000,
      },
      notice: {
        owner: { name: undefined, contact: undefined, dpoContact: undefined },
        supervisor: {
          name: 'Myndigheten för digital förvaltning (Digg)',
          address: 'https://www.digg.se/tdosanmalan',
        },
        helpLines: { young: '116 111', emergency: '112', care: '1177' },
      },
      logLevel: 'info',
    })
  })

  test('are read from the environment, which may hold anything else too', () => {
    const config = parseConfig({
      PUBLIC_URL: 'https://svar.example.se/',
      HOST: '0.0.0.0',
      PORT: '8080',
      DATA_DIR: '/srv/data',
      KEY_DIR: '/srv/keys',
      KEEP_ROUND_KEY: 'true',
      ANSWERS_KEPT_DAYS: '30',
      DATA_LICENCE: 'CC-BY-4.0',
      TRUSTED_PROXIES: '10.0.0.0/8, ::1,',
      AUDIO_DIR: '/srv/audio',
      VISIT_MINUTES: '30',
      UPLOAD_MINUTES: '10',
      BUSY_SECONDS: '2',
      WRONG_CODES_PER_HOUR: '50',
      SMTP_URL: 'smtps://svar:hemligt%40@mail.example.se',
      MAIL_FROM: 'Undersökningen <svar@example.se>',
      MAIL_PER_MINUTE: '30',
      MAIL_PER_DAY: '500',
      OWNER_NAME: ' Myndigheten ',
      OWNER_CONTACT: '08-123 45',
      DPO_CONTACT: 'ombud@example.se',
      ACCESSIBILITY_SUPERVISOR: 'Tillsynen',
      ACCESSIBILITY_SUPERVISOR_URL: 'https://tillsyn.example.se/klaga',
      HELP_LINE_YOUNG: '116 112',
      HELP_LINE_EMERGENCY: '113',
      HELP_LINE_CARE: '1178',
      LOG_LEVEL: 'silent',
      HOME: '/root',
    })
    expect(config).toEqual({
      publicUrl: 'https://svar.example.se',
      host: '0.0.0.0',
      port: 8080,
      dataDir: '/srv/data',
      databaseFile: '/srv/data/brukarsvar.sqlite',
      mailDatabaseFile: '/srv/data/mail.sqlite',
      keyDir: '/srv/keys',
      audioDir: '/srv/audio',
      keepRoundKey: true,
      answersKeptDays: 30,
      dataLicence: 'CC-BY-4.0',
      trustedProxies: ['10.0.0.0/8', '::1'],
      patienceMs: 2000,
      visit: { maxAgeSeconds: 1800 },
      uploadMinutes: 10,
      wrongCodesPerHour: 50,
      tablet: { idle: { warnSeconds: 60, wipeSeconds: 90 }, contactSeconds: 300, lateHours: 72 },
      mail: {
        smtpUrl: 'smtps://svar:hemligt%40@mail.example.se',
        from: { name: 'Undersökningen', address: 'svar@example.se' },
        perMinute: 30,
        perDay: 500,
      },
      notice: {
        owner: { name: 'Myndigheten', contact: '08-123 45', dpoContact: 'ombud@example.se' },
        supervisor: { name: 'Tillsynen', address: 'https://tillsyn.example.se/klaga' },
        helpLines: { young: '116 112', emergency: '113', care: '1178' },
      },
      logLevel: 'silent',
    })
  })

  test('that are left empty are as good as absent', () => {
    const empty = Object.fromEntries(documented().map(({ name }) => [name, '']))
    expect(parseConfig(empty)).toEqual(parseConfig({}))
  })

  test('that follow the port or the data folder do so', () => {
    expect(parseConfig({ PORT: '4000' }).publicUrl).toBe('http://localhost:4000')
    expect(parseConfig({ DATA_DIR: '/srv' })).toMatchObject({ keyDir: '/srv/keys', audioDir: '/srv/audio' })
  })
})

test.each([
  ['svar@example.se', '', 'svar@example.se'],
  ['<svar@example.se>', '', 'svar@example.se'],
  ['"Svar: Alingsås" <svar@example.se>', 'Svar: Alingsås', 'svar@example.se'],
  ['Svar: Alingsås kommun, IFO <svar@example.se>', 'Svar: Alingsås kommun, IFO', 'svar@example.se'],
  [String.raw`"Säg \"hej\" <nu> @ oss"<svar@example.se>`, 'Säg "hej" <nu> @ oss', 'svar@example.se'],
])('the sender %s is read as a name and an address', (text, name, address) => {
  expect(parseConfig({ MAIL_FROM: text }).mail.from).toEqual({ name, address })
})

describe('what is wrong with the environment', () => {
  const wrong = {
    PUBLIC_URL: [
      'svar.example.se',
      'ftp://svar.example.se',
      'https://svar.example.se/here',
      'https://x.se/?a',
      'https://x.se/#a',
    ],
    PORT: ['http', '-1', '65536', '1.5'],
    KEEP_ROUND_KEY: ['yes', '1', 'TRUE'],
    ANSWERS_KEPT_DAYS: ['0', '91', 'never'],
    DATA_LICENCE: ['MIT', 'cc0'],
    TRUSTED_PROXIES: ['everybody', '10.0.0.0/8, nonsense', '10.0.0.0/99', 'true'],
    VISIT_MINUTES: ['4', '721', 'two hours', '10.5'],
    BUSY_SECONDS: ['-1', '31', 'long'],
    WRONG_CODES_PER_HOUR: ['9', 'many'],
    SMTP_URL: ['mail.example.se', 'http://mail.example.se', 'smtp://', 'smtp:mail.example.se'],
    MAIL_FROM: ['svar', 'Svar <svar>', 'a@b.se\r\nBcc: c@d.se', 'A <a@b.se> <c@d.se>', '"A <a@b.se>', 'a@b.se, c@d.se'],
    MAIL_PER_MINUTE: ['0', '3001', 'many'],
    MAIL_PER_DAY: ['0', '1000001', 'many'],
    LOG_LEVEL: ['debug', 'INFO'],
  }

  test.each(Object.entries(wrong).flatMap(([name, texts]) => texts.map((text) => [name, text])))(
    'is said: %s=%s',
    (name, text) => {
      expect(() => parseConfig({ [name!]: text })).toThrow(name)
    },
  )

  test('is said all at once', () => {
    const all = Object.fromEntries(Object.entries(wrong).map(([name, [text]]) => [name, text]))
    expect(() => parseConfig(all)).toThrow(/^The environment is not usable:\n/)
    for (const name of Object.keys(wrong)) expect(() => parseConfig(all), name).toThrow(name)
  })
})

interface Documented {
  name: string
  text: string
  comment: string
}

/** The settings of `.env.example`: a comment of some lines, then the name and its default, commented out or not. */
function documented(): Documented[] {
  const file = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const blocks = file.matchAll(/((?:^# .*\n)+)^#?([A-Z_]+)=(.*)$/gm)
  return [...blocks].map(([, comment, name, text]) => ({
    ...{ name: name!, comment: comment! },
    text: text!.replace(/^'(.*)'$/, '$1'),
  }))
}

describe('.env.example', () => {
  const source = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8')
  const settings = [...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name!)

  test('documents every setting, in the order of the code, and nothing else', () => {
    expect(settings.length).toBeGreaterThan(5)
    expect(documented().map(({ name }) => name)).toEqual(settings)
  })

  test('gives the default of each, so that using it as it is changes nothing', () => {
    const asItIs = Object.fromEntries(documented().map(({ name, text }) => [name, text]))
    expect(parseConfig(asItIs)).toEqual(parseConfig({}))
  })

  test('goes into the environment by a shell, with its defaults and with whatever its comments show', () => {
    const file = fileURLToPath(new URL('../.env.example', import.meta.url))
    const shown = [...readFileSync(file, 'utf8').matchAll(/[A-Z_]+='.*?'/g)].map(([text]) => text)
    expect(shown.join()).toContain('MAIL_FROM=')
    const script = `set -a && . "$0" && ${shown.join('\n')}\n"$1" -p 'JSON.stringify(process.env)'`
    const read = (script: string) =>
      JSON.parse(execFileSync('sh', ['-c', script, file, process.execPath], { env: {}, encoding: 'utf8' }))
    expect(parseConfig(read(`set -a && . "$0" && "$1" -p 'JSON.stringify(process.env)'`))).toEqual(parseConfig({}))
    expect(parseConfig(read(script)).mail).toMatchObject({
      smtpUrl: 'smtp://svar:hem&lig;t$%40@mail.example.se:587',
      from: { name: 'Svar: Alingsås kommun', address: 'svar@example.se' },
    })
  })

  test.each(documented().map(({ name, text, comment }) => [name, text, comment]))(
    'says what %s means, and its default',
    (_name, text, comment) => {
      expect(comment!.length).toBeGreaterThan(40)
      expect(comment).toMatch(/Default: /)
      if (text) expect(comment).toContain(`Default: ${text}`)
    },
  )

  test.each([
    ['VISIT_MINUTES', /minutes/i],
    ['BUSY_SECONDS', /seconds/i],
    ['WRONG_CODES_PER_HOUR', /hour/i],
    ['TABLET_IDLE_WARN_SECONDS', /seconds/i],
    ['TABLET_IDLE_WIPE_SECONDS', /seconds/i],
    ['TABLET_CONTACT_SECONDS', /seconds/i],
    ['TABLET_LATE_HOURS', /hours/i],
    ['ANSWERS_KEPT_DAYS', /days/i],
    ['MAIL_PER_MINUTE', /minute/i],
    ['MAIL_PER_DAY', /day/i],
  ])('names the unit of %s', (name, unit) => {
    expect(documented().find((setting) => setting.name === name)!.comment).toMatch(unit)
  })
})
