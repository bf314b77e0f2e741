import type { Page } from 'playwright-core'
import { handsOn } from './keyboard.ts'
import type { Service } from './service.ts'
import { newStaff, type StaffOptions } from './staff.ts'
import { type Stage, setStage } from './story.ts'

/** What a person can do of whom nothing but the keyboard is to be used: their hands, and what they wait to see. */
export async function atKeyboard(
  { service, url, person }: { service: Service; url: string; person(): Promise<Page> },
  who: StaffOptions,
) {
  const page = await person()
  const { token } = await newStaff(service, who)
  await page.context().addCookies([{ name: 'staff', value: token, url }])
  return {
    page,
    ...handsOn(page),
    /** Where a day begins: everything else is reached from here. */
    home: () => page.goto(`${url}/staff`),
    /** After a form was sent: the focus is on what was done. */
    done: (text: string) => page.locator('.done:focus', { hasText: text }).waitFor(),
    /** After a form was refused: the focus is on what is wrong, and its first line leads to the field. */
    problem: () => page.locator('.problem:focus').waitFor(),
    heading: (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor(),
  }
}

export type AtKeyboard = Awaited<ReturnType<typeof atKeyboard>>

/** A stage with a coordinator who has a wide screen and no mouse. */
export async function coordinatorAtKeyboard(): Promise<{ stage: Stage; coordinator: AtKeyboard }> {
  const stage = await setStage()
  const person = () => stage.person({ viewport: { width: 1280, height: 800 } })
  return { stage, coordinator: await atKeyboard({ ...stage, person }, { role: 'coordinator' }) }
}
