import { afterEach, describe, expect, test, vi } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { printPdf } from '../../src/print/print-process.ts'
import { everySheet } from './some-sheets.ts'

const languages = loadLanguages()
const slips = everySheet(languages, languages.find('sv')!).get('slips')!

afterEach(() => vi.useRealTimers())

describe('prints', () => {
  test('wait in a bounded queue, and are dropped when nobody waits for them any more', async () => {
    const leaving = new AbortController()
    const print = (owner: number) => printPdf(slips, { owner: `somebody ${owner}`, signal: leaving.signal })
    const [atWork, most] = [1, 60]
    const taken = Array.from({ length: atWork + most }, (_, owner) => print(owner).catch((reason) => reason))
    await expect(print(atWork + most)).rejects.toMatchObject({ code: 'too-many', messageKey: 'printBusy' })
    leaving.abort('nobody waits')
    expect(new Set(await Promise.all(taken))).toEqual(new Set(['nobody waits']))
  })

  test('of one person are five at most, at work and waiting', async () => {
    const leaving = new AbortController()
    const print = () => printPdf(slips, { owner: 'somebody', signal: leaving.signal })
    const taken = Array.from({ length: 5 }, () => print().catch((reason) => reason))
    await expect(print()).rejects.toMatchObject({ code: 'too-many', messageKey: 'printOwn' })
    leaving.abort('nobody waits')
    await Promise.all(taken)
  })

  test('that take two minutes are ended, and hold up nobody behind them', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const late = printPdf(slips).catch((reason) => reason)
    const next = printPdf(slips)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(await late).toMatchObject({ code: 'unavailable', messageKey: 'printTooSlow' })
    vi.useRealTimers()
    expect((await next).toString('latin1', 0, 5)).toBe('%PDF-')
  })
})
