const ofScript: Record<string, string> = { Arab: '، ', Ethi: '፣ ' }

/** What parts the members of a list, in the script of a language. */
export const commaIn = (code: string): string => ofScript[new Intl.Locale(code).maximize().script!] ?? ', '
