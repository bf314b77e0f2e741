import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bringUpToDate, type FormFields, seenText } from '../../src/web/meanwhile.ts'

const begun = { name: 'Norr', phone: '', groups: ['youth', 'guardian'] }
const sent = (seen: FormFields, typed: object) => ({ ...typed, seen: seenText(seen) })

describe('a form that has lain open', () => {
  test('changes only what was changed in it', () => {
    const now = { name: 'Norra enheten', phone: '', groups: ['youth', 'guardian', 'addiction'] }
    const { typed, problems } = bringUpToDate(sent(begun, { ...begun, phone: '0322', groups: ['youth'] }), now)
    expect(problems).toEqual({})
    expect(typed).toEqual({ name: 'Norra enheten', phone: '0322', groups: ['youth', 'addiction'] })
  })

  test('is refused where both have changed a text, with what stands there now, and keeps what was typed', () => {
    const now = { ...begun, name: 'Norra enheten', phone: '' }
    const { typed, problems, valuesOf } = bringUpToDate(sent(begun, { ...begun, name: 'Nord' }), now)
    expect(typed.name).toBe('Nord')
    expect(problems).toEqual({ name: 'staff.web.problem.changedMeanwhile' })
    expect(valuesOf.name).toEqual({ now: 'Norra enheten' })
    expect(bringUpToDate(sent(now, { ...now, name: 'Nord' }), now).problems).toEqual({})
  })

  test('has no clash where both have typed the same, nor for the line breaks of a browser', () => {
    const note = { note: 'ett\ntvå' }
    expect(bringUpToDate(sent({ name: 'a' }, { name: 'b' }), { name: 'b' }).problems).toEqual({})
    expect(bringUpToDate(sent(note, { note: 'ett\r\ntvå' }), { note: 'tre' }).typed).toEqual({ note: 'tre' })
  })

  test('says that a text was emptied', () => {
    expect(bringUpToDate(sent({ name: 'a' }, { name: 'b' }), {}).problems.name).toBe(
      'staff.web.problem.emptiedMeanwhile',
    )
  })

  test.each([undefined, '', 'nothing', '[]', '{"name":1}', '{"name":{"a":"b"}}', 'null'])(
    'counts as it stands when how it began cannot be read: %j',
    (seen) => {
      const { typed, problems } = bringUpToDate({ name: 'mine', seen }, { name: 'theirs' })
      expect([typed, problems]).toEqual([{ name: 'mine' }, {}])
    },
  )

  const boxes = fc.uniqueArray(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), { size: 'max', maxLength: 26 })
  const texts = fc.record({ a: fc.string(), b: fc.string({ size: 'large' }), c: fc.constantFrom('', 'x') })

  test('loses neither the one’s boxes nor the other’s, in whichever order they come', () => {
    fc.assert(
      fc.property(boxes, boxes, boxes, (seen, mine, theirs) => {
        const merged = bringUpToDate(sent({ on: seen }, { on: mine }), { on: theirs }).typed.on as string[]
        const expected = new Set(
          [...'abcdefghijklmnopqrstuvwxyz'].filter((box) => {
            const [was, now, ours] = [seen.includes(box), theirs.includes(box), mine.includes(box)]
            return ours === was ? now : ours
          }),
        )
        expect(new Set(merged)).toEqual(expected)
        expect(merged).toHaveLength(expected.size)
      }),
    )
  })

  test('with nobody else about is what was typed', () => {
    fc.assert(
      fc.property(texts, texts, (seen, mine) => {
        const { typed, problems } = bringUpToDate(sent(seen, mine), seen)
        const plain = (fields: object) => JSON.stringify(fields).replaceAll(/\\r(\\n)?/g, '\\n')
        expect(plain(typed)).toBe(plain(mine))
        expect(problems).toEqual({})
      }),
    )
  })
})
