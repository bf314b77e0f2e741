import { chartDefs } from '../../chart/defs.ts'
import type { Range } from '../../disclosure/steps.ts'
import { qualityQuestions } from '../../questionnaire/questions.ts'
import { maySeeUnits } from '../../results/readers.ts'
import { marks } from './area.ts'
import { matrixReport } from './matrix-report.ts'
import { inFileName } from './page-pictures.ts'
import type { ResultsContext, resultsPages } from './results-pages.ts'
import { unitDifferences, unitGroups } from './units-table.ts'

/** The units of a municipality, for those who lead it and its viewers: in the staff's pages alone, the public has no such address. */
export function unitsRoutes(page: ReturnType<typeof resultsPages>, { stores, config }: ResultsContext): void {
  if (!config) return

  page('/:municipality(^\\d{4}$)/units', 'municipalities', async (asked) => {
    const { key, params, reader, t, year } = asked
    const code = params.municipality!
    const municipalities = await stores.results.listReleasedMunicipalities(key)
    const municipality = municipalities.find(({ area }) => area === code)
    if (!municipality) return undefined
    const { name } = municipality
    const title = t('results.units.title', { name, year: String(year) })
    if (!maySeeUnits(reader, code)) return { view: 'results/units-refused', title, data: { name, code }, status: 403 }

    const units = await stores.results.listReleasedUnits(key, code)
    const told = await stores.results.listIndicators(key, {
      levels: ['municipality', 'unit'],
      areas: [code, ...units.map(({ area }) => area)],
      measures: ['positive', 'responses', 'offered', 'rate'],
    })
    const table = unitGroups({ units, told, rangeOf: await rangesOf(stores, key.roundId, code) }, asked)
    return {
      view: 'results/units',
      title,
      files: {
        of: `${inFileName(name)}-${t('results.files.unit').toLowerCase()}`,
        report: async () =>
          matrixReport(
            {
              ...{ title, kind: t('results.files.unit') },
              rows: [{ area: code, name }, ...units].map((one) => ({
                ...{ id: one.area, name: one.name },
                own: told.filter(({ area }) => area === one.area),
              })),
            },
            asked,
          ),
      },
      data: {
        ...{ name, code, ...unitDifferences(table, asked) },
        questions: qualityQuestions.map(({ id }) => ({ name: t(`results.label.${id}`) })),
        groups: table.groups,
        defs: chartDefs(),
        marks,
      },
    }
  })
}

/** How many answered at a unit in a target group, as it was told while people answered. */
async function rangesOf(stores: ResultsContext['stores'], roundId: string, municipalityCode: string) {
  const part = { municipalityCodes: [municipalityCode] }
  const [places, told] = [
    await stores.fieldwork.listPlaces(roundId, part),
    await stores.fieldwork.listTold(roundId, part),
  ]
  const ranges = new Map<string, Range | undefined>(
    places.map(({ id, unitId, targetGroup }) => [`${unitId} ${targetGroup}`, told.find(id, 'all')]),
  )
  return (unitId: string, targetGroup: string) => ranges.get(`${unitId} ${targetGroup}`)
}
