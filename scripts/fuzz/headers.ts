import type { Chance } from './chance.ts'

const strange: readonly ((chance: Chance) => Record<string, string>)[] = [
  () => ({ 'accept-language': 'ar;q=x,*;q=9,;;,sv-SE-u-ca' }),
  (chance) => ({ 'accept-language': `${chance.letters(3)},`.repeat(chance.below(900)) }),
  () => ({ 'accept-encoding': 'br;q=0,gzip;q=nan,*;q=1' }),
  () => ({ 'content-encoding': 'gzip' }),
  () => ({ 'x-forwarded-for': '1.2.3.4, ::1, nobody' }),
  () => ({ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'elsewhere.example' }),
  () => ({ 'sec-fetch-site': 'cross-site' }),
  () => ({ 'sec-fetch-site': 'same-origin', origin: 'null' }),
  () => ({ origin: 'https://elsewhere.example', referer: 'https://elsewhere.example/%zz' }),
  () => ({ range: 'bytes=0-0,5-,-5', 'if-none-match': '*', 'if-modified-since': 'yesterday' }),
  () => ({ expect: '100-continue' }),
  () => ({ host: 'a:b:c' }),
  () => ({ 'x-http-method-override': 'DELETE' }),
  () => ({ upgrade: 'websocket', connection: 'Upgrade' }),
  (chance) => ({ 'user-agent': '\xe5\xff'.repeat(chance.below(3000)) }),
  (chance) => Object.fromEntries(Array.from({ length: chance.below(150) }, (_, index) => [`x-${index}`, 'y'])),
]

export const strangeHeaders = (chance: Chance) => chance.oneOf(strange)(chance)

/** A cookie header, not as the service made it. */
export function strangeCookie(cookie: string, chance: Chance): string {
  return chance.oneOf<() => string>([
    () => '',
    () => `${cookie}; ${cookie}`,
    () => cookie.slice(0, chance.below(cookie.length + 1)),
    () => cookie.replace(/[a-zA-Z]/, chance.letters(1)),
    () => `${cookie}; __proto__=a; constructor=b; =; ;;`,
    () => `staff=${chance.letters(43)}`,
    () => `staff=${encodeURIComponent('"\\\0')}`,
    () => `visit-abcdefghij=${chance.letters(208, 'ABab01-_')}`,
    () => `a=${'b'.repeat(chance.below(9000))}`,
    () => 'staff="a\\"b"; visit-=%E0%A4%A; language=__proto__',
  ])()
}
