import type { Chance } from './chance.ts'

/** Bytes that are hardly a request. */
export function rawRequest(chance: Chance): Buffer {
  const head = chance.oneOf<() => string>([
    () => 'GET / HTTP/1.1\r\n\r\n',
    () => 'GET / HTTP/9.9\r\nHost: a\r\n\r\n',
    () => 'GET http://elsewhere.example/ HTTP/1.1\r\nHost: a\r\n\r\n',
    () => 'GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n',
    () => 'GET /staff/ HTTP/1.1\r\nHost: a\r\nCookie: staff=\0\x01\r\n\r\n',
    () =>
      'POST /entry HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
    () => 'POST /entry HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\na=b',
    () => 'POST /entry HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\na=b',
    () =>
      'POST /entry HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\ncode=1',
    () =>
      'POST /staff/units/imports HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 90\r\n\r\n--b\r\n',
    () => `GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(chance.below(40_000))}\r\n\r\n`,
    () => chance.letters(300, '\0\r\n :/GETPOSThtp\xff'),
  ])()
  return Buffer.from(head, 'latin1')
}
