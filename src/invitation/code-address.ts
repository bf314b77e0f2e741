/** The link of a code, also in its QR code. The code stands in the fragment, which browsers never send to anybody. */
export function codeAddress(publicUrl: string, digits: string): string {
  return `${publicUrl}/#${digits}`
}

/** The address as people type it. */
export function withoutScheme(publicUrl: string): string {
  return publicUrl.replace(/^https?:\/\//, '')
}
