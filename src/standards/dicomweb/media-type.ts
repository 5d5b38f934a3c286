import { limits } from "#kernel";

/** A media type or range, with its parameters. Source: PS3.18 §8.7; RFC 9110 §8.3.1, §12.5.1. */
export interface MediaType {
  /** `application/dicom+json`, `image/*`, in lower case. */
  readonly name: string;
  /** By names in lower case; values as they stand, without quotes. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** One media type; undefined for what is none. */
export function parseMediaType(text: string): MediaType | undefined {
  const [name = "", ...rest] = partsOutsideQuotes(text, ";").map((part) => part.trim());
  if (!/^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/.test(name)) return undefined;
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf("=");
    if (equals === -1) continue;
    const key = part.slice(0, equals).trim().toLowerCase();
    if (!parameters.has(key)) parameters.set(key, unquoted(part.slice(equals + 1).trim()));
  }
  return { name: name.toLowerCase(), parameters };
}

/** Media types with commas between them; what is none is left out. */
export function parseMediaTypes(text: string): readonly MediaType[] {
  const parts = partsOutsideQuotes(text, ",").slice(0, limits.mediaTypesMax);
  return parts.flatMap((part) => parseMediaType(part.trim()) ?? []);
}

function partsOutsideQuotes(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let isQuoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "\\" && isQuoted) at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  return text.replace(/^"|"$/g, "").replace(/\\(.)/g, "$1");
}
