import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import type { AnswerStores } from '../../src/stores.ts'

type Step = [name: string, ask: () => Promise<unknown>]

const pepper = Buffer.alloc(32, 7)
const now = new Date('2026-10-01T08:00:00Z')
const today = '2026-10-01'
const at = { roundId: '2026', municipalityCode: '1489' }
const link = (nth: number) => ({ tag: Buffer.alloc(32, nth), until: new Date('2026-12-01T08:00:00Z'), by: 'operator' })

/**
 * A round as its people take it from its plan to its last day, a question to the stores at a time. What one step found is used by later
 * ones, so that nothing has to be known of what is drawn by lot.
 */
export function* script(stores: AnswerStores): Generator<Step> {
  const { round, organisation, invitation, people, audit, fieldwork, tablet, paper, enrolment, notice, ownTexts } =
    stores
  const days = { opensOn: '2026-09-01', closesOn: '2026-10-31' }
  const plan = { id: '2026', year: 2026, ...days, publicKey: Buffer.alloc(32, 1), targetGroups: [...targetGroups] }
  yield ['a round is made', () => round.createRound({ ...plan, languages: ['sv', 'ar'] })]
  yield ['it is not made twice', () => round.createRound(plan)]
  yield ['it is read', () => round.getRound('2026')]
  yield ['another is not', () => round.getRound('2027')]

  const units: { id: string; municipalityCode: string }[] = []
  for (const name of ['Åsö', 'Ängen', 'norra', 'Norra Östra', 'Zinken'])
    yield [
      `unit ${name}`,
      async () => {
        const made = await organisation.addUnit({ municipalityCode: '1489', name })
        units.push(made)
        return made
      },
    ]
  yield ['no two of one name', () => organisation.addUnit({ municipalityCode: '1489', name: 'NORRA' })]
  yield ['one elsewhere', () => organisation.addUnit({ municipalityCode: '1490', name: 'norra' })]
  yield ['in a municipality that is none', () => organisation.addUnit({ municipalityCode: '9999', name: 'x' })]
  yield ['units', () => organisation.listUnits({ municipalityCode: '1489' })]
  yield ['a new name', () => organisation.renameUnit(units[4]! as never, 'Åkern')]
  yield ['a name that is taken', () => organisation.renameUnit(units[4]! as never, 'åsö')]
  yield ['groups', () => organisation.addStrata('2026', units[0]!.id, ['youth', 'guardian'])]
  yield ['groups of another', () => organisation.addStrata('2026', units[1]!.id, ['economic_assistance'])]
  yield ['municipalities', () => organisation.listMunicipalities()]
  yield ['counties', () => organisation.listCounties()]
  yield ['strata', () => organisation.listStrata('2026')]
  yield ['strata of a unit', () => organisation.listStrata('2026', { unitIds: [units[0]!.id] })]
  yield ['strata of nobody', () => organisation.listStrata('2026', { unitIds: [] })]

  yield ['it collects', () => round.moveRound('2026', ['draft'], 'collecting')]
  yield ['it cannot begin again', () => round.moveRound('2026', ['draft'], 'collecting')]
  yield ['the one that is worked with', () => round.findWorkingRound()]
  yield ['a pause', () => round.setPaused('2026', true)]
  yield ['paused ones', () => round.listPausedRounds()]
  yield ['no pause', () => round.setPaused('2026', false)]
  yield ['its last day', () => round.moveLastDay('2026', '2026-11-15')]

  let strata: { id: string }[] = []
  yield [
    'strata to issue in',
    async () => {
      strata = await organisation.listStrata('2026', { unitIds: [units[0]!.id] })
      return strata.length
    },
  ]
  let batchId = ''
  const codes: string[] = []
  const issue = (count: number, drawn: boolean) => async () => {
    const to = { stratumId: strata[0]!.id, channel: drawn ? ('handout' as const) : ('letter' as const), count, drawn }
    const issued = await invitation.issueCodes(pepper, { ...to, issuedOn: drawn ? undefined : today })
    if (!drawn) batchId = issued.batchId
    codes.push(...issued.codes)
    return issued.codes.length
  }
  yield ['codes drawn', issue(3, true)]
  yield ['codes printed', issue(2_500, false)]
  yield ['codes drawn again', issue(1, true)]
  yield [
    'codes of a stratum that is none',
    () => invitation.issueCodes(pepper, { stratumId: 'x', channel: 'handout', count: 1, drawn: true }),
  ]
  yield ['how many were issued', () => invitation.countIssued('2026', {})]
  yield ['how many were issued in rounds', () => invitation.countInvitations(['2026', '2025'])]
  yield ['prints', () => invitation.listBatches('2026', { municipalityCode: '1489' })]
  yield ['a print of somebody else', () => invitation.getBatchWithin({ municipalityCode: '1490' }, batchId)]
  yield ['leftovers', () => invitation.recordLeftover(batchId, 40)]
  yield ['leftovers counted again', () => invitation.recordLeftover(batchId, 40)]
  yield ['more leftovers than codes', () => invitation.recordLeftover(batchId, 4_000)]
  yield [
    'issued codes',
    () =>
      invitation
        .findIssuedCodes(pepper, { roundId: '2026', scope: {}, codes: [codes[0]!, '1'.repeat(16)] })
        .then((found) => found.length),
  ]
  const tally = (number: number) =>
    ({ stratumId: strata[0]!.id, channel: 'handout', disposition: 'declined', number }) as const
  yield ['two refusals', () => invitation.addToTallies([tally(1), tally(1)])]
  yield ['one taken back', () => invitation.addToTallies([tally(-1)])]
  yield ['more taken back than were', () => invitation.addToTallies([tally(-5)])]

  let person = ''
  const somebody = { email: 'Åsa@Alingsas.se', name: 'Åsa Ek', role: 'caseworker', municipalityCode: '1489' } as const
  yield ['nobody works here', () => people.hasNoStaff()]
  yield [
    'somebody does',
    async () => (person = await people.addPerson({ ...somebody, unitIds: [units[0]!.id] }, link(1))),
  ]
  yield ['not twice', () => people.addPerson({ ...somebody, email: 'åsa@alingsas.se' }, link(2))]
  yield [
    'nor at a unit elsewhere',
    () =>
      people.addPerson({ ...somebody, email: 'b@b.se', municipalityCode: '1490', unitIds: [units[0]!.id] }, link(3)),
  ]
  yield ['people', () => people.listPeople({ municipalityCode: '1489' })]
  yield ['an invitation', () => people.findInvited(link(1).tag, now).then((found) => found?.name)]
  yield ['an invitation too late', () => people.findInvited(link(1).tag, new Date('2027-01-01'))]
  yield ['an account', () => people.findAccountByEmail('åsa@alingsas.se').then((found) => found?.role)]
  yield ['deeds', () => audit.recordDeeds([{ staffId: person, action: 'codes.drawn', municipalityCode: '1489', now }])]
  yield [
    'deeds by the hour',
    () =>
      audit.recordDeeds(
        Array.from({ length: 3 }, () => ({ staffId: person, action: 'codes.drawn', now, byTheHour: true })),
      ),
  ]
  yield ['what was done', () => audit.listDeeds({ who: 'ÅSA' }, { limit: 10 })]
  yield ['what nobody did', () => audit.listDeeds({ who: 'Bo', from: today }, { limit: 10 })]

  yield [
    'a tablet',
    () =>
      tablet.inviteTablet({
        name: 'I hallen',
        strata: strata.map(({ id }) => id),
        enrolmentTag: Buffer.alloc(32, 9),
        enrolUntil: now,
        pin: { salt: Buffer.alloc(16), hash: Buffer.alloc(32) },
        dailyQuota: 10,
      } as never),
  ]
  yield [
    'a tablet nowhere',
    () =>
      tablet.inviteTablet({
        name: 'x',
        strata: ['x'],
        enrolmentTag: Buffer.alloc(32, 8),
        enrolUntil: now,
        pin: { salt: Buffer.alloc(16), hash: Buffer.alloc(32) },
        dailyQuota: 10,
      } as never),
  ]
  yield ['tablets', () => tablet.listTablets('2026')]
  yield [
    'a bundle',
    () => paper.addBundle({ id: 'bundle-1', stratumId: strata[0]!.id, staffId: person, forms: 3, isSampled: false }),
  ]
  yield [
    'once',
    () => paper.addBundle({ id: 'bundle-1', stratumId: strata[0]!.id, staffId: person, forms: 3, isSampled: false }),
  ]
  yield ['bundles', () => paper.listBundles('2026', { municipalityCode: '1489' })]
  yield ['fewer forms', () => paper.correctForms('bundle-1', 2)]
  yield ['forms handed out', () => paper.listHandedOut('2026', {})]

  yield ['what is registered', () => enrolment.listEnrolments('2026').then((all) => all.length)]
  yield ['how many', () => enrolment.countEnrolled('2026')]
  yield ['where', () => enrolment.listPlaces(at).then((all) => all.map(({ targetGroup }) => targetGroup).sort())]
  yield [
    'groups at units',
    () =>
      enrolment
        .changeGroups({ ...at, today }, [{ unitId: units[1]!.id, added: ['youth'], removed: [] }])
        .then((changed) => changed.map(({ before }) => before)),
  ]
  yield ['coordinators', () => enrolment.listCoordinators()]
  yield ['notices', () => notice.listMunicipalityNotices()]
  yield ['who is responsible', () => notice.findResponsible('1489')]
  yield ['the ledger', () => fieldwork.readLedger('2026')]
  yield ['how it goes', () => fieldwork.readOverview('2026', { municipalityCode: '1489' })]
  yield ['rounds that move', () => fieldwork.listMovingRounds(now)]
  yield ['turns of own texts', () => ownTexts.countTurns()]
  yield ['rounds', () => round.listRounds()]
}
