import { failed, incorrect, ok, type Result } from "#kernel";

export type TokenKind =
  | "identifier"
  | "delimited"
  | "string"
  | "number"
  | "dateTime"
  | "date"
  | "time"
  | "variable"
  | "symbol"
  | "end";

export interface Token {
  readonly kind: TokenKind;
  /** Without quotes and with escapes resolved; for dates without the `@`. */
  readonly text: string;
  readonly at: number;
}

const space = /(?:\s+|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y;

/** In this order: a date and time begins like a date. Source: FHIRPath 2.0, grammar. */
const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ["dateTime", /@\d{4}(?:-\d\d(?:-\d\d)?)?T(?:\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?)?/y],
  ["date", /@\d{4}(?:-\d\d(?:-\d\d)?)?/y],
  ["time", /@T\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?/y],
  ["number", /\d+(?:\.\d+)?/y],
  ["identifier", /[A-Za-z_][A-Za-z0-9_]*/y],
  ["delimited", /`(?:[^`\\]|\\.)*`/y],
  ["string", /'(?:[^'\\]|\\[\s\S])*'/y],
  ["variable", /\$(?:this|index|total)(?![A-Za-z0-9_])/y],
  ["symbol", /<=|>=|!=|!~|[.,()[\]{}+\-*/&|<>=~%]/y],
];

const escapeSequence = /\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g;
const escaped: Readonly<Record<string, string>> = { f: "\f", n: "\n", r: "\r", t: "\t" };
const escapable = /^[\\/frnt"`']$/;

/** The tokens of an expression, an `end` behind them. Problem: `fhirpath-syntax`, `where` the offset. */
export function tokensOf(text: string): Result<readonly Token[]> {
  const tokens: Token[] = [];
  let at = afterSpace(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (token === undefined) return failed(syntaxProblem(text, at, "this cannot be read"));
    tokens.push(token.token);
    at = afterSpace(text, token.end);
  }
  tokens.push({ kind: "end", text: "", at: text.length });
  return ok(tokens);
}

export function syntaxProblem(text: string, at: number, what: string) {
  const before = text.slice(0, at).split("\n");
  const place = `line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1}`;
  return incorrect("fhirpath-syntax", `The FHIRPath expression goes wrong at ${place}: ${what}.`, {
    where: `offset ${at}`,
  });
}

function afterSpace(text: string, at: number): number {
  space.lastIndex = at;
  space.test(text);
  return space.lastIndex;
}

function tokenAt(text: string, at: number): { readonly token: Token; readonly end: number } | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    const content = contentOf(kind, found);
    return content === undefined ? undefined : { token: { kind, text: content, at }, end: at + found.length };
  }
  return undefined;
}

function contentOf(kind: TokenKind, found: string): string | undefined {
  if (kind === "string" || kind === "delimited") return unescaped(found.slice(1, -1));
  return kind === "date" || kind === "dateTime" || kind === "time" ? found.slice(1) : found;
}

/** Undefined where an escape is none of FHIRPath. */
function unescaped(text: string): string | undefined {
  if (!text.includes("\\")) return text;
  let isRight = true;
  const plain = text.replace(escapeSequence, (_, code: string | undefined, char: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    if (!escapable.test(char)) isRight = false;
    return escaped[char] ?? char;
  });
  return isRight ? plain : undefined;
}
