import { facesOf, type QuestionId, questions } from './questions.ts'
import { registerOf, type TargetGroup } from './target-groups.ts'

/** Where a question can be listened to in a language, if it can. */
type FindAddress = (language: string, group: TargetGroup, question: QuestionId) => { address: string } | undefined

export type QuestionSteps = ReturnType<typeof stepsOf>

/** What a questionnaire shows of each question, on a screen or on paper. Texts are keys. */
export function stepsOf(language: { code: string }, group: TargetGroup, findRecording: FindAddress = () => undefined) {
  return questions.map((question, index) => {
    const faces = facesOf(question)
    const scale = question.id === 'gender' && registerOf(group) === 'young' ? 'gender_young' : question.scale
    return {
      id: question.id,
      number: index + 1,
      text: `questionnaire.groups.${group}.${question.id}`,
      audio: findRecording(language.code, group, question.id)?.address,
      options: question.options.map((id) => ({
        id,
        label: `questionnaire.options.${scale}.${id}`,
        face: faces.get(id),
      })),
    }
  })
}
