import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import type { Answers } from '../../src/questionnaire/answers.ts'

/** A whole visit with the fingers of a machine: the same buttons, but without waiting for anything to be drawn. */
export async function answerQuickly(page: Page, answers: Answers): Promise<void> {
  await page.locator('#wall').waitFor({ state: 'visible' })
  await page.evaluate(
    async (answers) => {
      const press = async (selector: string) => {
        for (let tries = 0; tries < 400; tries++) {
          const button = Array.from(document.querySelectorAll<HTMLElement>(selector)).find((part) => part.offsetParent)
          if (button) return button.click()
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
        throw new Error(`${selector} does not come`)
      }
      await press('#wall [data-language="sv"]')
      await press('.intro .next')
      for (let step = 0; step < 8; step++) {
        const question = Array.from(document.querySelectorAll<HTMLElement>('.question')).find(
          (part) => part.offsetParent,
        )!
        const option = answers[question.dataset.question!]
        if (option) await press(`.question input[value="${option}"]`)
        await press('.question .next')
      }
    },
    answers as Record<string, string>,
  )
}

/** `wall`, or what stands there instead, as text: a test that waits for the wall in vain says what came. */
export const shownOn = (page: Page) =>
  page
    .evaluate(() => {
      const isWall = document.querySelector<HTMLElement>('#wall')?.offsetParent
      return isWall ? 'wall' : document.body.innerText
    })
    .catch((error: Error) => error.message) // it is loading anew

/** What lies in the tablet's storage, all of it, as text. */
export const lyingOn = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ own: Record<string, unknown>; ballots: number }>((resolve) => {
        const request = indexedDB.open('brukarsvar-tablet')
        request.onsuccess = () => {
          const transaction = request.result.transaction(['own', 'ballots'])
          const own = transaction.objectStore('own').get('state')
          const ballots = transaction.objectStore('ballots').count()
          transaction.oncomplete = () => {
            request.result.close()
            resolve({ own: own.result, ballots: ballots.result })
          }
        }
      }),
  )

/** Many people who all answer the same: one does, and what the tablet keeps of them is laid beside it so often. Gives their answers. */
export async function answerOften(page: Page, people: number): Promise<Answers> {
  const answers: Answers = { contact: 'very_hard', gender: 'other' }
  const before = await idsOn(page)
  await answerQuickly(page, answers)
  await page.locator('.deliver').tap()
  await page.locator('.thanks').waitFor({ state: 'visible' })
  const [id] = (await idsOn(page)).filter((one) => !before.includes(one))
  const ids = Array.from({ length: people - 1 }, () => randomBytes(16).toString('base64'))
  await page.evaluate(
    ([id, ids]) =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open('brukarsvar-tablet')
        request.onsuccess = () => {
          const transaction = request.result.transaction('ballots', 'readwrite')
          const ballots = transaction.objectStore('ballots')
          const found = ballots.get(id)
          found.onsuccess = () => ids.map((id) => ballots.put({ ...found.result, id }))
          transaction.oncomplete = () => {
            request.result.close()
            resolve()
          }
        }
      }),
    [id!, ids] as const,
  )
  await page.reload()
  return answers
}

const idsOn = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const request = indexedDB.open('brukarsvar-tablet')
        request.onsuccess = () => {
          const keys = request.result.transaction('ballots').objectStore('ballots').getAllKeys()
          keys.onsuccess = () => {
            request.result.close()
            resolve(keys.result as string[])
          }
        }
      }),
  )
