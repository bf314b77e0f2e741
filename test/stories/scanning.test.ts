import { expect, test } from 'vitest'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { newStaff } from '../support/staff.ts'
import { newWorld, placeOf } from '../support/staff-world.ts'
import { expectAccessible } from '../support/story.ts'

test.skipIf(!hasChromium)('leftover slips are read with the camera, each once', async () => {
  const world = await newWorld()
  const origin = await world.service.app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await launchChromium()
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } })
  const { token } = await newStaff(world.service, placeOf('coordinator', world))
  await context.addCookies([{ name: 'staff', value: token, url: origin }])
  const page = await context.newPage()
  // Desktop Chromium on Linux reads no QR codes: what a phone's browser has is put in its place.
  await page.addInitScript(() => {
    const seen = ['https://svar.example.se/#1111', 'https://svar.example.se/#1111', 'https://svar.example.se/#2222']
    class Detector {
      static async getSupportedFormats() {
        return ['qr_code']
      }
      async detect() {
        return [{ rawValue: seen.shift() ?? 'https://svar.example.se/#2222' }]
      }
    }
    Object.assign(window, { BarcodeDetector: Detector })
    const canvas = document.createElement('canvas')
    const paper = canvas.getContext('2d')!
    setInterval(() => paper.fillRect(0, 0, 10, 10), 50)
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(5)
  })
  await page.goto(`${origin}/staff/leftovers`)
  await page.locator('[data-scan=leftover]').click()
  await expect
    .poll(() => page.locator('#leftover').inputValue())
    .toBe('https://svar.example.se/#1111\nhttps://svar.example.se/#2222\n')
  expect(await page.locator('[role=status]').first().textContent()).toBe('Skannade koder: 2')
  await expectAccessible(page, 'scanning')
  await page.locator('[data-scan=leftover]').click()
  expect(await page.locator('video').count()).toBe(0)
  await browser.close()
  await world.service.close()
})
