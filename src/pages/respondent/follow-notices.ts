import type { MunicipalityNotice } from '../../notice/responsible.ts'

/**
 * Knows whom the municipalities name, and asks again at each `look`: notices are read, too, while another process holds the
 * database. `now` gives the same list until something in it has changed.
 */
export async function followNotices(list: () => Promise<MunicipalityNotice[]>) {
  let text = ''
  let known: MunicipalityNotice[] = []

  async function look(): Promise<void> {
    const next = await list()
    const nextText = JSON.stringify(next)
    if (nextText === text) return
    known = next
    text = nextText
  }

  await look()
  return { now: () => known, look }
}
