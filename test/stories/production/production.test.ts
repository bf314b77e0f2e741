import { cpSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inFours } from '../../../src/invitation/survey-code.ts'
import { hasChromium } from '../../support/chromium.ts'
import { answerOnTablet, enrol, sendOnTablet } from '../../support/waiting-room.ts'
import { answerByCode, answerByLink, answerPlainly } from './answering.ts'
import * as byHand from './by-hand.ts'
import { ballotsOfTablets, readCounts, readLedger } from './figures.ts'
import { url } from './installation.ts'
import * as codes from './steps-codes.ts'
import * as municipality from './steps-municipality.ts'
import * as nation from './steps-nation.ts'
import * as paper from './steps-paper.ts'
import { buildTown, type Town } from './town.ts'

const guardians = byHand.guardiansByMail.map((_, index) => `person${index}@example.org`)
const nobody = 'finns-inte@example.org'

/**
 * What an operator, an administrator, a municipality and forty people do with the program that is shipped, from the first command to a
 * restored backup: `npm start` behind a proxy that ends TLS, the keys in a folder of their own, a real mail server. Nothing is looked up
 * in the database and nothing is put there: it uses what README and docs/operations.md tell.
 */
describe.skipIf(!hasChromium)('a round in production', () => {
  let town: Town
  let [admin, coordinator, caseworker, host, tablet]: Page[] = []
  let [recoveryCodes, drawn]: string[][] = []
  let prints: Awaited<ReturnType<typeof codes.printCodes>>
  let isBroken = false
  const password = (who: string) => `${who} cyklar utan ringklocka`

  beforeAll(async () => {
    town = await buildTown()
  })
  afterAll(() => town?.leave(), 120_000)
  beforeEach(({ skip }) => skip(isBroken, 'what it needs has failed'))
  afterEach(({ task }) => {
    isBroken ||= task.result?.state === 'fail'
  })

  test('the operator installs it, and it says who comes first', async () => {
    await town.machine.brukarsvar('init')
    await town.machine.brukarsvar('doctor')
    await town.machine.start()
    admin = await town.person({ viewport: { width: 1280, height: 800 } })
    recoveryCodes = await nation.makeFirstAccount(admin, town.machine.said(), password('Nina'))
    expect(recoveryCodes).toHaveLength(10)
    const cookies = await admin.context().cookies()
    expect(cookies.map(({ name, secure }) => [name, secure])).toContainEqual([expect.stringMatching('staff'), true])
  })

  test('the administrator makes a round and its key, and invites a municipality by e-mail', async () => {
    await nation.makeRound(admin!, [town.machine.path('usb1/prov.key'), town.machine.path('usb2/prov.key')])
    const kim = { name: 'Kim Ek', email: 'kim@alingsas.example', role: 'coordinator', municipality: 'Alingsås' }
    await nation.inviteByMail(admin!, kim)
  })

  test('the coordinator comes by the link, adds units from a file and registers', async () => {
    coordinator = await town.person({ viewport: { width: 1280, height: 800 } })
    await municipality.acceptByMail(town, coordinator, 'kim@alingsas.example', password('Kim'))
    await municipality.connectOwnApp(coordinator)
    await municipality.addUnitsFromFile(coordinator)
    await municipality.register(coordinator)
    await nation.approve(admin!, 'Alingsås')
    await nation.openCollection(admin!, town.machine.path('usb2/prov.key'))
  })

  test('anybody can read who is responsible for what they answer', async () => {
    const page = await town.person()
    await page.goto(`${url}/sv/about/1489`)
    const { boardName, boardContact, dpoContact } = municipality.ofMunicipality
    for (const text of [boardName, boardContact, dpoContact]) await page.getByText(text).first().waitFor()
    await page.goto(`${url}/sv/about`)
    for (const name of ['OWNER_NAME', 'OWNER_CONTACT', 'DPO_CONTACT'])
      await page.getByText(town.machine.settings[name]!).first().waitFor()
  })

  test('codes are printed, and drawn by a caseworker with a telephone', async () => {
    prints = await codes.printCodes(coordinator!)
    const ali = { name: 'Ali Ask', email: 'ali@alingsas.example', role: 'caseworker', unit: municipality.adults! }
    await nation.inviteByMail(coordinator!, ali)
    caseworker = await town.person()
    await municipality.acceptByMail(town, caseworker, ali.email, password('Ali'))
    drawn = await codes.drawCodes(caseworker)
    await codes.settlePrints(coordinator!, prints)
  })

  test('five people answer by a code in the hand, in five languages', async () => {
    const [first, second, ...rest] = byHand.adultsByHandout
    await answerByLink(town, `${url}/#${drawn![0]}`, first!)
    await answerByCode(town, inFours(drawn![1]!), second!)
    for (const [index, person] of rest.entries()) await answerPlainly(town, inFours(drawn![index + 2]!), person)
  })

  test('ten people answer by the codes of the table', async () => {
    const [first, second, ...rest] = byHand.adultsByLetter
    await answerByLink(town, prints.rows[0]!.link, first!)
    await answerByLink(town, prints.rows[1]!.link, second!)
    for (const [index, person] of rest.entries()) await answerPlainly(town, prints.rows[index + 2]!.code, person)
  })

  test('eleven people are invited by e-mail and answer', async () => {
    town.mail.says.toRecipient = (to) => (to === nobody ? [550, '5.1.1 No such user'] : undefined)
    await municipality.inviteGuardians(coordinator!, [...guardians.slice(0, 7), nobody], 'sv')
    await municipality.inviteGuardians(coordinator!, guardians.slice(7), 'ti')
    for (const [index, person] of byHand.guardiansByMail.entries()) {
      const { text } = await municipality.mailTo(town, guardians[index]!)
      const link = text.match(new RegExp(`${url}/\\S*#(\\d{16})`))!
      if (index === 0 || index === 7) await answerByLink(town, link[0], person)
      else await answerPlainly(town, link[1]!, person)
    }
  })

  test('six people answer on a tablet, four of them with the cable out', async () => {
    tablet = await town.tablet()
    await enrol(tablet, await municipality.inviteTablet(coordinator!))
    for (const [index, person] of byHand.youthsAtTablet.entries()) {
      if (index === 2) town.cable.pullOut()
      await tablet.locator('#wall').waitFor({ state: 'visible' })
      await answerOnTablet(tablet, person[1], byHand.choicesOf(person) as Record<string, string>)
      await sendOnTablet(tablet)
      await tablet.reload() // the cable is out: what is there was kept
    }
    town.cable.putBack()
    await expect.poll(() => ballotsOfTablets(town.machine)).toBe(6)
    const eva = { name: 'Eva Alm', email: 'eva@alingsas.example', role: 'host', unit: municipality.children! }
    await nation.inviteByMail(coordinator!, eva)
    host = await town.person()
    await municipality.acceptByMail(town, host, eva.email, password('Eva'))
    await municipality.countDeclined(host)
  })

  test('eight forms come back on paper: five are typed, three stand in a file', async () => {
    await paper.typePaper(coordinator!, byHand.youthsOnPaper.slice(0, 5))
    await paper.importAnswers(coordinator!, byHand.youthsOnPaper.slice(5))
  })

  test('the ledger is what was counted by hand', async () => {
    expect(await readLedger(town.machine)).toEqual(byHand.ledgerBeforeTheNight)
  })

  test('the round is closed, the urn opened with the key, and the counts are what was counted by hand', async () => {
    await town.machine.brukarsvar('backup', town.machine.path('backup/before-closing.sqlite'))
    await tablet!.close()
    expect(await nation.closeCollection(admin!, town.machine.path('usb1/prov.key'))).toBe('40')
    expect(await readCounts(town.machine)).toEqual(byHand.urnByHand)
    await town.machine.brukarsvar('backup', town.machine.path('backup/closed.sqlite'))
  })

  test('nothing that the service has said is a fault, a code or an address', () => {
    const said = town.machine.said()
    expect(said).not.toMatch(/"level":"?(?:[56]0|error|fatal)|Error/)
    for (const secret of [...drawn!, ...prints.rows.map(({ code }) => code), ...guardians, nobody, '127.0.0.1'])
      expect(said).not.toContain(secret)
  })

  test('the backup, restored into an empty folder, has the same figures and the same people', async () => {
    const { machine } = town
    await machine.stop()
    machine.settings.DATA_DIR = machine.path('new-data')
    cpSync(machine.path('etc/keys'), machine.path('new-etc/keys'), { recursive: true })
    machine.settings.KEY_DIR = machine.path('new-etc/keys')
    await machine.brukarsvar('restore', machine.path('backup/closed.sqlite'), '--yes')
    await machine.brukarsvar('doctor')
    await machine.start()
    expect(await readLedger(town.machine)).toEqual(byHand.ledgerAfterTheClose)
    expect(await readCounts(town.machine)).toEqual(byHand.urnByHand)
    const page = await town.person({ viewport: { width: 1280, height: 800 } })
    await nation.signIn(page, url, { email: 'nina@example.se', password: password('Nina'), number: recoveryCodes![0]! })
  })

  test('the backup of before the close is opened with the key and counts the same', async () => {
    const { machine } = town
    await machine.stop()
    await machine.brukarsvar('restore', machine.path('backup/before-closing.sqlite'), '--yes')
    await machine.brukarsvar('round', 'close', 'prov', '--key-file', machine.path('usb2/prov.key'), '--now')
    expect(await readCounts(town.machine)).toEqual(byHand.urnByHand)
  })
})
