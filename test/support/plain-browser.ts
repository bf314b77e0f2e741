import { formIn } from './page-form.ts'

type Fields = Record<string, string | string[]>

export interface Visited {
  status: number
  body: string
  location: string | undefined
}

export type PlainBrowser = ReturnType<typeof plainBrowser>

/** A browser without JavaScript that asks a listening service over HTTP: it keeps cookies, and follows nothing by itself. */
export function plainBrowser(url: string, cookies: Record<string, string> = {}) {
  const jar = new Map(Object.entries(cookies))
  async function ask(path: string, init: RequestInit): Promise<Visited> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(new URL(path, url), { redirect: 'manual', ...init, headers: { cookie } })
    for (const set of response.headers.getSetCookie()) {
      const [name, value] = set.split(';')[0]!.split(/=(.*)/s) as [string, string]
      if (/max-age=0(;|$)/i.test(set)) jar.delete(name)
      else jar.set(name, value)
    }
    const location = response.headers.get('location') ?? undefined
    return { status: response.status, body: await response.text(), location }
  }
  const get = (path: string) => ask(path, {})
  const post = (path: string, fields: Fields = {}) => {
    const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
    return ask(path, { method: 'POST', body: new URLSearchParams(pairs) })
  }
  return {
    jar,
    get,
    post,
    /** Sends what a form with a file field sends. */
    postForm: (path: string, form: FormData) => ask(path, { method: 'POST', body: form }),
    /** Sends a form of a page as it stands there, with something filled in; the last answer. Fails where it is not met by a redirect. */
    async send(page: Visited, action: string, fields: Fields = {}): Promise<Visited> {
      const sent = await post(action, { ...formIn(page.body, action), ...fields })
      if (!sent.location) throw new Error(`${action} answers ${sent.status}: ${sent.body.slice(0, 2000)}`)
      return sent
    },
  }
}
