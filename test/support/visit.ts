/** The address of a page of the visit that a cookie holds: `visit-abc=…` and `/response` give `/visit/abc/response`. */
export function inVisit(path: string, cookie = ''): string {
  const mark = /visit-([a-z]+)=/.exec(cookie)?.[1] ?? 'nobodysone'
  return /^\/(?:questions|language|response|thanks|about)$/.test(path) ? `/visit/${mark}${path}` : path
}

/** An address of a visit without its mark, which is another one each time: `/questions`. */
export const outOfVisit = (address: string | undefined) => address?.replace(/^\/visit\/[a-z]+(?=\/)/, '')
