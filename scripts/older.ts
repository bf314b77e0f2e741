import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { launchProfile } from '../test/support/chromium.ts'
import { plainBrowser } from '../test/support/plain-browser.ts'
import { dump } from './older/dump.ts'
import { answerWith, begin, beginBundle, choicesOf, connectApp, typeForms, useTablet } from './older/people.ts'
import { type OlderProgram, olderProgram } from './older/program.ts'

const help = `Usage: npx tsx scripts/older.ts <folder of an older version, built> [folder to write to]

Has the built program of an older version run a round in which forty people answer, and writes what is then on its disks: the two
databases as SQL, the keys, and what people hold in their hands. test/stories/upgrading starts from there. To make it of a release:

  git worktree add /tmp/older <commit> && cd /tmp/older && npm ci && npm run build`

const [version, target = 'test/stories/upgrading/before'] = process.argv.slice(2)
if (!version || version.startsWith('-')) {
  console.error(help)
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-older-'))
const program = olderProgram(resolve(version), folder, new Date('2026-10-05T08:00:00Z'))
const password = 'Nina cyklar utan ringklocka'
try {
  const strata = await makeRound(program)
  const drawn: { code: string }[] = (
    await program.brukarsvar('codes', 'draw', '--stratum', strata.economic_assistance!, '--count', '30')
  ).codes
  const codes = drawn.map(({ code }) => code)
  const service = await program.start()
  const staff = await makeAccounts(program, service.url, service.said())

  for (const [person, code] of codes.slice(0, 24).entries()) await answerWith(service.url, code, person)
  const done = await beginBundle(staff.coordinator, strata.youth!, 8)
  await typeForms(staff.coordinator, done, [
    '11111111',
    '12121212',
    '21212121',
    '11112222',
    '22221111',
    '12211221',
    '21122112',
    '11221122',
  ])
  await staff.coordinator.send(await staff.coordinator.get(done), `${done.split('?')[0]}/finish`)
  const bundle = await beginBundle(staff.coordinator, strata.guardian!, 5)
  await typeForms(staff.coordinator, bundle, ['11111111', '12121212', '21212121', '11112222'])
  const addresses = Array.from({ length: 3 }, (_, index) => `person${index}@example.org`)
  await inviteByMail(staff.coordinator, strata.guardian!, addresses)
  const tablet = await onTablet(program, service.url, strata.youth!)
  const begun = await begin(service.url, codes[24]!)
  const begunLong = await begunInAHundredYears(program, codes[25]!)
  await service.stop()

  program.wait(1) // the night in which the older version writes down the day
  await (await program.start()).stop()
  await program.brukarsvar('backup', program.path('backup.sqlite'))

  const visitOf = ({ browser, visit }: Awaited<ReturnType<typeof begin>>) => ({
    visit,
    cookies: Object.fromEntries(browser.jar),
  })
  write(
    target,
    'installation.json',
    `${JSON.stringify(
      {
        keys: filesIn(program.path('data/keys')),
        roundKey: readFileSync(program.path('2026.key'), 'utf8'),
        codes: { used: codes.slice(0, 24), begun: codes[24], begunLong: codes[25], unused: codes.slice(26) },
        visits: { over: visitOf(begun), open: begunLong },
        ...{ strata, tablet, bundle, addresses, password },
        staff: { admin: staff.admin, coordinator: staff.coordinatorEmail },
      },
      undefined,
      2,
    )}\n`,
  )
  write(target, 'brukarsvar.sql', dump(program.path('backup.sqlite')))
  write(target, 'mail.sql', dump(program.path('data/mail.sqlite')))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function makeRound({ brukarsvar, path }: OlderProgram): Promise<Record<string, string>> {
  await brukarsvar('init')
  const groups = ['--groups', 'economic_assistance,guardian,youth']
  const days = ['--opens', '2026-09-28', '--closes', '2099-12-31'] // whenever the version after it is tried, the round is under way
  await brukarsvar('round', 'create', '2026', ...days, ...groups, '--key-file', path('2026.key'))
  const add = async (name: string, ...of: string[]) =>
    (await brukarsvar('unit', 'add', '1489', name, '--round', '2026', '--groups', of.join())).strata
  const strata = [
    ...(await add('Försörjningsstöd', 'economic_assistance')),
    ...(await add('Barn och unga', 'guardian', 'youth')),
  ]
  await brukarsvar('round', 'open', '2026', '--key-file', path('2026.key'))
  await brukarsvar('offer', 'paper', '--stratum', strata[2].id, '--count', '10')
  return Object.fromEntries(strata.map(({ id, targetGroup }: { id: string; targetGroup: string }) => [targetGroup, id]))
}

async function makeAccounts({ brukarsvar, now }: OlderProgram, url: string, said: string) {
  const administrator = plainBrowser(url)
  const link = /\/staff\/set-up\/\S+/.exec(said)![0]
  await administrator.post(link, { name: 'Nina Norr', email: 'nina@example.se', password })
  const admin = { email: 'nina@example.se', ...(await connectApp(administrator, now())) }
  const coordinatorEmail = 'kim@alingsas.example'
  const invited = await brukarsvar(
    'staff',
    'invite',
    coordinatorEmail,
    '--name',
    'Kim Ek',
    '--role',
    'coordinator',
    '--municipality',
    '1489',
  )
  const coordinator = plainBrowser(url)
  await coordinator.post(new URL(invited.link).pathname, { password })
  return { admin, coordinator, coordinatorEmail }
}

async function inviteByMail(
  staff: ReturnType<typeof plainBrowser>,
  stratum: string,
  addresses: string[],
): Promise<void> {
  const form = new FormData()
  const page = await staff.get(`/staff/email/${stratum}/new`)
  const token = /name="form" value="([^"]+)"/.exec(page.body)?.[1]
  if (token) form.set('form', token)
  form.set('addresses', addresses.join('\n'))
  form.set('language', 'sv')
  const checked = await staff.postForm(`/staff/email/${stratum}/new`, form)
  const list = checked.location!
  if (!list) throw new Error(`addresses are answered with ${checked.status}: ${checked.body}`)
  const job = (await staff.send(await staff.get(list), list)).location!
  while (/http-equiv="refresh"/i.test((await staff.get(job)).body))
    await new Promise((resolve) => setTimeout(resolve, 100))
}

async function onTablet({ brukarsvar, path }: OlderProgram, url: string, stratum: string) {
  const made = await brukarsvar('tablet', 'enrol', '--stratum', stratum, '--name', 'Reception 1')
  const context = await launchProfile(path('tablet'), {
    viewport: { width: 600, height: 960 },
    hasTouch: true,
    locale: 'sv-SE',
  })
  try {
    return {
      pin: made.pin,
      undelivered: await useTablet(
        context.pages()[0] ?? (await context.newPage()),
        `${url}/tablet/${new URL(made.url).hash}`,
      ),
    }
  } finally {
    await context.close()
  }
}

/** A visit whose end is a century away, for time does not stand still until the version after it is tried. */
async function begunInAHundredYears(program: OlderProgram, code: string) {
  const service = await program.startInAHundredYears()
  const { browser, visit } = await begin(service.url, code)
  await service.stop()
  return { visit, cookies: Object.fromEntries(browser.jar), choices: choicesOf(1) }
}

function filesIn(path: string): Record<string, string> {
  return Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'utf8')]))
}

function write(into: string, name: string, text: string): void {
  mkdirSync(into, { recursive: true })
  writeFileSync(join(into, name), text)
}
