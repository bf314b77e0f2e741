import { chartDefs } from '../../chart/defs.ts'
import { shareAxis } from '../../chart/scale.ts'
import { qualityQuestions } from '../../questionnaire/questions.ts'
import { type Indicator, nationArea } from '../../results/indicator.ts'
import { groupLines } from '../../results/share-lines.ts'
import { amongMunicipalities } from './among-municipalities.ts'
import { findingsOf, marks, questionRows, shareText, whyText } from './area.ts'
import { barKey, changeRows, distributionRows } from './distribution.ts'
import { groupHead, lowerName } from './groups.ts'
import type { AskedPage, ResultsContext, resultsPages } from './results-pages.ts'
import { genderSection } from './women-men.ts'
import { wordingsOf } from './wordings.ts'

/** One question: as it was asked, how each target group answered it, and where the municipalities lie. */
export function questionRoutes(page: ReturnType<typeof resultsPages>, { stores }: ResultsContext): void {
  page('/questions/:question', 'questions', async (asked) => {
    const question = qualityQuestions.find(({ id }) => id === asked.params.question)
    if (!question) return undefined
    const { key, before, t, frame, query } = asked
    const of = { levels: ['nation', 'mean'], areas: [nationArea], questions: [question.id, ''] } as const
    const told = await stores.results.listIndicators(key, of)
    const own = told.filter(({ level }) => level === 'nation')
    const last = before && (await stores.results.listIndicators(before, { ...of, levels: ['nation'] }))
    const ofTotals = { measures: ['positive'], targetGroups: ['total'], genders: ['all'] } as const
    const shares = await stores.results.listIndicators(key, {
      ...{ levels: ['municipality'], questions: [question.id], ...ofTotals },
    })
    const municipalities = await stores.results.listReleasedMunicipalities(key)
    const lines = groupLines({ own, before: last, question: question.id })
    const positive = t(`results.positive.${question.id}`)
    const names = { whole: t('results.question.whole'), before: before && String(asked.year - 1) }
    return {
      view: 'results/question',
      data: {
        title: t(`results.questions.${question.id}`),
        positive,
        wordings: wordingsOf(question, asked),
        tabs: qualityQuestions.map(({ id }) => ({
          name: t(`results.questions.${id}`),
          href: frame.to(`/questions/${id}`),
          isCurrent: id === question.id,
        })),
        findings: [
          ...toldOf(lines[0]!.share, positive, asked),
          ...findingsOf(lines, asked, { ...names, whole: t('results.question.all') }, lowerName(asked)),
        ],
        names,
        rows: questionRows(lines, asked, names, groupHead),
        distribution: distributionRows(own, question, asked),
        barKey: barKey(question, asked),
        changes: changeRows(own, question, asked),
        gender: genderSection(lines, own, asked, groupHead),
        among: amongMunicipalities({ question: question.id, told, shares, municipalities, asked: query }, asked),
        ...{ marks, axis: shareAxis(frame.percent), defs: chartDefs() },
      },
    }
  })
}

/** The first sentence: what the whole country says, where that is told. */
const toldOf = (share: Indicator | undefined, positive: string, words: AskedPage): string[] =>
  whyText(share, words) ? [] : [words.t('results.question.told', { share: shareText(share, words), positive })]
