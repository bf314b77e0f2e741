import type { Chance } from './chance.ts'
import { nastyText, wellFormed } from './values.ts'

/** An address of a route: what stands for `:unitId` is one that exists where some are known. */
export function addressOf(url: string, known: ReadonlyMap<string, readonly string[]>, chance: Chance): string {
  return url.replace(/:(\w+)/g, (_, name: string) => {
    const ids = known.get(name) ?? []
    if (ids.length > 0 && chance.happens(0.85)) return encodeURIComponent(chance.oneOf(ids))
    if (chance.happens(0.5)) return encodeURIComponent(wellFormed(nastyText(chance).slice(0, 300)))
    return chance.letters(chance.oneOf([1, 10, 16, 43, 100]), '0123456789abcdefABCDEF-_')
  })
}

/** An address that is nearly one of ours. */
export function strangeAddress(address: string, chance: Chance): string {
  return chance.oneOf<() => string>([
    () => `${address}?${encodeURIComponent(wellFormed(nastyText(chance).slice(0, 500)))}`,
    () => `${address}?a[]=1&a[]=2&__proto__[b]=c&page=-1&sort=%00`,
    () => `${address}/`,
    () => `/${address}`,
    () => `${address}%00`,
    () => `${address}/%E0%A4%A`,
    () => `${address}/..%2f..%2fetc%2fpasswd`,
    () => address.toUpperCase(),
    () => address.replace(/[a-z]/, '%61'),
    () => `${address}/${'x'.repeat(chance.below(12_000))}`,
    () => address.slice(0, chance.below(address.length + 1)) || '/',
  ])()
}
