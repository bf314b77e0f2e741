import type { Config } from '../config.ts'
import { addStrata, addUnit, listStrata } from '../organisation/store.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { getRound } from '../round/store.ts'
import { groupList, unitName } from './arguments.ts'
import { type AddCommands, type Output, print, table, withDatabase } from './command.ts'

interface AddOptions extends Output {
  round: string
  groups?: TargetGroup[]
}

export const unitCommands: AddCommands = (program, config) => {
  program
    .command('unit')
    .description('Units in municipalities.')
    .command('add')
    .description('Add a unit to a round, with the target groups it meets. Anything that already exists is kept.')
    .argument('<municipality>', 'official four-digit code, such as 1489')
    .argument('<name>', 'the name that visitors know; put it in quotes if it has spaces', unitName)
    .requiredOption('--round <id>', 'see: brukarsvar round status')
    .option('--groups <list>', 'target groups, separated by commas; if left out, all those in the round', groupList)
    .action((municipality: string, name: string, options: AddOptions) => add(config(), municipality, name, options))
}

async function add(config: Config, municipalityCode: string, name: string, options: AddOptions): Promise<void> {
  const { unit, strata } = await withDatabase(config, async (db) => {
    const round = await getRound(db, options.round)
    const groups = options.groups ?? round.targetGroups
    const unit = await addUnit(db, { municipalityCode, name })
    await addStrata(db, round.id, unit.id, groups)
    return { unit, strata: (await listStrata(db, round.id)).filter(({ unitId }) => unitId === unit.id) }
  })
  const rows = strata.map(({ id, targetGroup }) => [id, targetGroup])
  print(options, { unit, strata }, [`Unit ${unit.id}: ${unit.name}`, ...table(['stratum', 'target group'], rows)])
}
