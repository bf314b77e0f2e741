/** The parts of the two privacy notices, in order. Each has a Heading and a Text. */
export const noticeSections = {
  about: [
    ...['responsible', 'basis', 'asked', 'choice', 'code', 'email', 'locked'],
    ...['result', 'time', 'kaka', 'risk', 'rights', 'contact'],
  ],
  young: ['why', 'asked', 'sees', 'choice', 'kept', 'who'],
} as const
