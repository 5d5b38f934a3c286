/**
 * JSON text never holds this character as it stands, so many go as one text, without the cost of quoting each in an
 * array; `string_to_array` parts them. An empty text by itself comes back as none.
 */
export const separator = "\u0001";

export function joined(texts: readonly string[]): string {
  return texts.join(separator);
}
