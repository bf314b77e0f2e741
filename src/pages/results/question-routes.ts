import { chartDefs } from '../../chart/defs.ts'
import { keyMark } from '../../chart/key-mark.ts'
import { shareAxis } from '../../chart/scale.ts'
import { qualityQuestions } from '../../questionnaire/questions.ts'
import { groupsAndTotal, type Indicator, nationArea } from '../../results/indicator.ts'
import { groupLines } from '../../results/share-lines.ts'
import { amongMunicipalities } from './among-municipalities.ts'
import { marks, nothingText, questionRows, shareText, whyText } from './area.ts'
import {
  barKey,
  barRows,
  changeKey,
  changeLines,
  commonestAnswer,
  distributionLines,
  savedBars,
  toldWhole,
} from './distribution.ts'
import { groupExtremesText, groupFindings } from './findings.ts'
import { groupHead, groupName, lowerName } from './groups.ts'
import { questionYears } from './question-years.ts'
import type { AskedPage, ResultsContext, resultsPages } from './results-pages.ts'
import { savedShares } from './saved-shares.ts'
import { genderSection, savedGenders } from './women-men.ts'
import { wordingsOf, wordsOf } from './wordings.ts'

/** One question: as it was asked, how each target group answered it, and where the municipalities lie. */
export function questionRoutes(page: ReturnType<typeof resultsPages>, context: ResultsContext): void {
  const { stores } = context
  page('/questions/:question', 'questions', async (asked) => {
    const question = qualityQuestions.find(({ id }) => id === asked.params.question)
    if (!question) return undefined
    const { key, before, t, frame, query } = asked
    const of = { levels: ['nation', 'mean'], areas: [nationArea], questions: [question.id, ''] } as const
    const told = await stores.results.listIndicators(key, of)
    const own = told.filter(({ level }) => level === 'nation')
    const last = await before?.list({ ...of, levels: ['nation'] })
    const group = groupsAndTotal.find((one) => one === query.group) ?? 'total'
    const ofGroup = { measures: ['positive'], targetGroups: [group], genders: ['all'] } as const
    const shares = await stores.results.listIndicators(key, {
      ...{ levels: ['municipality'], questions: [question.id], ...ofGroup },
    })
    const municipalities = await stores.results.listReleasedMunicipalities(key)
    const lines = groupLines({ own, before: last, question: question.id })
    const positive = t(`results.positive.${question.id}`)
    const names = {
      whole: t('results.question.whole'),
      before: last && last.length > 0 ? String(asked.year - 1) : undefined,
    }
    const { words: all } = await wordsOf(context, asked)
    const words = all.find(({ language }) => language === asked.language.code) ?? all[0]!
    const [title, year] = [t(`results.questions.${question.id}`), String(asked.year)]
    const whole = toldOf(lines[0]!.share, positive, asked)
    const findings = [
      ...whole,
      ...groupFindings(lines, asked, { ...names, whole: t('results.question.all') }, lowerName(asked)),
    ]
    const isTold = nothingText(lines, asked) === undefined
    const [distribution, changes] = [distributionLines(own, question, asked), changeLines(own, question, asked)]
    const commonest = commonestAnswer(distribution, asked)
    const { among, charts } = amongMunicipalities(
      { question: question.id, group, told, shares, municipalities, asked: query },
      asked,
    )
    const chosen = municipalities.find(({ area }) => area === query.municipality)
    const { years, charts: ofYears } = await questionYears(
      { question: question.id, group, chosen, lines },
      asked,
      context,
    )
    const ofGenders = { headOf: groupHead, nameOf: lowerName(asked) }
    return {
      view: 'results/question',
      title: `${title} ${year}`,
      pictures: {
        ...{ of: question.id, title: `${title} ${year}` },
        charts: [
          ...savedShares(
            lines,
            asked,
            {
              ...{ name: 'groups', heading: t('results.question.groups'), finding: findings.join(' ') },
              ...{ subtitle: t('results.question.caption'), names: { own: year, ...names } },
            },
            groupHead,
          ),
          ...savedBars(distribution, asked, {
            name: 'distribution',
            key: barKey(question, asked),
            finding: commonest,
          }),
          ...savedBars(changes, asked, {
            name: 'change',
            key: changeKey(asked),
            finding: toldWhole(changes, asked),
          }),
          ...savedGenders(lines, own, asked, ofGenders),
          ...ofYears,
          ...charts,
        ],
      },
      data: {
        ...{ title, positive, findings, among, years },
        says: {
          groups: groupExtremesText(lines, asked),
          distribution: commonest,
          changes: toldWhole(changes, asked),
        },
        choices: [
          {
            ...{ name: 'municipality', label: t('results.question.among.mark') },
            options: [
              { value: '', text: t('results.question.everywhere'), isChosen: !chosen },
              ...municipalities.map(({ area, name }) => ({ value: area, text: name, isChosen: area === chosen?.area })),
            ],
          },
          {
            ...{ name: 'group', label: t('results.years.group') },
            options: groupsAndTotal.map((one) => ({
              ...{ value: one, text: groupName(one, asked), isChosen: one === group },
            })),
          },
        ],
        wordings: wordingsOf(words.questions.find(({ id }) => id === question.id)!, asked),
        toWording: frame.to(`/wording/${words.language}`),
        tabs: qualityQuestions.map(({ id }) => ({
          text: t(`results.questions.${id}`),
          href: frame.to(`/questions/${id}`),
          isCurrent: id === question.id,
        })),
        names,
        rows: questionRows(lines, asked, names, groupHead),
        distribution: isTold ? barRows(distribution, asked) : [],
        barKey: barKey(question, asked).map(({ kind, words }) => ({ mark: keyMark(kind), text: words })),
        changeKey: changeKey(asked).map(({ kind, words }) => ({ mark: keyMark(kind), text: words })),
        changes: isTold ? barRows(changes, asked) : [],
        gender: isTold ? genderSection(lines, own, asked, ofGenders) : { finding: '', rows: [] },
        ...{ marks, axis: shareAxis(frame.percent), defs: chartDefs() },
      },
    }
  })
}

/** The first sentence: what the whole country says, where that is told. */
const toldOf = (share: Indicator | undefined, positive: string, words: AskedPage): string[] =>
  whyText(share, words) ? [] : [words.t('results.question.told', { share: shareText(share, words), positive })]
