/**
 * What the accessibility statement is made of: what was really tried, and when. It is kept by hand: without an assessment there is no
 * new day. `by` names the test that tries it again at each change; what only a person did has none.
 */
export interface Trial {
  surface: Surface
  what: string
  with: string
  /** ISO day. */
  on: string
  by?: string
}

export type Surface = 'public' | 'staff' | 'pdf'

export const surfaces: readonly Surface[] = ['public', 'staff', 'pdf']

/** The day of the last assessment of all three, and the day this file, or a text of the statement, was last changed. */
export const assessed = '2026-11-28'
export const updated = '2026-11-28'

export const trials: readonly Trial[] = [
  {
    surface: 'public',
    what: 'every page in every language, with an automated tool',
    with: 'axe-core in Chromium',
    on: '2026-11-28',
    by: 'test/stories/everyone.test.ts',
  },
  {
    surface: 'public',
    what: 'the way from code to thanks with the keyboard alone',
    with: 'Chromium',
    on: '2026-11-28',
    by: 'test/stories/answering.test.ts',
  },
  {
    surface: 'public',
    what: 'the ways of respondents, by automation and by eye',
    with: 'Firefox ESR and WebKitGTK',
    on: '2026-11-28',
  },
  {
    surface: 'staff',
    what: 'the pages of every role, with an automated tool',
    with: 'axe-core in Chromium',
    on: '2026-11-28',
    by: 'test/stories/staff-pages.test.ts',
  },
  {
    surface: 'staff',
    what: 'the ways of staff, by automation and by eye',
    with: 'Firefox ESR and WebKitGTK',
    on: '2026-11-28',
  },
  {
    surface: 'pdf',
    what: 'letters, slips and forms: tags, language, title and the order of what is read',
    with: 'poppler',
    on: '2026-11-28',
    by: 'test/print/printing.test.ts',
  },
]

/** What does not work or was not tried, by surface; the statement gives each with its reason, under `accessibility.shortcomings`. */
export const shortcomings: Record<Surface, readonly string[]> = {
  public: ['screenReader', 'voices', 'signLanguage', 'telephones'],
  staff: ['staffScreenReader', 'staffLanguages'],
  pdf: ['pdfChecker'],
}
