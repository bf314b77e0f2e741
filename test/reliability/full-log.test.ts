import { existsSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadKeys } from '../../src/database/key-folder.ts'
import { answer, answering, newOperator, type Operator, stopped } from '../cli/operator.ts'
import { freePort } from '../support/free-port.ts'
import { drawCodes, openRound, startService } from '../support/service.ts'
import { canMount, mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'

let operator: Operator
beforeEach(() => {
  operator = newOperator()
})
afterEach(() => operator.leave())

/** An installation with a round under way; the codes that are out. */
async function install(count: number): Promise<string[]> {
  await operator.json('init')
  const keys = loadKeys(join(operator.dataDir, 'keys'))
  const service = await startService({ file: operator.databaseFile, keys })
  const codes = await drawCodes(service, await openRound(service.db), { count })
  await service.close()
  return codes
}

/** The built service with its whole output in one file. */
async function startInto(log: string) {
  const port = String(await freePort())
  const output = openSync(log, 'a')
  const process = operator.startInto(['ignore', output, output], { HOST: '127.0.0.1', PORT: port, LOG_LEVEL: 'info' })
  const url = `http://127.0.0.1:${port}`
  await answering(process, url)
  return { url, process }
}

const answers = { overall: 'very_satisfied' }

describe('a full disk under the log', () => {
  test.skipIf(!existsSync('/dev/full'))('from the first line on: answers are taken, and SIGTERM stops it', async () => {
    const [code] = await install(1)
    const { url, process } = await startInto('/dev/full')
    await answer(url, code!, answers)
    expect(await stopped(process)).toBe(0)
  })

  test.skipIf(!canMount())(
    'and under the data: people keep their forms, and with room again all are taken',
    async () => {
      mkdirSync(operator.dataDir)
      const disk: SmallDisk = mountSmallDisk(operator.dataDir, 8)
      try {
        const codes = await install(60)
        const { url, process } = await startInto(join(operator.dataDir, 'service.log'))
        disk.leaveFree(0)
        for (const code of codes) await expect(answer(url, code, answers)).rejects.toThrow('sending to null')
        expect([process.exitCode, (await fetch(`${url}/health`)).status]).toEqual([null, 200])
        disk.makeRoom()
        for (const code of codes) await answer(url, code, answers)
        expect(await stopped(process)).toBe(0)
      } finally {
        disk.unmount()
      }
    },
  )
})
