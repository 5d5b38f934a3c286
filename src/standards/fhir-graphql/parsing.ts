import { limits } from "#kernel";
import { type GraphqlError, type QueryPlace, queryError } from "./error.ts";
import { type Token, tokenAt } from "./token.ts";

/** A query being read: the next token, and the first thing found wrong, behind which there are no tokens. */
export interface Parsing {
  readonly text: string;
  next: Token;
  /** Behind the next token. */
  end: number;
  depth: number;
  /** The last place that was asked for; places are asked for in the order of the text. */
  readonly line: { number: number; start: number; seen: number };
  error: GraphqlError | undefined;
}

export function startParsing(text: string): Parsing {
  const next: Token = { is: "end", text: "", at: 0 };
  const parsing: Parsing = { text, next, end: 0, depth: 0, line: { number: 1, start: 0, seen: 0 }, error: undefined };
  advance(parsing);
  return parsing;
}

/** Gives the next token and moves behind it. */
export function advance(parsing: Parsing): Token {
  const { next } = parsing;
  const { token, end } = tokenAt(parsing.text, parsing.end);
  parsing.next = token;
  parsing.end = end;
  if (token.is === "wrong") failParsing(parsing, token.text);
  return next;
}

/** Keeps the first error and jumps to the end of the text, where every loop stops. */
export function failParsing(parsing: Parsing, message: string, code = "graphql-syntax"): void {
  parsing.error ??= queryError(code, `${message}.`, here(parsing));
  parsing.end = parsing.text.length;
  parsing.next = { is: "end", text: "", at: parsing.text.length };
}

/** Where the next token starts. */
export function here({ text, next, line }: Parsing): QueryPlace {
  for (; line.seen < next.at; line.seen += 1) {
    const char = text.charAt(line.seen);
    if (char !== "\n" && (char !== "\r" || text.charAt(line.seen + 1) === "\n")) continue;
    line.number += 1;
    line.start = line.seen + 1;
  }
  return { line: line.number, column: next.at - line.start + 1 };
}

export function isNext({ next }: Parsing, text: string): boolean {
  return (next.is === "punctuator" || next.is === "name") && next.text === text;
}

/** Moves behind the next token where it is this one. */
export function take(parsing: Parsing, text: string): boolean {
  const isThere = isNext(parsing, text);
  if (isThere) advance(parsing);
  return isThere;
}

export function expect(parsing: Parsing, text: string): void {
  if (!take(parsing, text)) failParsing(parsing, `${text} is missing`);
}

export function expectName(parsing: Parsing): string {
  if (parsing.next.is === "name") return advance(parsing).text;
  failParsing(parsing, "A name is missing");
  return "";
}

/** What stands between two brackets; at least one where `min` is 1. */
export function listOf<T>(parsing: Parsing, [open, close]: readonly [string, string], read: () => T): readonly T[] {
  const items: T[] = [];
  expect(parsing, open);
  parsing.depth += 1;
  if (parsing.depth > limits.graphqlDepthMax) {
    failParsing(parsing, `A query may be ${limits.graphqlDepthMax} levels deep at most`, "graphql-too-deep");
  }
  while (parsing.error === undefined && !isNext(parsing, close)) {
    if (parsing.next.is === "end") failParsing(parsing, `${close} is missing`);
    else items.push(read());
  }
  parsing.depth -= 1;
  if (parsing.error === undefined) expect(parsing, close);
  return items;
}
