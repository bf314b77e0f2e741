import { ofDisclosure } from './disclosure.ts'
import { ofFieldwork } from './fieldwork.ts'
import type { Mutant } from './mutant.ts'
import { ofNights } from './nights.ts'
import { ofResults } from './results.ts'
import { ofUrn } from './urn.ts'

/** All faults that are tried, by the subject in which they are. */
export const allMutants: Mutant[] = [...ofDisclosure, ...ofResults, ...ofUrn, ...ofFieldwork, ...ofNights]
