/**
 * The steps of a pointer, none for the whole document; undefined where the text is no pointer.
 * Source: RFC 6901 §3, §4.
 */
export function parsePointer(text: string): readonly string[] | undefined {
  if (text === "") return [];
  if (!text.startsWith("/") || /~(?![01])/.test(text)) return undefined;
  return text
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
