const space = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings.
const string = /"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"/y;
const other = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What may come next, and what comes after it. `closing` ends the innermost object or array. */
type State = "value" | "item" | "name" | "member" | "colon" | "behind";

/**
 * Where a text that is no JSON goes wrong: the place of the first token that cannot stand there; the length of the text
 * where it ends too early. For text that `JSON.parse` has refused. Source: RFC 8259 §2.
 */
export function jsonFaultAt(text: string): number {
  const open: string[] = [];
  let state = "value" as State;
  let at = skip(space, text, 0);
  while (at < text.length) {
    const char = text.charAt(at);
    const next = stepAt(state, char, open);
    const end = next === "token" ? tokenEnd(state, text, at) : at + 1;
    if (next === undefined || end === at) return at;
    state = next === "token" ? (state === "name" || state === "member" ? "colon" : "behind") : next;
    at = skip(space, text, end);
  }
  return text.length;
}

/** The state behind a sign of punctuation; `token` where none may stand; undefined where nothing else may. */
function stepAt(state: State, char: string, open: string[]): State | "token" | undefined {
  const isObject = open.at(-1) === "{";
  switch (state) {
    case "colon":
      return char === ":" ? "value" : undefined;
    case "behind":
      if (char === "," && open.length > 0) return isObject ? "name" : "value";
      return closed(char, open);
    case "member":
      return closed(char, open) ?? "token";
    case "name":
      return "token";
    case "item":
      return closed(char, open) ?? opened(char, open) ?? "token";
    case "value":
      return opened(char, open) ?? "token";
  }
}

function opened(char: string, open: string[]): State | undefined {
  if (char !== "{" && char !== "[") return undefined;
  open.push(char);
  return char === "{" ? "member" : "item";
}

function closed(char: string, open: string[]): State | undefined {
  const last = open.at(-1);
  if (last === undefined || char !== (last === "{" ? "}" : "]")) return undefined;
  open.pop();
  return "behind";
}

function tokenEnd(state: State, text: string, at: number): number {
  const end = skip(string, text, at);
  return end > at || state === "name" || state === "member" ? end : skip(other, text, at);
}

/** Where the pattern ends that begins here; `at` where it does not. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
