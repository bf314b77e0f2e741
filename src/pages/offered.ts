import type { Language, Languages } from '../language/languages.ts'
import { toldOf } from '../notice/operator.ts'
import type { NoticeSettings } from '../notice/responsible.ts'
import { offeredLanguages } from '../round/languages.ts'
import type { Round } from '../round/round.ts'
import { type ErrorPages, makeErrorPages } from '../web/error-pages.ts'
import type { AnyViews, RenderPage } from '../web/views.ts'
import type { FindRecording } from './respondent/audio.ts'
import { makeSurveyPages, type SurveyPages } from './respondent/pages.ts'
import { type TabletPages, tabletPages } from './tablet/screens.ts'

/** Everything that respondents see, ready for one choice of languages. */
interface OfferedPages {
  survey: SurveyPages
  errors: ErrorPages
  tablet: () => Promise<TabletPages>
  /** A page that cannot be ready before it is asked for. */
  render: RenderPage<AnyViews>
}

export interface OfferedOptions {
  languages: Languages
  render: RenderPage<AnyViews>
  assets: Record<string, string>
  findRecording: FindRecording
  publicUrl: string
  settings: NoticeSettings
  listRounds: () => Promise<Pick<Round, 'state' | 'languages'>[]>
}

/**
 * The pages for the languages in which the rounds ask. `now` gives them; `look` asks the rounds again and, when other languages are
 * offered, changes them as a whole. One look is taken at a time. From `makeAhead` on all are made before anybody asks for them, so that
 * a service that runs does not need the files that an update is about to change.
 */
export async function followOffered(options: OfferedOptions) {
  let codes: string | undefined
  let ready!: OfferedPages
  let before: Promise<void> = Promise.resolve()
  let isAhead = false

  async function look(): Promise<void> {
    const offered = offeredLanguages(options.languages, await options.listRounds())
    const next = offered.all.map(({ code }) => code).join(' ')
    if (next === codes) return
    ready = await makePages(options, offered)
    codes = next
    if (isAhead) await makeAll()
  }
  /** What fails is made, and told of, when it is asked for. */
  const makeAll = () => ready.survey.makeAll().catch(() => {})

  await look()
  return {
    now: () => ready,
    makeAhead(): Promise<void> {
      isAhead = true
      return makeAll()
    },
    look(): Promise<void> {
      before = before.catch(() => {}).then(look)
      return before
    },
  }
}

async function makePages(options: OfferedOptions, offered: Languages): Promise<OfferedPages> {
  const { languages, assets, findRecording, settings, publicUrl } = options
  const render: RenderPage<AnyViews> = (view: string, language: Language, data: Record<string, unknown>) =>
    options.render(view, language, { ...data, ...toldOf(settings, language), languages: offered.all })
  return {
    survey: makeSurveyPages(render, languages, offered, { findRecording, publicUrl }),
    errors: await makeErrorPages(render, offered),
    tablet: tabletPages(render, languages, offered, assets),
    render,
  }
}
