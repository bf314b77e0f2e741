/** A piece of a text; one that is `sv` is a Swedish word in a text of another language, with its brackets where it stands in some. */
export interface TextPart {
  text: string
  sv?: true
}

/**
 * The parts of a text of ours. `<sv>socialsekreterare</sv>` in it stands for a Swedish word inside another language, and is the
 * only markup texts have. Brackets go with the word that they hold alone: in a text from right to left they would come apart
 * where a line breaks.
 */
export function partsOf(text: string): TextPart[] {
  return text.split(/(\(<sv>[^<]*<\/sv>\)|<sv>[^<]*<\/sv>)/).flatMap((part, index): TextPart[] => {
    if (index % 2 === 1) return [{ text: part.replace(/<\/?sv>/g, ''), sv: true }]
    return part ? [{ text: part }] : []
  })
}
