/** What the accessibility statement is about. */
export const surfaces = ['public', 'staff', 'pdf'] as const

export type Surface = (typeof surfaces)[number]

/** Something that was tried. */
export interface Trial {
  /** A text under `accessibility.trials`. */
  how: 'axe' | 'keyboard' | 'browsers' | 'pdf'
  /** Names of programs: each stands in order by itself in a text from right to left. */
  tools: readonly string[]
  /** The day it was last tried by somebody who looked at the result, as ISO text. */
  on: string
  /** The test that tries it again at each change; what only a person did has none. */
  by?: string
}

/**
 * What was really tried, and when: the accessibility statement says nothing else. It is kept by hand. Without an assessment there is no
 * new day, and what was not tried stands among the shortcomings.
 */
export const trials: Record<Surface, readonly Trial[]> = {
  public: [
    { how: 'axe', tools: ['axe-core', 'Chromium'], on: '2026-11-28', by: 'test/stories/everyone.test.ts' },
    { how: 'keyboard', tools: ['Chromium'], on: '2026-11-28', by: 'test/stories/answering.test.ts' },
    { how: 'browsers', tools: ['Firefox\u00a0ESR', 'WebKitGTK'], on: '2026-11-28' },
  ],
  staff: [
    { how: 'axe', tools: ['axe-core', 'Chromium'], on: '2026-11-28', by: 'test/stories/staff-pages.test.ts' },
    { how: 'keyboard', tools: ['Chromium'], on: '2026-11-29', by: 'test/keyboard/paper.test.ts' },
    { how: 'browsers', tools: ['Firefox\u00a0ESR', 'WebKitGTK'], on: '2026-11-28' },
  ],
  pdf: [{ how: 'pdf', tools: ['Poppler'], on: '2026-11-28' }],
}

/** What does not work or was not tried: texts under `accessibility.shortcomings`, each with its reason. */
export const shortcomings: Record<Surface, readonly string[]> = {
  public: ['screenReader', 'telephones', 'voices', 'codeLetters', 'signLanguage'],
  staff: ['staffScreenReader', 'staffKeyboard'],
  pdf: ['pdfChecker', 'pdfSigns'],
}

/** When all of it was last assessed: the day by which every surface had been tried. */
export const assessed = Object.values(trials)
  .map((tried) => tried.map(({ on }) => on).sort()[0]!)
  .sort()[0]!

/** When this file, or a text of the statement, was last changed. */
export const updated = '2026-11-29'
