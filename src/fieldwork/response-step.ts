/** How many responded where few people do, without saying it to the person. */
export type ResponseStep = 'under5' | 'from5' | 'from10' | 'from20'

/** The step of a number of responses: two looks at a page then seldom tell when somebody answered. */
export function responseStep(responded: number): ResponseStep {
  if (responded < 5) return 'under5'
  if (responded < 10) return 'from5'
  return responded < 20 ? 'from10' : 'from20'
}
