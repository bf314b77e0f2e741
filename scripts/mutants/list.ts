import { ofDisclosure } from './disclosure.ts'
import { ofEnrolment } from './enrolment.ts'
import { ofFieldwork } from './fieldwork.ts'
import { ofHistory } from './history.ts'
import { ofInvitation } from './invitation.ts'
import type { Mutant } from './mutant.ts'
import { ofNights } from './nights.ts'
import { ofPeople } from './people.ts'
import { ofRecords } from './records.ts'
import { ofResults } from './results.ts'
import { ofFigures } from './statistics.ts'
import { ofTablet } from './tablet.ts'
import { ofToldFigures } from './told-figures.ts'
import { ofUrn } from './urn.ts'

/** All faults that are tried, by the subject in which they are. */
export const allMutants: Mutant[] = [
  ...[...ofDisclosure, ...ofResults, ...ofRecords, ...ofFigures, ...ofUrn, ...ofFieldwork, ...ofNights],
  ...[...ofToldFigures, ...ofHistory],
  ...[...ofPeople, ...ofInvitation, ...ofTablet, ...ofEnrolment],
]
