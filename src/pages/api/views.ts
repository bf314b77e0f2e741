interface Named {
  id: string
  title: string
}

/** What the page about the API is given. */
export interface Views {
  'api/docs': {
    kpis: readonly Named[]
    /** The nation, municipalities, and some groups. */
    areas: readonly Named[]
    /** Of which something is published, the newest first. */
    years: readonly number[]
    /** A text under `results.api.paths`, and where that is. */
    examples: readonly { name: string; href: string }[]
    statuses: readonly { name: string }[]
    licence: { name: string; href: string }
    isPractice: boolean
    /** Years of which figures were withdrawn, and the day since when. */
    withdrawn: readonly { year: string; day: string; reason: string }[]
    /** Where the service is, and what is asked there as an example. */
    origin: string
    example: string
    /** Where the pages of results begin. */
    results: string
    /** The same page in the other language. */
    other: { code: string; name: string; href: string }
  }
}
