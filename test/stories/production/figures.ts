import { join } from 'node:path'
import { openDatabase } from '../../../src/database/connection.ts'
import type { Range } from '../../../src/disclosure/steps.ts'
import { questions } from '../../../src/questionnaire/questions.ts'
import { valueIn } from '../../support/rows.ts'
import type { CountTable } from './by-hand.ts'
import type { Installation } from './installation.ts'

interface Line {
  channel: string
  offered: Range
  declined: number
  undeliverable: number
  responded: Range | null
}

/** How many answers the tablets have delivered: no page and no command tells it. */
export async function ballotsOfTablets({ settings }: Installation): Promise<number> {
  const db = openDatabase(join(settings.DATA_DIR!, 'brukarsvar.sqlite'), { mustExist: true })
  const number = await valueIn<number>(db, "select count(*) from urn where channel = 'tablet'")
  db.$client.close()
  return number
}

/** What became of the offers, as the operator's command tells it. */
export async function readLedger({ brukarsvar }: Installation) {
  const { channels, total } = JSON.parse(await brukarsvar('rates', 'prov', '--json'))
  const figures = ({ offered, declined, undeliverable, responded }: Line) => ({
    ...{ offered, declined, undeliverable, responded },
  })
  return {
    channels: Object.fromEntries(channels.map((line: Line) => [line.channel, figures(line)])),
    total: figures(total),
  }
}

/** What the urn held, as the holder of the key can read it. */
export async function readCounts({ brukarsvar, path }: Installation) {
  const { strata } = JSON.parse(await brukarsvar('round', 'status', 'prov', '--json'))
  const groups = strata.map(({ id, targetGroup }: { id: string; targetGroup: string }) => [id, targetGroup])
  const told = await brukarsvar('round', 'counts', 'prov', '--key-file', path('usb1/prov.key'), '--json')
  const { ballots, counts, languages } = JSON.parse(told)
  return { ballots, counts: tableOf(counts, Object.fromEntries(groups)), languages }
}

interface Count {
  stratumId: string
  question: string
  option: string
  number: number
}

function tableOf(counts: Count[], groupOf: Record<string, string>): CountTable {
  const nothing = () => Object.fromEntries(questions.map(({ id, options }) => [id, options.map(() => 0)]))
  const table: CountTable = Object.fromEntries(Object.values(groupOf).map((group) => [group, nothing()]))
  for (const { stratumId, question, option, number } of counts) {
    const { options } = questions.find(({ id }) => id === question)!
    table[groupOf[stratumId]!]![question]![options.indexOf(option)]! += number
  }
  return table
}
