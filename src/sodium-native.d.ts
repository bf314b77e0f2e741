/** The few functions of libsodium that Brukarsvar uses; sodium-native brings no types of its own. */
declare module 'sodium-native' {
  interface Sodium {
    crypto_box_PUBLICKEYBYTES: number
    crypto_box_SECRETKEYBYTES: number
    crypto_box_SEALBYTES: number
    crypto_box_keypair(publicKey: Buffer, secretKey: Buffer): void
    crypto_box_seal(sealed: Buffer, message: Uint8Array, publicKey: Buffer): void
    crypto_box_seal_open(message: Buffer, sealed: Buffer, publicKey: Buffer, secretKey: Buffer): boolean
    crypto_scalarmult_base(publicKey: Buffer, secretKey: Buffer): void
    crypto_secretbox_NONCEBYTES: number
    crypto_secretbox_MACBYTES: number
    crypto_secretbox_easy(sealed: Buffer, message: Buffer, nonce: Buffer, key: Buffer): void
    crypto_secretbox_open_easy(message: Buffer, sealed: Buffer, nonce: Buffer, key: Buffer): boolean
    sodium_memzero(buffer: Buffer): void
    randombytes_buf(buffer: Buffer): void
  }
  const sodium: Sodium
  export default sodium
}
