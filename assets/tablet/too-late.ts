/** The round takes nothing any more: what somebody chose was not stored, and cannot be. */
export class TooLate extends Error {}
