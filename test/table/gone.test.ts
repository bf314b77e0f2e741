import { expect, test } from 'vitest'
import { readTable, writeCsv } from '../../src/table/table-file.ts'

const { signal: staying } = new AbortController()

test('a file that nobody waits for any more leaves the queue, and its owner has a turn again', async () => {
  const first = writeCsv(['a'], [['1']], { owner: 'another', signal: staying })
  const gone = new AbortController()
  const mine = { owner: 'mine', signal: gone.signal }
  const dropped = [writeCsv(['a'], [['2']], mine), readTable(Buffer.from('a;b'), 'b.csv', mine)]
  await expect(writeCsv(['a'], [['3']], { owner: 'mine', signal: staying })).rejects.toMatchObject({ code: 'too-many' })
  const ends = Promise.allSettled(dropped)
  gone.abort()
  const kept = writeCsv(['a'], [['4']], { owner: 'mine', signal: staying })
  expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect((await first).length).toBeGreaterThan(0)
  expect((await kept).toString()).toContain('4')
})
