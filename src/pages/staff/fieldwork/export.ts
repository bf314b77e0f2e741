import type { Line } from '../../../fieldwork/line.ts'
import type { Overview } from '../../../fieldwork/overview.ts'
import { channelText, countText, rateText, type Words } from '../words.ts'

/** The tables of a page as rows of a file, with a head: where, what, and the figures as far as they are told. */
export function exportRows(overview: Overview, place: string, words: Words): string[][] {
  const { t } = words
  const head = ['place', 'part', 'offered', 'responded', 'rate', 'declined', 'undeliverable']
  const row = (where: string, part: string, line: Line) => [
    ...[where, part, countText(line.offered, words), countText(line.responded, words), rateText(line, words)],
    ...[String(line.declined), String(line.undeliverable)],
  ]
  const group = (name: string) => t(`staff.words.groups.${name}`)
  return [
    head.map((name) => t(`staff.fieldwork.${name}`)),
    row(place, t('staff.fieldwork.whole'), overview.total),
    ...overview.groups.map((line) => row(place, group(line.targetGroup), line)),
    ...overview.channels.map((line) => [
      ...[place, t(`staff.words.channels.${line.channel}`), countText(line.offered, words)],
      ...[channelText(line, words), line.responded ? rateText({ ...line, responded: line.responded }, words) : ''],
      ...[String(line.declined), String(line.undeliverable)],
    ]),
    ...overview.units.map((line) => row(line.unit, t('staff.fieldwork.whole'), line)),
    ...overview.strata.map((line) => row(line.stratum.unit, group(line.stratum.targetGroup), line)),
    ...overview.municipalities.map((line) => row(line.municipality, t('staff.fieldwork.whole'), line)),
  ]
}
