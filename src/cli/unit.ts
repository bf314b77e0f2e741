import type { Config } from '../config.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { groupList, unitName } from './arguments.ts'
import { type AddCommands, type Output, print, table, withStores } from './command.ts'

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
  const { unit, strata } = await withStores(config, async (stores) => {
    const round = await stores.round.getRound(options.round)
    const groups = options.groups ?? round.targetGroups
    const unit = await stores.organisation.addUnit({ municipalityCode, name })
    await stores.organisation.addStrata(round.id, unit.id, groups)
    return { unit, strata: (await stores.organisation.listStrata(round.id)).filter(({ unitId }) => unitId === unit.id) }
  })
  const rows = strata.map(({ id, targetGroup }) => [id, targetGroup])
  print(options, { unit, strata }, [`Unit ${unit.id}: ${unit.name}`, ...table(['stratum', 'target group'], rows)])
}
