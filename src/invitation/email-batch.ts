/** The one batch of a stratum whose codes go out by e-mail: its leftovers are those that no mail server has accepted yet. */
export const emailBatchId = (stratumId: string) => `mail-${stratumId}`
export const isEmailBatch = (batchId: string) => batchId.startsWith('mail-')
