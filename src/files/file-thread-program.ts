/** What runs on the thread of a file: it makes it, hands it over and ends. */
import { workerData } from 'node:worker_threads'
import { answerOnce } from '../database/thread.ts'
import type { FileWork } from './figure-report.ts'
import { slidesOf } from './slides.ts'
import { workbookOf } from './workbook.ts'

const { kind, report } = workerData as FileWork

await answerOnce(() => (kind === 'xlsx' ? workbookOf(report) : slidesOf(report)))
