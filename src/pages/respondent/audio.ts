import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { QuestionId } from '../../questionnaire/questions.ts'
import type { TargetGroup } from '../../questionnaire/target-groups.ts'

export interface Recording {
  /** The address holds a hash of the sound and nothing of the question, so that it does not give the target group away. */
  address: string
  sound: Buffer
}

/** The recorded question of a language and group, or `undefined` where none is in the folder. */
export type FindRecording = (language: string, group: TargetGroup, question: QuestionId) => Recording | undefined

/** Recorded questions in a folder: `<language>/<target group>/<question>.mp3`. The folder may be absent or incomplete. */
export function loadRecordings(folder: string): { find: FindRecording; all: Recording[] } {
  const recordings = new Map<string, Recording>()
  if (existsSync(folder)) {
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.mp3'),
    )) {
      const sound = readFileSync(join(folder, path))
      const hash = createHash('sha256').update(sound).digest('hex').slice(0, 16)
      recordings.set(path.replaceAll('\\', '/'), { address: `/audio/${hash}.mp3`, sound })
    }
  }
  return {
    find: (language, group, question) => recordings.get(`${language}/${group}/${question}.mp3`),
    all: [...recordings.values()],
  }
}
