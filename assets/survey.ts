/** The one script of the survey. Every page works without it; it only makes some of them easier. */
import { improveEntry } from './entry.ts'
import { improveQuestionnaire } from './questionnaire.ts'

document.documentElement.classList.add('js')

document.addEventListener('DOMContentLoaded', () => {
  document.getElementById('problem')?.focus()
  const entry = document.getElementById('entry')
  const questionnaire = document.getElementById('questionnaire')
  if (entry) improveEntry(entry as HTMLFormElement)
  if (questionnaire) improveQuestionnaire(questionnaire as HTMLFormElement)
})

// A page that the browser kept from before the last person left is fetched anew.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})
