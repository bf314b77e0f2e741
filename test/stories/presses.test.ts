import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import type { Role } from '../../src/people/roles.ts'
import { roundKeyFile } from '../../src/round/round-key.ts'
import { publishedRound } from '../results/published.ts'
import { hasChromium } from '../support/chromium.ts'
import { countPresses, type Presses } from '../support/presses.ts'
import { runIn, valueIn } from '../support/rows.ts'
import { makeEnrolment } from '../support/service.ts'
import { newStaff } from '../support/staff.ts'
import { type Stage, setStage } from '../support/story.ts'

interface Task {
  who: Role
  what: string
  /** At most so much, from the first page after signing in. */
  most: Presses
  /** In a world of its own: it changes what others see. */
  isAlone?: boolean
  /** How that world is otherwise than usual. */
  options?: Parameters<typeof setStage>[0]
  /** What others have done before. */
  given?: (stage: Stage) => Promise<void>
  /** What was done before, and is not counted. */
  before?: (page: Page) => Promise<void>
  does: (page: Page, stage: Stage) => Promise<void>
}

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
const link = (name: string | RegExp) => (page: Page) => page.getByRole('link', { name }).first().click()
const inTurn =
  (...deeds: ((page: Page) => Promise<void>)[]) =>
  async (page: Page) => {
    for (const deed of deeds) await deed(page)
  }
const presses = (number: number, fields = 0) => ({ presses: number, fields })
const shown = (page: Page) => page.locator('.big-code').waitFor()
const told = (text: string) => (page: Page) => page.locator('.done', { hasText: text }).waitFor()
const field = (name: string, text: string) => (page: Page) => page.getByLabel(name, { exact: true }).fill(text)
const box = (name: string | RegExp) => (page: Page) => page.getByRole('checkbox', { name }).check()
const radio = (name: string | RegExp) => (page: Page) => page.getByRole('radio', { name }).first().check()
const keyFile = (text: string) => (page: Page) =>
  page.locator('#keyFile').setInputFiles({ name: 'round.key', mimeType: 'text/plain', buffer: Buffer.from(text) })
const typing = (page: Page) => page.locator('.digit:focus').waitFor()
const begun = (page: Page) => button('Börja registrera')(page).then(() => typing(page))
const seen = (name: string) => (page: Page) => page.getByRole('rowheader', { name, exact: true }).waitFor()
const sentIn =
  (...codes: string[]) =>
  async ({ service: { db } }: Stage) => {
    for (const code of codes)
      await runIn(
        db,
        `insert into enrolments (round_id, municipality_code, state, submitted_on) values ('2026', ?, 'submitted', '2026-04-01')`,
        code,
      )
  }
/** Three groups at two units each, which no other task knows. */
const sixGroups =
  (name: string) =>
  async ({ service: { db }, round }: Stage) => {
    for (const unitName of unitsOf(name)) {
      const unit = await addUnit(db, { municipalityCode: '1489', name: unitName })
      await addStrata(db, round.id, unit.id, ['youth', 'addiction', 'guardian'])
    }
  }
const unitsOf = (name: string) => [`${name} ett`, `${name} två`]
const atSixGroups = <T>(name: string, does: (group: string, unit: string) => T): T[] =>
  unitsOf(name).flatMap((unit) =>
    ['Unga 13 år och äldre', 'Skadligt bruk och beroende', 'Vårdnadshavare'].map((group) => does(group, unit)),
  )
const fetched = (name: string) => async (page: Page) => {
  await button(name)(page)
  const fetch = page.getByRole('button', { name: 'Hämta filen' })
  await fetch.waitFor({ timeout: 120_000 })
  await Promise.all([page.waitForEvent('download'), fetch.click()])
}
const leftOver = inTurn(
  field('Antal som blev över', '1'),
  button('Spara'),
  told('Överblivna lappar och brev är räknade.'),
)
const printed = async ({ service: { db, keys }, round }: Stage) => {
  const batch = { stratumId: round.strata.youth, channel: 'letter', count: 9, drawn: false } as const
  await issueCodes(db, keys.codePepper, { ...batch, issuedOn: '2026-09-10' })
}
const drawn = inTurn(button(/^Kod till/), shown, link('Klar, dölj koden'))

const tasks: Task[] = [
  {
    who: 'caseworker',
    what: 'a code, for the group of the last time',
    most: presses(1),
    before: drawn,
    does: inTurn(button(/^Ta fram en kod/), shown),
  },
  {
    who: 'caseworker',
    what: 'a code in Arabic',
    most: presses(1),
    before: drawn,
    does: inTurn(button('العربية'), shown),
  },
  {
    who: 'caseworker',
    what: 'a code for another of their groups',
    most: presses(1),
    before: drawn,
    does: inTurn(button(/^Kod till/), shown),
  },
  {
    who: 'caseworker',
    what: 'a code for the next person, from the one that is shown',
    most: presses(2),
    before: inTurn(drawn, button(/^Ta fram en kod/), shown),
    does: inTurn(link('Klar, dölj koden'), button(/^Ta fram en kod/), shown),
  },
  {
    who: 'caseworker',
    what: 'a no',
    most: presses(1),
    before: drawn,
    does: inTurn(button('Personen tackar nej'), told('Ett nej är räknat.')),
  },
  {
    who: 'caseworker',
    what: 'a no that is taken back',
    most: presses(1),
    before: inTurn(drawn, button('Personen tackar nej'), told('Ett nej är räknat.')),
    does: inTurn(button('Ångra'), told('Nejet är borttaget.')),
  },
  {
    who: 'caseworker',
    what: 'a form of paper that is handed out',
    most: presses(1),
    before: drawn,
    does: inTurn(button('Tog en pappersenkät'), told('En pappersenkät är räknad.')),
  },
  {
    who: 'caseworker',
    what: 'how their unit goes',
    most: presses(0),
    before: drawn,
    does: (page) => page.getByRole('heading', { name: /^Svarsfrekvens:/ }).waitFor(),
  },
  {
    who: 'caseworker',
    what: 'ten slips, with their file',
    most: presses(4, 1),
    does: inTurn(
      link('Skriv ut'),
      link('Ny utskrift'),
      field('Unga 13 år och äldre, Enheten', '10'),
      fetched('Skapa 10 lappar'),
    ),
  },
  {
    who: 'caseworker',
    what: 'how many were left over',
    most: presses(3, 1),
    given: printed,
    does: inTurn(link('Skriv ut'), link(/^Några blev över/), leftOver),
  },
  {
    who: 'caseworker',
    what: 'all that is handed out',
    most: presses(2),
    given: printed,
    does: inTurn(link('Skriv ut'), button(/^Ja, alla/), told('Alla i utskriften räknas')),
  },
  {
    who: 'coordinator',
    what: 'letters that are posted',
    most: presses(1),
    given: printed,
    does: inTurn(button(/^Ja, alla/), told('Alla i utskriften räknas')),
  },
  {
    who: 'coordinator',
    what: 'leftovers of one print',
    most: presses(2, 1),
    given: printed,
    does: inTurn(link(/^Några blev över/), leftOver),
  },
  {
    who: 'coordinator',
    what: 'letters to six groups, with their file',
    most: presses(5, 6),
    given: sixGroups('Brev'),
    does: inTurn(
      link('Lappar och brev'),
      link('Ny utskrift'),
      link(/^Brev$/),
      ...atSixGroups('Brev', (group, unit) => field(`${group}, ${unit}`, '2')),
      fetched('Skapa 12 brev'),
    ),
  },
  {
    who: 'coordinator',
    what: 'paper of six groups that is tallied',
    most: presses(3, 6),
    given: sixGroups('Papper'),
    does: inTurn(
      link('Pappersenkäter'),
      link('Utlämnade'),
      ...atSixGroups('Papper', (group, unit) => field(`Antal utlämnade, ${unit}, ${group}`, '2')),
      button('Lägg till'),
      told('Antalen är sparade.'),
    ),
  },
  {
    who: 'coordinator',
    what: 'a bundle of paper that is begun',
    most: presses(3, 1),
    does: inTurn(link('Pappersenkäter'), radio(/Enheten$/), field('Hur många formulär är det i bunten?', '2'), begun),
  },
  {
    who: 'coordinator',
    what: 'a bundle of paper that is gone on with',
    most: presses(2),
    before: inTurn(
      link('Pappersenkäter'),
      radio(/Enheten$/),
      field('Hur många formulär är det i bunten?', '2'),
      begun,
      (page) => page.keyboard.type('111111111'),
      (page) => page.getByText('Formulär 1 är sparat.').waitFor(),
      link('Start'),
    ),
    does: inTurn(link('Pappersenkäter'), link('Fortsätt med nr 2'), typing),
  },
  {
    who: 'host',
    what: 'a no at the tablet',
    most: presses(1),
    does: inTurn(button(/^Nej från/), told('Ett nej är räknat.')),
  },
  {
    who: 'host',
    what: 'a form of paper',
    most: presses(1),
    before: inTurn(button(/^Nej från/), told('Ett nej är räknat.')),
    does: inTurn(button('Tog en pappersenkät'), told('En pappersenkät är räknad.')),
  },
  {
    who: 'host',
    what: 'a no that is counted and taken back',
    most: presses(2),
    does: inTurn(button(/^Nej från/), told('Ett nej är räknat.'), button('Ångra'), told('Nejet är borttaget.')),
  },
  {
    who: 'host',
    what: 'another place',
    most: presses(2),
    before: inTurn(button(/^Nej från/), told('Ett nej är räknat.')),
    does: inTurn(link('Byt'), link('Unga 13 år och äldre')),
  },
  {
    who: 'coordinator',
    what: 'five caseworkers who are invited to one unit',
    most: presses(4, 1),
    does: inTurn(
      link('Konton'),
      link('Bjud in flera'),
      field('E-postadresser', ['ada', 'bo', 'cia', 'dan', 'eva'].map((name) => `${name}@alingsas.se`).join('\n')),
      box('Enheten'),
      button('Skicka inbjudningar'),
      (page) => page.getByRole('heading', { name: '5 inbjudningar är klara' }).waitFor(),
    ),
  },
  {
    who: 'coordinator',
    what: 'those who were invited and never came',
    most: presses(1),
    does: inTurn(link('Konton'), (page) =>
      page.locator('tbody tr:first-child .standing', { hasText: 'inbjudan är inte använd' }).waitFor(),
    ),
  },
  {
    who: 'coordinator',
    what: 'a group that is ticked at ten units',
    most: presses(12),
    given: async ({ service: { db } }) => {
      for (let nth = 1; nth <= 10; nth++) await addUnit(db, { municipalityCode: '1489', name: `Nya ${nth}` })
    },
    does: inTurn(
      link('Enheter'),
      ...Array.from({ length: 10 }, (_, at) => box(new RegExp(`^Unga 13 år och äldre, Nya ${at + 1}$`))),
      button('Spara grupperna'),
      told('Grupperna är sparade för 10 enheter.'),
    ),
  },
  {
    who: 'coordinator',
    what: 'a tablet that nobody has heard of',
    most: presses(0),
    given: async ({ service: { db }, round }) => {
      const id = await makeEnrolment(db, round.strata.youth, new Date())
      await runIn(db, "update tablets set state = 'active', last_contact_hour = '2026-01-01T09' where id = ?", id)
    },
    does: (page) => page.getByText('1 surfplatta har inte haft kontakt på ett dygn.').waitFor(),
  },
  {
    who: 'national',
    what: 'a coordinator who is invited',
    most: presses(3, 1),
    does: inTurn(
      link('Anmälningar'),
      link('Ingen samordnare: bjud in: Ale'),
      field('E-postadresser', 'ada@ale.se'),
      button('Skicka inbjudningar'),
      (page) => page.getByRole('heading', { name: '1 inbjudan är klar' }).waitFor(),
    ),
  },
  {
    who: 'national',
    what: 'one registration of 290',
    most: presses(2, 1),
    does: inTurn(
      link('Anmälningar'),
      field('Sök kommun eller kontaktperson', 'ornskold'),
      button('Visa'),
      seen('Örnsköldsvik'),
    ),
  },
  {
    who: 'national',
    what: 'four registrations that are approved',
    most: presses(7),
    given: sentIn('1440', '0180', '2584', '1280', '2480'),
    does: inTurn(
      link('Anmälningar'),
      ...['Ale', 'Kiruna', 'Malmö', 'Stockholm'].map(box),
      button('Godkänn markerade'),
      told('4 anmälningar är godkända.'),
    ),
  },
  {
    who: 'national',
    what: 'a note that some were reminded, not all, where there is no mail',
    most: presses(3 + 2),
    does: inTurn(
      link('Anmälningar'),
      link(/^Har inte svarat/),
      ...['Alvesta', 'Aneby'].map(box),
      button('Anteckna som påminda'),
      told('2 kommuner är antecknade som påminda.'),
    ),
  },
  {
    who: 'national',
    what: 'a reminder to some by email, which is asked about',
    most: presses(3 + 3),
    isAlone: true,
    options: { sendMail: async () => {} },
    given: async ({ service }) => {
      for (const municipalityCode of ['0764', '0604'])
        await newStaff(service, { role: 'coordinator', municipalityCode })
    },
    does: inTurn(
      link('Anmälningar'),
      link(/^Har inte svarat/),
      ...['Alvesta', 'Aneby'].map(box),
      button('Påminn markerade'),
      button('Skicka 2 mejl'),
      told('Påminnelsen skickas till samordnarna i 2 kommuner.'),
    ),
  },
  {
    who: 'national',
    what: 'a new last day',
    most: presses(3, 1),
    does: inTurn(
      link('Omgångar'),
      link(/^Omgång 2026/),
      field('Ny sista dag', '2027-01-31'),
      button('Spara ny sista dag'),
      told('Sista dagen är ändrad.'),
    ),
  },
  {
    who: 'national',
    what: 'a pause, which is asked about',
    most: presses(4),
    does: inTurn(
      link('Omgångar'),
      link(/^Omgång 2026/),
      link('Pausa insamlingen …'),
      (page) => page.getByText('Koderna gäller igen när du avslutar pausen.').waitFor(),
      button('Pausa insamlingen'),
      told('Insamlingen är pausad.'),
    ),
  },
  {
    who: 'national',
    what: 'a letter to those who have offered nothing',
    most: presses(1),
    isAlone: true,
    given: async ({ service: { db }, round }) => {
      const { id } = await addUnit(db, { municipalityCode: '1440', name: 'Ales enhet' })
      await addStrata(db, round.id, id, ['youth'])
      await runIn(
        db,
        `insert into enrolments (round_id, municipality_code, state, submitted_on, contact_email) values ('2026', '1440', 'approved', '2026-04-01', 'ada@ale.se')`,
      )
    },
    does: async (page) => {
      expect(await page.getByRole('link', { name: 'Skriv till dem' }).getAttribute('href')).toBe(
        'mailto:?bcc=ada%40ale.se',
      )
      await link('Skriv till dem')(page)
    },
  },
  {
    who: 'national',
    what: 'how it goes in one municipality',
    most: presses(3, 1),
    does: inTurn(link('Svarsfrekvens'), field('Sök kommun', 'alings'), button('Visa'), seen('Alingsås')),
  },
  {
    who: 'national',
    what: 'who did what',
    most: presses(1),
    does: inTurn(link('Händelselogg'), (page) => page.getByRole('table').waitFor()),
  },
  {
    who: 'national',
    what: 'the close, with the key and its year',
    most: presses(4, 2),
    isAlone: true,
    does: async (page, { round, service }) =>
      inTurn(
        link('Omgångar'),
        link(/^Omgång 2026/),
        link(/^Stäng insamlingen|^Gå till stängningen/),
        (page) => page.getByText('Insamlingen kan inte öppnas igen.').waitFor(),
        keyFile(roundKeyFile(round.key)),
        field('Skriv året, 2026, för att bekräfta', '2026'),
        button('Stäng insamlingen'),
        () => expect.poll(() => valueIn(service.db, 'select state from rounds')).toBe('closed'),
      )(page),
  },
  {
    who: 'coordinator',
    what: 'which unit is low',
    most: presses(0),
    does: seen('Enheten'),
  },
  {
    who: 'host',
    what: 'whether the tablets are well',
    most: presses(0),
    isAlone: true,
    given: async ({ service: { db }, round }) => {
      await makeEnrolment(db, round.strata.youth, new Date())
      await runIn(db, "update tablets set state = 'active'")
    },
    does: (page) => page.getByRole('heading', { name: 'Surfplattor' }).waitFor(),
  },
  {
    who: 'coordinator',
    what: 'which channel is low',
    most: presses(2),
    does: inTurn(link('Svarsfrekvens'), link('Sätt att erbjuda'), (page) =>
      page.getByRole('table', { name: 'Sätt att erbjuda' }).waitFor(),
    ),
  },
  {
    who: 'viewer',
    what: "last year's result",
    most: presses(1),
    isAlone: true,
    given: async ({ service }) => {
      await publishedRound(service, [{ municipality: '1489', unit: 'Ett kontor', people: 40, positive: 30 }], 2025)
    },
    does: inTurn(link('Resultat'), (page) => page.getByRole('heading', { level: 1, name: /2025|Sverige/ }).waitFor()),
  },
]

describe.skipIf(!hasChromium)('what is done most takes few presses', () => {
  let shared: Stage
  beforeAll(async () => {
    shared = await setStage()
  })
  afterAll(() => shared.close())

  test.each(tasks)('a $who: $what', async ({ who, most, isAlone, options, given, before, does }) => {
    const stage = isAlone ? await setStage(options) : shared
    const { unitId } = (await listStrata(stage.service.db, stage.round.id))[0]!
    await given?.(stage)
    const isOnPhone = who === 'caseworker' || who === 'host'
    const page = await stage.person({
      viewport: isOnPhone ? { width: 360, height: 780 } : { width: 1280, height: 800 },
    })
    const { token } = await newStaff(stage.service, { role: who, unitIds: [unitId] })
    await page.context().addCookies([{ name: 'staff', value: token, url: stage.url }])
    const count = await countPresses(page)
    await page.goto(`${stage.url}/staff`)
    await before?.(page)
    await count()
    await does(page, stage)
    const { presses, fields } = await count()
    if (isAlone) await stage.close()
    expect(presses).toBeLessThanOrEqual(most.presses)
    expect(fields).toBeLessThanOrEqual(most.fields)
    if (most.presses > 0) expect(presses, 'counted at all').toBeGreaterThan(0)
  })
})
