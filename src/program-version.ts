import { readFileSync } from 'node:fs'
import { inProject } from './project-folder.ts'

/** The version of the program, as its package says. */
export const programVersion: string = JSON.parse(readFileSync(inProject('package.json'), 'utf8')).version
