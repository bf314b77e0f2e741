import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tellRound } from '../../src/fieldwork/tell.ts'
import { recipients } from '../../src/mail/tables.ts'
import { listStrata } from '../../src/organisation/store.ts'
import { hasChromium } from '../support/chromium.ts'
import { dispositionsOf, listChannelRecords, rateLine } from '../support/exact-ledger.ts'
import {
  accept,
  askedOf,
  batchRow,
  codesInPdf,
  csvFile,
  follow,
  invite,
  look,
  menu,
  merged,
  numberOfApp,
  press,
  print,
  read,
  rowsOf,
} from '../support/office.ts'
import { valueIn } from '../support/rows.ts'
import { answerStepByStep, send } from '../support/story.ts'
import { answerOnTablet, enrol, sendOnTablet } from '../support/waiting-room.ts'
import { startFirstTime, type WholeService } from '../support/whole-service.ts'

const [adults, children] = ['Vuxenenheten', 'Barn och unga']
const aid = { unit: adults, group: 'Ekonomiskt bistånd' }
const youth = { unit: children, group: 'Unga 13 år och äldre' }
const inPrint = ({ unit, group }: typeof aid) => `${group} (${unit})`

/**
 * The whole round, counted by hand from what people do below.
 *
 * Economic assistance, by a code in the hand: 3 codes drawn, and 10 slips less 6 left over, and 2 who said no before a code;
 * 1 more said no with the code in hand; 1 answered. By letter: 3 letters, and 8 of a mail merge less 2 left over, less 1 that
 * came back; 1 answered. Youth, at the tablet: 2 answered and 1 said no. On paper: 30 forms handed out and 2 who said no;
 * 3 typed and 20 imported.
 */
const byHand = [
  {
    unit: adults,
    group: 'economic_assistance',
    channel: 'handout',
    offered: 9,
    declined: 3,
    undeliverable: 0,
    responded: 1,
  },
  {
    unit: adults,
    group: 'economic_assistance',
    channel: 'letter',
    offered: 8,
    declined: 0,
    undeliverable: 1,
    responded: 1,
  },
  { unit: children, group: 'youth', channel: 'paper', offered: 32, declined: 2, undeliverable: 0, responded: 23 },
  { unit: children, group: 'youth', channel: 'tablet', offered: 3, declined: 1, undeliverable: 0, responded: 2 },
]
const inAll = { offered: 52, declined: 6, undeliverable: 1, responded: 27 }

/** The same on the page: rate, responded, offered, declined, undeliverable. What came back is told in steps, on whatever way; the lowest rate first. */
const fieldworkByHand = {
  total: ['Alingsås', '', '40–64 %', '20–32', '50–54', '6', '1'],
  groups: [
    ['Unga 13 år och äldre', '', '61–76 %', '20–28', '33–37', '3', '0'],
    ['Ekonomiskt bistånd', '', 'för få svar', 'under 5', '17', '3', '1'],
  ],
  channels: [
    ['Pappersenkät', '', '63–75 %', '20–24', '32', '2', '0'],
    ['Lapp eller kod vid möte', '', 'visas inte', '–', '9', '3', '0'],
    ['Brev', '', 'visas inte', '–', '8', '0', '1'],
    ['Surfplatta', '', 'visas inte', '–', '1–5', '1', '0'],
  ],
}

/** Positive of those with an opinion, of what people answer below. Fewer than ten, and what would tell of them, is not shown. */
const sharesByHand = [
  ['Lätt att få kontakt', '..', '56 % (25)', '..'], // 12 of 20 rows, 1 of 3 forms, 1 of 2 at the tablet; one adult too
  ['Lätt att förstå informationen', '..', '67 % (18)', '67 % (18)'], // 10 of 16 rows, 2 of 2 forms
  ['Visar förståelse', '..', '..', '..'],
  ['Frågar vad personen tycker', '..', '..', '..'],
  ['Har kunnat påverka hjälpen', '..', '..', '..'],
  ['Förändrad situation', '..', '..', '..'],
  ['Nöjd med stödet som helhet', '..', '75 % (24)', '..'], // 15 of 20 rows, 2 of 3 forms, 1 of 1; one adult too
]

/** Twenty rows of a tool of their own, and one whose answer means nothing. */
const ownTool = [
  'Kontakt;Information;Helhet',
  ...Array(10).fill('1;2;1'),
  ...Array(2).fill('2;3;1'),
  ...Array(3).fill('4;3;2'),
  ...Array(1).fill('4;4;3'),
  ...Array(4).fill('4;Vet ej;4'),
  '9;1;1',
].join('\n')

describe.skipIf(!hasChromium)(
  'a municipality through a whole round, without the command line',
  { timeout: 300_000 },
  () => {
    let service: WholeService
    let [admin, coordinator, caseworker, host, tablet]: Page[] = []
    let keyFile: string
    let unused: string
    const links: Record<string, string> = {}
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

    beforeAll(async () => {
      service = await startFirstTime({ TABLET_CONTACT_SECONDS: '1' })
      keyFile = join(service.folder, 'round.key')
    })
    afterAll(() => service?.close())

    test('the link in the terminal makes the first administrator, who connects an authenticator', async () => {
      admin = await service.person(1280)
      await admin.goto(service.setUpLink)
      await look(admin, 'set-up')
      await admin.getByLabel('Namn').fill('Nina Norr')
      await admin.getByLabel('E-postadress').fill('nina@example.se')
      await admin.getByLabel('Välj ett lösenord').fill('sju gröna hästar äter gräs')
      await press(admin, 'Skapa kontot')
      await look(admin, 'authenticator')
      await admin.locator('#number').fill(await numberOfApp(admin))
      await press(admin, 'Fortsätt')
      await look(admin, 'recovery-codes')
      await follow(admin, 'Jag har sparat dem')
      await look(admin, 'national-home')
    })

    test('a round is made with a key that never leaves the browser, and registration is opened', async () => {
      await menu(admin!, 'Omgångar')
      await look(admin!, 'no-rounds')
      await follow(admin!, 'Skapa en omgång')
      const fields = {
        year: day(0).slice(0, 4),
        id: 'prov',
        registrationOpensOn: day(-1),
        registrationClosesOn: day(20),
      }
      for (const [name, text] of Object.entries({ ...fields, opensOn: day(0), closesOn: day(40) }))
        await admin!.locator(`[name=${name}]`).fill(text)
      for (const group of ['Skadligt bruk och beroende', 'Ensamkommande barn och unga'])
        await admin!.getByRole('checkbox', { name: group }).uncheck()
      await look(admin!, 'new-round')
      await press(admin!, 'Gå vidare till nyckeln')
      await read(admin!, 'Nyckeln är skapad i din webbläsare')
      await look(admin!, 'key')
      const [download] = await Promise.all([admin!.waitForEvent('download'), admin!.locator('.save-key').click()])
      await download.saveAs(keyFile)
      await admin!.setInputFiles('#keyFile', keyFile)
      await press(admin!, 'Kontrollera nyckeln och spara omgången')
      await read(admin!, 'Omgången är ett utkast.')
      await admin!.getByRole('link', { name: 'Öppna anmälan' }).click()
      await read(admin!, 'Öppna anmälan till omgång')
      await press(admin!, 'Öppna anmälan')
      await read(admin!, 'Kommunerna kan anmäla sig.')
      await look(admin!, 'round')
      links.coordinator = await invite(admin!, { name: 'Kim Ek', role: 'Samordnare', municipality: 'Alingsås' })
    })

    test('the coordinator registers units, groups and how many they will meet', async () => {
      coordinator = await service.person(1280)
      await accept(coordinator, links.coordinator!, 'blå cykel utan ringklocka')
      await look(coordinator, 'coordinator-home')
      await menu(coordinator, 'Enheter')
      for (const unit of [adults, children]) {
        await coordinator.getByLabel('Namn').fill(unit!)
        await press(coordinator, 'Lägg till')
      }
      await look(coordinator, 'units')
      await menu(coordinator, 'Anmälan')
      await follow(coordinator, 'Fyll i anmälan')
      await coordinator.getByLabel('Namn', { exact: true }).fill('Kim Ek')
      await coordinator.getByLabel('E-postadress').fill('kimek@alingsas.se')
      await coordinator.getByLabel(`${aid.group}, ${adults}`).fill('60')
      await coordinator.getByLabel(`${youth.group}, ${children}`).fill('40')
      await look(coordinator, 'registration')
      await coordinator.getByLabel('Personuppgiftsansvarig nämnd').fill('Socialnämnden i Alingsås kommun')
      await coordinator.getByLabel('Kontakt till nämnden', { exact: true }).fill('socialnamnden@alingsas.se')
      await coordinator.getByLabel('Kontakt till nämndens dataskyddsombud').fill('dataskydd@alingsas.se')
      await press(coordinator, 'Skicka in anmälan')
      await look(coordinator, 'registered')
    })

    test('the administrator approves, and opens the collection by the copy of the key', async () => {
      await menu(admin!, 'Anmälningar')
      await look(admin!, 'registrations')
      await follow(admin!, 'Alingsås')
      await press(admin!, 'Godkänn')
      await read(admin!, 'Anmälan är godkänd.')
      await menu(admin!, 'Omgångar')
      await follow(admin!, 'Omgång prov')
      await follow(admin!, 'Öppna insamlingen …')
      await look(admin!, 'beginning')
      await admin!.setInputFiles('#keyFile', keyFile)
      await press(admin!, 'Kontrollera nyckeln och öppna insamlingen')
      await read(admin!, 'Insamlingen är öppen.')
    })

    test('the coordinator invites those who meet people', async () => {
      links.caseworker = await invite(coordinator!, { name: 'Ali Ask', role: 'Handläggare', at: [adults!] })
      links.host = await invite(coordinator!, { name: 'Eva Alm', role: 'Värd', at: [children!] })
      await menu(coordinator!, 'Konton')
      await look(coordinator!, 'people')
    })

    /** What the list says of a print that was counted; then what is still to be counted. */
    const reads = async (batch: string, text: string) => {
      await menu(coordinator!, 'Lappar och brev')
      await coordinator!.getByRole('link', { name: /^Alla / }).click()
      await batchRow(coordinator!, batch).getByText(text).waitFor()
      await menu(coordinator!, 'Räkna överblivna')
    }

    test('slips and letters are printed, and what is posted is said', async () => {
      const slips = await print(coordinator!, { to: inPrint(aid), kind: 'Lappar', number: 10 })
      expect(slips.bytes.subarray(0, 5).toString()).toBe('%PDF-')
      expect(codesInPdf(slips.bytes)).toBe(10)
      const addresses =
        'Namn;Gata;Postnr;Ort\nA A;Gatan 1;44130;Alingsås\nB B;Gatan 2;44130;Alingsås\nC C;Gatan 3;44130;Alingsås'
      const letters = await print(coordinator!, { to: inPrint(aid), kind: 'Brev', language: 'العربية', addresses })
      expect(codesInPdf(letters.bytes)).toBe(3)
      const merge = await print(coordinator!, { to: inPrint(aid), kind: 'Excelfil', number: 8 })
      const rows = await merged(merge)
      expect(rows).toHaveLength(8)
      Object.assign(links, { slips: slips.batch, merge: merge.batch, answered: rows[0]!.link, returned: rows[1]!.code })
      Object.assign(links, { left: rows[2]!.link, left2: rows[3]!.code })
      unused = rows[4]!.link

      await menu(coordinator!, 'Lappar och brev')
      await look(coordinator!, 'stock')
      await askedOf(coordinator!, letters.batch).getByRole('button', { name: 'Ja, alla' }).click()
      await reads(letters.batch, '3 delades ut, 0 blev över')
    })

    test('a tablet is enrolled by a one-time link', async () => {
      await menu(coordinator!, 'Surfplattor')
      await follow(coordinator!, 'Anslut en surfplatta')
      await coordinator!.getByLabel('Enhet').selectOption({ label: children })
      await press(coordinator!, 'Fortsätt')
      await coordinator!.getByLabel('Namn').fill('Receptionen')
      await press(coordinator!, 'Skapa länken')
      await look(coordinator!, 'tablet-link')
      expect(await coordinator!.locator('strong.number').innerText()).toMatch(/^\d{6}$/)
      tablet = await service.person(600, { viewport: { width: 600, height: 960 }, hasTouch: true })
      await enrol(tablet, await coordinator!.locator('#link').inputValue())
    })

    test('the caseworker draws codes and counts a no with one press each, on a phone', async () => {
      caseworker = await service.person(390)
      await accept(caseworker, links.caseworker!, 'mjuka bullar till fikat')
      await look(caseworker, 'offer')
      await press(caseworker, 'العربية')
      await look(caseworker, 'code')
      links.arabic = (await caseworker.locator('.big-code').innerText()).replace(/\D/g, '')
      await follow(caseworker, 'Klar, dölj koden')
      await caseworker.locator('.draw button.primary').click()
      await follow(caseworker, 'Klar, dölj koden')
      await caseworker.locator('.draw button.primary').click()
      await press(caseworker, 'Personen vill ändå inte svara')
      for (let no = 0; no < 3; no++) await press(caseworker, 'Personen tackar nej')
      await press(caseworker, 'Ångra')
      await read(caseworker, 'Nejet är borttaget.')
      await look(caseworker, 'offered')
    })

    test('people answer: with the code in Arabic, and by the link of a letter', async () => {
      const person = await service.person(390, { locale: 'ar' })
      await person.goto(service.url)
      expect(await person.locator('html').getAttribute('dir')).toBe('rtl')
      await person.fill('#code', links.arabic!)
      await person.click('#entry button[type=submit]')
      await person.waitForURL('**/questions')
      await answerStepByStep(person, { contact: 'very_easy', overall: 'fairly_satisfied', gender: 'woman' })
      await send(person)
      const other = await service.person(390)
      await other.goto(links.answered!)
      await other.waitForURL('**/questions')
      await answerStepByStep(other, { views: 'yes', gender: 'man' })
      await send(other)
    })

    test('the tablet answers twice, and the host counts a no', async () => {
      const both: Record<string, string>[] = [
        { contact: 'very_easy', overall: 'very_satisfied', gender: 'other' },
        { contact: 'fairly_hard', views: 'no' },
      ]
      for (const choices of both) {
        await tablet!.locator('#wall').waitFor({ state: 'visible' })
        await answerOnTablet(tablet!, 'uk', choices)
        await sendOnTablet(tablet!)
        await tablet!.reload() // the thanks would stay for fifteen seconds
      }
      host = await service.person(390)
      await accept(host, links.host!, 'receptionens gröna soffa')
      await look(host, 'host-home')
      await press(host, 'Tackade nej vid surfplattan')
      await read(host, 'Ett nej är räknat.')
      await look(host, 'host-offer')
      await menu(host, 'Svarsfrekvens')
      await read(host, 'av 1–5 erbjudna svarat') // 3, which would tell of 2 answers
      await menu(coordinator!, 'Surfplattor')
      const delivered = "select count(*) from urn where channel = 'tablet'"
      await expect.poll(() => valueIn(service.db, delivered)).toBe(2)
      await coordinator!.reload()
      await look(coordinator!, 'tablets')
    })

    test('paper forms are handed out, typed with one undone, and imported', async () => {
      await menu(coordinator!, 'Pappersenkäter')
      await look(coordinator!, 'paper')
      await follow(coordinator!, 'Utlämnade')
      await coordinator!.getByLabel(`Antal utlämnade, ${children}, ${youth.group}`).fill('30')
      await coordinator!.getByLabel(`Antal som tackade nej, ${children}, ${youth.group}`).fill('2')
      await press(coordinator!, 'Lägg till')
      await look(coordinator!, 'paper-tally')
      await follow(coordinator!, 'Registrera')
      await coordinator!.getByLabel(`${youth.group} ${children}`).check()
      await coordinator!.locator('#forms').fill('3')
      await press(coordinator!, 'Börja registrera')
      await coordinator!.locator('.digit:focus').waitFor()
      for (const [place, digits] of ['12113021', '25224312'].entries()) {
        await coordinator!.keyboard.type(`${digits}\n`)
        await read(coordinator!, `Formulär ${place + 1} är sparat.`)
      }
      await press(coordinator!, 'Ångra formulär 2')
      await read(coordinator!, 'Formulär 2 är borttaget.')
      for (const [place, digits] of ['45224312', '31412130'].entries()) {
        await coordinator!.keyboard.type(`${digits}\n`)
        await read(coordinator!, `Formulär ${place + 2} är sparat.`)
      }
      await look(coordinator!, 'typed')
      await press(coordinator!, 'Avsluta bunten')
      await read(coordinator!, 'Bunten är klar.')

      await follow(coordinator!, 'Läs in svar från en fil')
      await coordinator!.locator('#file').setInputFiles(csvFile('svar.csv', ownTool))
      await press(coordinator!, 'Läs filen')
      await coordinator!.locator('#stratum').selectOption({ label: `${children}, ${youth.group.toLowerCase()}` })
      await press(coordinator!, 'Gå vidare')
      await press(coordinator!, 'Kontrollera inläsningen')
      await look(coordinator!, 'dry-run')
      await press(coordinator!, 'Läs in 20 svar')
      await read(coordinator!, '20 svar är låsta')
    })

    test('what is left over is counted by number and by scanning, and a letter comes back', async () => {
      await menu(coordinator!, 'Räkna överblivna')
      await look(coordinator!, 'counting')
      await coordinator!.locator(`[name="number.${links.slips}"]`).fill('6')
      await press(coordinator!, 'Spara')
      await reads(links.slips!, '4 delades ut, 6 blev över')
      await coordinator!.locator('#leftover').fill([links.left, links.left2, links.left].join('\n'))
      await press(coordinator!, 'Kontrollera')
      await look(coordinator!, 'scanned')
      await press(coordinator!, 'Spara som överblivna')
      await reads(links.merge!, '6 delades ut, 2 blev över')
      await coordinator!.locator('#undeliverable').fill(links.returned!)
      await press(coordinator!, 'Räkna som retur')
      await look(coordinator!, 'returned')
      expect(await coordinator!.locator('.figures dd').first().innerText()).toBe('1')
    })

    test('the response rate is right to the person', async () => {
      const strata = await listStrata(service.db, 'prov', { municipalityCode: '1489' })
      const records = await listChannelRecords(service.db, 'prov')
      const found = records.map((record) => {
        const { unit, targetGroup: group } = strata.find(({ id }) => id === record.stratumId)!
        return { unit, group, channel: record.channel, ...dispositionsOf(record) }
      })
      const order = (lines: typeof found) => lines.sort((a, b) => a.channel.localeCompare(b.channel))
      expect(order(found)).toEqual(order(byHand as typeof found))
      expect(rateLine(records)).toEqual({ ...inAll, missingTallies: [], unsettledBatches: 0 })
    })

    test('and the page of the fieldwork tells of it after a night, as much as it may', async () => {
      await tellRound(service.db, { roundId: 'prov', day: '2026-09-14' })
      await menu(coordinator!, 'Svarsfrekvens')
      await read(coordinator!, '40–64 % har svarat i Alingsås')
      expect(await coordinator!.getByText('Det här saknas').count()).toBe(0)
      await look(coordinator!, 'fieldwork')
      await follow(coordinator!, 'Målgrupper')
      expect(await rowsOf(coordinator!, 'Målgrupper')).toEqual([...fieldworkByHand.groups, fieldworkByHand.total])
      await follow(coordinator!, 'Sätt att erbjuda')
      expect(await rowsOf(coordinator!, 'Sätt att erbjuda')).toEqual([
        ...fieldworkByHand.channels,
        fieldworkByHand.total,
      ])
      await menu(caseworker!, 'Svarsfrekvens')
      await look(caseworker!, 'fieldwork-phone')
      for (const [page, name] of [
        [admin, 'national-fieldwork'],
        [host, 'host-fieldwork'],
      ] as const) {
        await menu(page!, 'Svarsfrekvens')
        await look(page!, name)
      }
    })

    test('the administrator closes the round with the key file and reads the shares counted by hand', async () => {
      await menu(admin!, 'Omgångar')
      await follow(admin!, 'Omgång prov')
      await follow(admin!, 'Gå till stängningen')
      await look(admin!, 'closing')
      await rememberAddress(service)
      await admin!.setInputFiles('#keyFile', keyFile)
      await admin!.locator('#year').fill('2026')
      await press(admin!, 'Stäng insamlingen')
      await read(admin!, 'Andel positiva svar, med antal svar inom parentes')
      await look(admin!, 'shares')
      await read(
        admin!,
        'Hur många som svarade i landet visas inte: de är färre än tio, eller så skulle antalet avslöja en annan siffra.',
      )
      expect(await rowsOf(admin!, 'Andel positiva svar')).toEqual(sharesByHand)
    })

    test('codes no longer work, addresses are gone, and nothing else of the collection goes on', async () => {
      const person = await service.person(390)
      await person.goto(unused)
      await person.waitForURL('**/closed')
      expect(await service.mailDb.$count(recipients)).toBe(0)
      await caseworker!.reload()
      await look(caseworker!, 'offer-closed')
      expect(await caseworker!.getByRole('button', { name: 'Ta fram en kod' }).count()).toBe(0)
      await tablet!.locator('#wall').waitFor({ state: 'hidden', timeout: 120_000 })
    })

    test('the audit trail tells who did what, and no code', async () => {
      await menu(admin!, 'Händelselogg')
      await look(admin!, 'audit')
      const text = await admin!.locator('main').innerText()
      for (const who of ['Nina Norr', 'Kim Ek']) expect(text).toContain(who)
      for (const name of ['arabic', 'answered', 'returned']) {
        const digits = links[name]!.replace(/^.*#|\D/g, '')
        expect(digits).toHaveLength(16)
        expect(text.replace(/\s/g, '')).not.toContain(digits)
      }
    })
  },
)

/** As when somebody of economic assistance was written to by e-mail. */
async function rememberAddress({ db, mailDb }: WholeService): Promise<void> {
  const [stratum] = await listStrata(db, 'prov', { municipalityCode: '1489' })
  const sealed = { addressTag: Buffer.alloc(32, 1), sealed: Buffer.alloc(64, 2) }
  await mailDb
    .insert(recipients)
    .values({ ...sealed, id: 'one', roundId: 'prov', stratumId: stratum!.id, state: 'queued' })
  expect(await mailDb.$count(recipients)).toBe(1)
}
