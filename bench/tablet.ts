import { randomBytes } from 'node:crypto'
import { fingerprint } from '../src/crypto/secrets.ts'
import { openDatabase } from '../src/database/connection.ts'
import { sealTo } from '../src/round/round-key.ts'
import { hashPin, newEnrolmentToken } from '../src/tablet/secrets.ts'
import { inviteTablet } from '../src/tablet/store.ts'
import type { Device } from '../src/tablet/tablet.ts'
import { encodeBallot } from '../src/urn/ballot.ts'
import type { Stage } from './stage.ts'

/** A device that has enrolled for the first stratum, and may deliver as much as it likes. */
export async function enrolTablet({ dataDir, strata }: Stage, url: string) {
  const [token, key, stratumId] = [newEnrolmentToken(), randomBytes(32).toString('base64url'), strata[0]!]
  const db = openDatabase(`${dataDir}/brukarsvar.sqlite`)
  const enrolUntil = new Date(Date.now() + 3_600_000)
  const secrets = { enrolmentTag: fingerprint(token), enrolUntil, pin: hashPin('1234') }
  await inviteTablet(db, { name: 'Reception', strata: [stratumId], dailyQuota: 1_000_000, ...secrets })
  db.$client.close()
  const { device } = (await postJson(`${url}/tablet/enrolment`, { token, key })) as { device: Device }
  return { key, stratumId, publicKey: Buffer.from(device.publicKey, 'base64') }
}

export function sealedBallot(publicKey: Buffer, stratumId: string) {
  const plain = encodeBallot({ stratumId, language: 'sv', answers: { overall: 'very_satisfied' } })
  return { id: randomBytes(16).toString('base64'), stratumId, sealed: sealTo(publicKey, plain).toString('base64') }
}

export async function postJson(url: string, body: object, key = '') {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return response.json()
}
