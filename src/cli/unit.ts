import type { Config } from '../config.ts'
import { addStrata, addUnit, listStrata } from '../organisation/store.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { getRound } from '../round/store.ts'
import { type AddCommands, groupList, print, table, withDatabase } from './command.ts'

interface AddOptions {
  round: string
  groups?: TargetGroup[]
  json?: boolean
}

export const unitCommands: AddCommands = (program, config) => {
  program
    .command('unit')
    .description('The units of municipalities.')
    .command('add')
    .description('Add a unit to a round, with the target groups it meets. What exists already stays.')
    .argument('<municipality>', 'official four-digit code, such as 1489')
    .argument('<name>')
    .requiredOption('--round <id>')
    .option('--groups <list>', 'target groups, separated by commas; without it all of the round', groupList)
    .option('--json', 'print JSON')
    .action((municipality: string, name: string, options: AddOptions) => add(config(), municipality, name, options))
}

async function add(config: Config, municipalityCode: string, name: string, options: AddOptions): Promise<void> {
  await withDatabase(config, async (db) => {
    const round = await getRound(db, options.round)
    const unit = await addUnit(db, { municipalityCode, name })
    await addStrata(db, round.id, unit.id, options.groups ?? round.targetGroups)
    const strata = (await listStrata(db, round.id)).filter(({ unitId }) => unitId === unit.id)
    print(options, { unit, strata }, [
      `Unit ${unit.id}: ${unit.name}`,
      ...table(
        ['stratum', 'target group'],
        strata.map(({ id, targetGroup }) => [id, targetGroup]),
      ),
    ])
  })
}
