import { readFileSync } from 'node:fs'
import { progressBar } from '../cli/progress.ts'
import { makeLink } from '../cli/tablet.ts'
import type { Config } from '../config.ts'
import { demoFileIn } from '../database/demo-file.ts'
import type { Stratum } from '../organisation/store.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { usualQuota } from '../tablet/tablet.ts'
import { swedishDay } from '../time/swedish-day.ts'
import type { DemoAccount } from './accounts.ts'
import type { Ground } from './ground.ts'

/** What a test or a load tool needs to drive the demo. */
export interface DemoFile {
  url: string
  codes: { code: string; stratum: string; targetGroup: TargetGroup; unit: string }[]
  /** A one-time link for each stratum, with the PIN of its staff corner. Links that were used are made anew at the next start. */
  tabletEnrolment: { url: string; stratum: string; pin: string }[]
  roundKeyFile: string
  staff: DemoAccount[]
}

export const alingsas = '1489'

/** Where the tablets of one unit stand, as people call it. */
const tabletPlaces = ['Receptionen', 'Väntrummet', 'Besöksrummet', 'Mottagningen', 'Entrén']
const tabletName = (unit: string, index: number) => `${tabletPlaces[index % tabletPlaces.length]}, ${unit}`

/** Shares the codes out among the strata: half as letters that were posted, half drawn at a meeting. */
export async function issueDemoCodes(
  { stores, keys }: Ground,
  strata: Stratum[],
  count: number,
): Promise<DemoFile['codes']> {
  if (count <= 0) return []
  const bar = progressBar('Issuing codes', count)
  const issued: DemoFile['codes'] = []
  for (const [index, { id: stratumId, targetGroup, unit }] of strata.entries()) {
    const share = Math.floor((count + index) / strata.length)
    const letters = Math.floor(share / 2)
    const issue = async (channel: 'handout' | 'letter', number: number) => {
      const onProgress = (done: number) => bar.update(issued.length + done)
      const [drawn, issuedOn] = [channel === 'handout', swedishDay(new Date())]
      const batch = await stores.invitation.issueCodes(keys.codePepper, {
        stratumId,
        channel,
        count: number,
        drawn,
        issuedOn,
        onProgress,
      })
      for (const code of batch.codes) issued.push({ code, stratum: stratumId, targetGroup, unit })
      return batch.batchId
    }
    if (share > letters) await issue('handout', share - letters)
    if (letters > 0) await stores.invitation.recordLeftover(await issue('letter', letters), 0)
  }
  bar.end()
  console.log(`${issued.length} codes issued.`)
  return issued
}

/** One tablet for each stratum. A link is good for one device: where it was used, or the address has changed, there is a new one. */
export async function inviteDemoTablets(
  config: Config,
  { stores }: Ground,
  roundId: string,
): Promise<DemoFile['tabletEnrolment']> {
  const { tabletEnrolment = [] }: Partial<DemoFile> = JSON.parse(readFileSync(demoFileIn(config.dataDir), 'utf8'))
  const invited = (await stores.tablet.listTablets(roundId)).filter(({ state }) => state === 'invited')
  const links: DemoFile['tabletEnrolment'] = []
  const strataOfAlingsas = await stores.organisation.listStrata(roundId, { municipalityCode: alingsas })
  for (const { id: stratum, unit } of strataOfAlingsas) {
    const known = tabletEnrolment.find(
      (link) => link.stratum === stratum && link.url.startsWith(`${config.publicUrl}/`),
    )
    if (known && invited.some(({ strata }) => strata[0]!.id === stratum)) {
      links.push(known)
      continue
    }
    const name = tabletName(
      unit,
      strataOfAlingsas.filter((other) => other.unit === unit).findIndex(({ id }) => id === stratum),
    )
    const { url, pin } = await makeLink(config, stores, { name, strata: [stratum], dailyQuota: usualQuota })
    links.push({ url, stratum, pin })
  }
  return links
}
