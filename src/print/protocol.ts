import type { Language, Languages } from '../language/languages.ts'
import type { Protocol, ProtocolText } from '../results/protocol.ts'
import { swedishDay, writtenDay, writtenTime } from '../time/swedish-day.ts'
import { peoplesLine } from './rich-text.ts'
import type { Sheet } from './sheet.ts'

export interface ProtocolSheetOptions {
  protocol: Protocol
  /** The short form of the key that it was signed with. */
  keyMark: string
  /** The figures are made up. */
  isPractice: boolean
  /** Whether it is for an archive. */
  isArchived?: boolean
  language: Language
  languages: Languages
}

/** The protocol of a release to be read and kept on paper: what was signed, the signature, and how both are checked. */
export function protocolSheet(of: ProtocolSheetOptions): Sheet {
  const { protocol, keyMark, isPractice, isArchived = false, language, languages } = of
  const said: ProtocolText = JSON.parse(protocol.signed)
  const text = (key: string, values?: Record<string, string | number>) => languages.text(language, key, values)
  const { lang, dir } = { lang: language.code, dir: language.dir }
  const { strata } = said.facts
  const { part } = said
  const title = text(part ? 'staff.protocol.titleOfPart' : 'staff.protocol.title', {
    ...{ id: said.round, number: said.release, name: part?.name ?? '' },
  })
  return {
    template: 'protocol',
    title,
    lang,
    dir,
    sides: 'both',
    ...(isArchived ? { archivedOf: swedishDay(new Date(said.openedAt)) } : {}),
    content: {
      title,
      practice: isPractice ? text('results.practice') : null,
      page: text('staff.protocol.page'),
      facts: factsOf(said, language, text),
      steps: {
        title: text('staff.protocol.steps'),
        head: ['what', 'takesEffect', 'who'].map((column) => text(`staff.protocol.${column}`)),
        rows: said.steps.map((step) => stepRow(step, language, text)),
        none: text('staff.protocol.noSteps'),
      },
      strata: {
        title: text('staff.releases.strata'),
        head: ['municipality', 'unit', 'group', 'ballots'].map((column) => text(`staff.protocol.${column}`)),
        rows: strata.map(({ municipality, unit, targetGroup, ballots }) => [
          peoplesLine(municipality),
          peoplesLine(unit),
          text(`staff.words.groups.${targetGroup}`),
          text(`staff.protocol.classes.${classKey[ballots]}`),
        ]),
      },
      signature: {
        title: text('staff.protocol.signature'),
        about: text('staff.protocol.signatureText'),
        facts: [
          { name: text('staff.protocol.signatureOf'), code: protocol.signature },
          { name: text('staff.protocol.publicKey'), code: protocol.publicKey },
          { name: text('staff.releases.keyMark'), code: keyMark },
        ],
        how: text('staff.protocol.how'),
        command: `brukarsvar results verify ${protocolName(said.round, said.release, part?.municipality)}.json`,
        checks: text('staff.protocol.checks'),
      },
    },
    links: [],
  }
}

/** What the file of a protocol is called, without its ending. @param municipality the code of whose part it is, where it is not the whole */
export const protocolName = (roundId: string, number: number, municipality?: string): string =>
  ['protocol', roundId, number, ...(municipality === undefined ? [] : [municipality])].join('-')

type Said = (key: string, values?: Record<string, string | number>) => string

const classKey = { none: 'none', 'fewer than ten': 'few', 'ten or more': 'many' } as const

function factsOf(
  { facts, part, openedAt, reason, indicators, destroyed }: ProtocolText,
  { intl }: Language,
  text: Said,
) {
  const { year, version, unreadable, offers, isGivenUp } = facts
  const day = destroyed && writtenDay(intl, destroyed.on)
  return [
    { name: text('staff.protocol.year'), text: String(year) },
    { name: text('staff.releases.opened'), text: writtenTime(intl, openedAt) },
    { name: text('staff.protocol.version'), text: version },
    ...(reason ? [{ name: text('staff.protocol.reason'), text: peoplesLine(reason) }] : []),
    ...(unreadable
      ? [{ name: text('staff.releases.unreadable'), text: text('staff.protocol.fromTo', { ...unreadable }) }]
      : []),
    ...(isGivenUp ? [{ name: text('staff.releases.givenUp'), text: text('staff.releases.givenUpText') }] : []),
    ...(destroyed && day
      ? [
          {
            name: text('staff.protocol.destroyed'),
            text: destroyed.decision
              ? text('staff.releases.destroyed', { day, decision: peoplesLine(destroyed.decision) })
              : text('staff.releases.destroyedWithout', { day }),
          },
        ]
      : []),
    { name: text('staff.releases.hash'), code: indicators.sha256 },
    ...(offers ? [{ name: text('staff.protocol.offers'), code: offers }] : []),
    ...(part ? [{ name: text('staff.protocol.hashOfPart', { name: part.name }), code: part.sha256 }] : []),
  ]
}

function stepRow(step: ProtocolText['steps'][number], { intl }: Language, text: Said): string[] {
  const { kind, isAlone, proposedByName = '', approvedByName, proposedAt, approvedAt, takesEffect, reason } = step
  const nameOf = (name = '') => (name === 'operator' ? text('staff.releases.operator') : peoplesLine(name))
  const how = isAlone ? 'saidAlone' : approvedByName === undefined ? 'saidBy' : 'saidByTwo'
  const values = {
    name: nameOf(proposedByName),
    other: nameOf(approvedByName),
    time: writtenTime(intl, approvedAt ?? proposedAt),
  }
  const who = text(`staff.releases.${how}`, values)
  return [
    text(`staff.releases.step.${kind}`),
    writtenTime(intl, takesEffect),
    reason ? `${who} ${peoplesLine(reason)}` : who,
  ]
}
