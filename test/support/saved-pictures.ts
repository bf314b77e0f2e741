import { dotRow } from '../../src/chart/dot-row.ts'
import { priority } from '../../src/chart/priority.ts'
import type { SavedPicture } from '../../src/chart/saved-picture.ts'
import { shareAxis } from '../../src/chart/scale.ts'
import { stackedBar } from '../../src/chart/stacked-bar.ts'
import { strip } from '../../src/chart/strip.ts'
import { womenMen } from '../../src/chart/women-men.ts'
import { years } from '../../src/chart/years.ts'
import { bars, lines, pairs, percent, priorities, rows, strips } from './chart-gallery.ts'

const source =
  'Källa: den nationella brukarundersökningen i individ- och familjeomsorgen 2024, utgåva 1, 16 januari 2025.'
const axis = (width: number) => shareAxis(percent, { width })

/** Every kind of chart as a file. */
export const savedPictures: Record<string, SavedPicture> = {
  rows: {
    title: 'Synpunkter ligger över landet. Helheten ligger under. I fem frågor är det ingen säker skillnad.',
    subtitle: 'Andel positiva svar, alla målgrupper i Alingsås tillsammans. ”Vet inte” är inte med.',
    key: [
      { kind: 'own-interval', words: 'Alingsås 2024 med osäkerhet' },
      { kind: 'nation', words: 'Landet 2024' },
      { kind: 'before', words: 'Alingsås 2023' },
    ],
    chart: {
      axis,
      rows: Object.entries(rows).map(([label, row]) => ({
        label,
        value: row.own.percent === undefined ? '..' : percent(row.own.percent),
        chart: (width) => dotRow(row, { width }),
      })),
    },
    source,
  },
  pairs: {
    title: 'Bland unga är killar mer nöjda än tjejer.',
    key: [
      { kind: 'women', words: 'kvinnor, tjejer' },
      { kind: 'men', words: 'män, killar' },
    ],
    chart: {
      axis,
      rows: Object.entries(pairs).map(([label, pair]) => ({
        label,
        value: '',
        chart: (width) => womenMen(pair, { width }),
      })),
    },
    source,
  },
  bars: {
    title: 'En av fyra i Alingsås är missnöjd, i landet en av sju.',
    key: [
      { kind: 'neg-2', words: 'Mycket missnöjd' },
      { kind: 'neg-1', words: 'Ganska missnöjd' },
      { kind: 'zero', words: 'Ingen förändring' },
      { kind: 'pos-1', words: 'Ganska nöjd' },
      { kind: 'pos-2', words: 'Mycket nöjd' },
    ],
    chart: {
      rows: Object.entries(bars).map(([label, parts]) => ({
        label,
        value: percent(80),
        chart: (width) => stackedBar(parts, { width }),
      })),
    },
    source,
  },
  years: {
    title: 'Andelen nöjda har legat mellan 76 och 83 procent.',
    chart: (width) => years(lines['Nio år']!, { width }),
    source,
  },
  strip: {
    title: 'Alingsås ligger bland de lägsta.',
    chart: (width) => strip(strips['290 kommuner']!, { width }),
    source,
  },
  priority: {
    title: 'Att kunna påverka hjälpen har låg andel och starkt samband med helheten.',
    chart: (width) => priority(priorities['Vad hänger ihop med helheten?']!, { width }),
    source,
  },
}
