import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { paragraphsOf, writtenBrief } from '../../../actions/written-brief.ts'
import type { OwnText } from '../../../own-texts/own-text.ts'
import { blocksOf, cleanLines, longest, ownTextKinds, standingOf } from '../../../own-texts/own-text.ts'
import { may as isAllowed } from '../../../people/roles.ts'
import { maybeLine } from '../../../web/form.ts'
import { seeOther, sendFile } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { mostKeptBytes } from '../staff-area.ts'
import type { Refused } from '../staff-page.ts'
import { textsOf } from '../staff-page.ts'
import { type FoundText, languagesOf, readAddress, subjectOf, textFinder } from './found-text.ts'
import { publishingRoutes } from './publishing-routes.ts'
import { textFile } from './text-file.ts'
import type { ListedText, Views } from './views.ts'
import { type WritingPlace, writingPlaces } from './writing-place.ts'

const [read, write] = ['read own texts', 'write own texts'] as const
const address = '/texts/:year/:kind/:language'

type Editing = Partial<Pick<Views['staff/texts/text'], 'value' | 'saidBy' | 'version' | 'other'>> & Refused

/** What a municipality, or whoever leads the survey, writes of results itself: the list of texts, and each with the service's beside it. */
export async function textRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, page, clock, languages } = context
  const placeOf = writingPlaces(context)
  const find = textFinder(context)
  await app.register(publishingRoutes, context)

  app.get('/texts', { config: { may: read } }, async (request, reply) => {
    const place = await placeOf(request)
    if (!place) return page(request, reply, 'staff/texts/home', { tabs: [], kinds: [] })
    const { year, years, name, phase } = place
    const tabs = years.map((one) => ({
      ...{ href: `/staff/texts?year=${one}`, text: String(one) },
      isCurrent: one === year,
    }))
    const kinds = await kindsOf(place)
    return page(request, reply, 'staff/texts/home', { year, name, phase, tabs, kinds, readAt: readAddress(place) })
  })

  app.get(address, { config: { may: read } }, async (request, reply) => {
    const found = await find(request)
    const { format } = request.query as { format?: unknown }
    if (format !== 'txt' && format !== 'html') return show(request, reply, found)
    const { key, written, text, place } = found
    const { kind } = key
    const title = `${place.name ?? ''} ${place.year}`.trim()
    const said = text?.draft ?? (await generated(found))
    const content = textFile[format](title, text?.draftBy ? `${said}\n\n– ${text.draftBy}` : said, written)
    return sendFile(reply, `brukarsvar-${place.year}-${kind}-${written.code}.${format}`, content)
  })

  const options = { bodyLimit: mostKeptBytes, config: { may: write, does: 'texts.saved' } }
  app.post(address, options, async (request, reply) => {
    const found = await find(request)
    const { text: typed = '', saidBy = '', version, do: wanted } = (request.body ?? {}) as Record<string, unknown>
    const value = cleanLines(String(typed))
    const began = Number(version) || 0
    request.done = { isDone: false }
    if (wanted === 'generated') {
      const other = value === '' ? undefined : { why: 'replaced' as const, text: value }
      return show(request, reply, found, { value: await generated(found), version: began, other })
    }
    const problems = problemsOf(found, value, saidBy)
    if (problems)
      return show(request, reply, found, { ...problems, value, saidBy: String(saidBy), version: began }, 400)
    const draft = { text: value, saidBy: maybeLine().parse(saidBy), version: began, now: clock() }
    const { isSaved, isChanged, stands } = await stores.ownTexts.saveDraft(found.key, draft)
    if (!isSaved) {
      const other = { why: 'saved' as const, text: stands.draft }
      const refused = { problems: { text: 'staff.texts.problem.changed' }, version: stands.version, other }
      return show(request, reply, { ...found, text: stands }, { ...refused, value, saidBy: draft.saidBy }, 409)
    }
    request.done = { isDone: isChanged, subject: subjectOf(found.key) }
    return seeOther(reply, wanted === 'preview' ? `${found.at}/preview` : `${found.at}?done=texts.saved`)
  })

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    found: FoundText,
    form: Editing = {},
    status = 200,
  ) {
    const { place, key, written, at, text } = found
    const { published } = text ?? {}
    const { value, saidBy, version, ...refused } = form
    const data = {
      ...{ year: place.year, name: place.name, kind: key.kind, written, at },
      ...{ standing: standingOf(text), savedAt: text?.savedAt, mayWrite: isAllowed(request.staff.role, write) },
      published: published?.isPublic
        ? { at: published.at, saidBy: published.saidBy, blocks: blocksOf(published.text) }
        : undefined,
      isBeforeCorrection: text ? await place.isBeforeCorrection(text) : false,
      value: value ?? text?.draft ?? (await generated(found)),
      saidBy: saidBy ?? text?.draftBy ?? '',
      version: version ?? text?.version ?? 0,
      longest: { text: longest[key.kind], saidBy: longest.saidBy },
      sentences: await sentencesOf(found, textsOf(request, languages)),
      readAt: readAddress(place),
      ...refused,
    }
    return page(request, reply, 'staff/texts/text', data, status)
  }

  /** What the service has written, in the language of the text; of a brief alone. */
  async function generated(found: FoundText): Promise<string> {
    return paragraphsOf(await sentencesOf(found)).join('\n\n')
  }

  /** @param own the texts of whoever reads how each was found */
  async function sentencesOf({ place, key, written }: FoundText, own?: ReturnType<typeof textsOf>) {
    if (key.kind !== 'brief') return []
    const { release, area, before } = place
    const ofText = (name: string, values?: Record<string, string | number>) => languages.text(written, name, values)
    const t: typeof ofText = (name, values) =>
      (own && name.startsWith('results.brief.rules.') ? own : ofText)(name, values)
    return writtenBrief(stores, { key: release, area, before, t })
  }

  async function kindsOf(place: WritingPlace): Promise<Views['staff/texts/home']['kinds']> {
    const { area, year, release } = place
    const texts = await stores.ownTexts.listOwnTexts({ roundId: release.roundId, area })
    const kinds: Views['staff/texts/home']['kinds'] = []
    for (const kind of ownTextKinds) {
      const [listed, others]: [ListedText[], (typeof kinds)[number]['others']] = [[], []]
      for (const language of languagesOf(kind, languages)) {
        const text = texts.find((one) => one.kind === kind && one.language === language.code)
        const href = `/staff/texts/${year}/${kind}/${language.code}`
        if (text || language.code === 'sv' || language.code === 'en')
          listed.push(await listedOf(text, place, { language, href }))
        else others.push({ ...language, href })
      }
      kinds.push({ kind, texts: listed, others })
    }
    return kinds
  }
}

async function listedOf(
  text: OwnText | undefined,
  place: WritingPlace,
  of: Pick<ListedText, 'language' | 'href'>,
): Promise<ListedText> {
  const standing = standingOf(text)
  const isRead = standing === 'published' || standing === 'edited'
  const isBeforeCorrection = text ? await place.isBeforeCorrection(text) : false
  return { ...of, standing, at: isRead ? text!.published!.at : text?.savedAt, isBeforeCorrection }
}

/** Of what is too long: how long it is, and how long it may be. */
function problemsOf({ key }: FoundText, text: string, saidBy: unknown): Refused | undefined {
  const lengths = { text: text.length, saidBy: String(saidBy).trim().length }
  const most = { text: longest[key.kind], saidBy: longest.saidBy }
  const wrong = (['text', 'saidBy'] as const).filter((field) => lengths[field] > most[field])
  if (wrong.length === 0) return undefined
  return {
    problems: Object.fromEntries(wrong.map((field) => [field, 'staff.texts.problem.long'])),
    valuesOf: Object.fromEntries(wrong.map((field) => [field, { count: lengths[field], most: most[field] }])),
  }
}
