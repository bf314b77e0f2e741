import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

/**
 * A file of Office, which is an archive of XML, with its parts written otherwise where a library has no option for it.
 * @param change the text of a part, by its path; as it was where there is nothing to change
 * @param more parts to add, by their paths
 */
export function withParts(
  file: Uint8Array,
  change: (path: string, xml: string) => string,
  more: Record<string, string> = {},
): Buffer {
  const parts = unzipSync(file)
  for (const [path, bytes] of Object.entries(parts))
    if (/\.(xml|rels)$/.test(path)) parts[path] = strToU8(change(path, strFromU8(bytes)))
  for (const [path, xml] of Object.entries(more)) parts[path] = strToU8(xml)
  return Buffer.from(zipSync(parts))
}

/** A text as it stands in XML. */
export const inXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
