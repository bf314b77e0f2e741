/** What runs on the thread of a picture: it draws it in pixels, hands it over and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { Resvg } from '@resvg/resvg-js'
import { inProject } from '../project-folder.ts'
import type { PngReply } from './png-thread.ts'

const say = (reply: PngReply) => parentPort!.postMessage(reply)

/** No font of the machine may step in: a picture is the same wherever it is drawn. */
const font = {
  loadSystemFonts: false,
  fontDirs: [inProject('dist/fonts')],
  defaultFontFamily: 'Brukarsvar Latin',
  sansSerifFamily: 'Brukarsvar Latin',
}

try {
  const png = new Resvg(workerData as string, { font, fitTo: { mode: 'zoom', value: 2 } }).render().asPng()
  say({ png })
} catch (error) {
  say({ error: (error as Error).message })
}
