/** A fault of one line that a tired developer could make, and the tests that are there to notice it. */
export interface Mutant {
  /** The file, from the root of the project. */
  file: string
  /** What would go wrong. */
  fault: string
  /** What stands in the file, once, and what stands there instead. */
  text: string
  instead: string
  /**
   * Of which one must turn red: a file, or a file and a part of names in it, such as `test/a.test.ts > the night`. They are run one after
   * the other, for this fault alone: few, and the quickest first.
   */
  tests: readonly string[]
}

/** Makes the faults of one file that the same tests are there to notice. */
export const faultsOf =
  (file: string, ...tests: string[]) =>
  (fault: string, text: string, instead: string): Mutant => ({ file, fault, text, instead, tests })
