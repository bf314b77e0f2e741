/** Bytes that came from another thread as a plain array, as the Buffer that they were: the same bytes, and no copy of them. */
export const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)
