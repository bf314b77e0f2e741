import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A certificate of a host that has signed itself, and what a browser needs to be told to believe it. */
export interface Certificate {
  key: string
  cert: string
  /** SHA-256 of the public key, for `--ignore-certificate-errors-spki-list`: a browser then treats the host as any other. */
  fingerprint: string
}

const length = (size: number) => (size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255])
const der = (tag: number, ...parts: Buffer[]) => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag, ...length(content.length)]), content])
}
const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const time = (at: Date) => der(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replace(/\D/g, '')}Z`))

const [commonName, alternativeNames, ecdsaWithSha256] = ['550403', '551d11', '2a8648ce3d040302'].map(oid)

/** Makes one that is good from yesterday for a month (RFC 5280), in memory. */
export function makeCertificate(host: string): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const name = sequence(der(0x31, sequence(commonName!, der(0x0c, Buffer.from(host)))))
  const day = (days: number) => time(new Date(Date.now() + days * 86_400_000))
  const hosts = sequence(alternativeNames!, der(0x04, sequence(der(0x82, Buffer.from(host)))))
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), // version 3
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    sequence(ecdsaWithSha256!),
    name,
    sequence(day(-1), day(30)),
    name,
    spki,
    der(0xa3, sequence(hosts)),
  )
  const signature = sign('sha256', toBeSigned, privateKey)
  const signed = sequence(toBeSigned, sequence(ecdsaWithSha256!), der(0x03, Buffer.from([0]), signature))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${signed.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    fingerprint: createHash('sha256').update(spki).digest('base64'),
  }
}
