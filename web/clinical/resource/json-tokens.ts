import type { Json } from "#kernel";

/** A piece of JSON text, with what it is. Joined, the pieces are the text again. */
export interface JsonToken {
  readonly is: "name" | "text" | "reference" | "literal" | "plain";
  readonly text: string;
  /** Place in the text, to tell tokens apart. */
  readonly at: number;
}

const pattern = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g;

/** The JSON of a value with two spaces a level, cut into names, texts, references to other resources and the rest. */
export function jsonTokens(value: Json): readonly JsonToken[] {
  const text = JSON.stringify(value, undefined, 2);
  const tokens: JsonToken[] = [];
  let end = 0;
  let name = "";
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) tokens.push({ is: "plain", text: text.slice(end, match.index), at: end });
    const quoted = match[1];
    const isName = match[2] !== undefined;
    if (isName && quoted !== undefined) name = quoted;
    tokens.push({ is: kindOf(quoted, isName, name), text: match[0], at: match.index });
    end = match.index + match[0].length;
  }
  if (end < text.length) tokens.push({ is: "plain", text: text.slice(end), at: end });
  return tokens;
}

function kindOf(quoted: string | undefined, isName: boolean, name: string): JsonToken["is"] {
  if (quoted === undefined) return "literal";
  if (isName) return "name";
  return name === '"reference"' && resourceReference(quoted) !== undefined ? "reference" : "text";
}

/** Kind and id in a relative reference, with its quotes: `"Patient/7c1"`. */
export function resourceReference(quoted: string): { readonly kind: string; readonly id: string } | undefined {
  const parts = /^"([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/\d+)?"$/.exec(quoted);
  return parts?.[1] === undefined || parts[2] === undefined ? undefined : { kind: parts[1], id: parts[2] };
}
