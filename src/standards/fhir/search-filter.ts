import { failed, incorrect, limits, ok, type Problem, type Result } from "#kernel";
import type { Criterion } from "./search-criterion.ts";

/** How one condition of a filter is written as a parameter: `given eq "peter"` as `given` with a value. */
export interface FilterTerm {
  /** With chain, without modifier: `subject.name`. */
  readonly path: string;
  /** `subject[gender eq male].name`: a reference, what must hold where it leads, and then the path. */
  readonly through?: { readonly reference: string; readonly filter: string };
  readonly operator: FilterOperator;
  /** Without quotes. */
  readonly value: string;
}

const operators = ["eq", "ne", "co", "sw", "ew", "gt", "lt", "ge", "le", "ap", "sa", "eb", "pr", "po"] as const;
const codeOperators = ["ss", "sb", "in", "ni", "re"] as const;
const allOperators = [...operators, ...codeOperators];
export type FilterOperator = (typeof allOperators)[number];

/**
 * Reads a `_filter`. `and` binds closer than `or`; both go from left to right. `term` reads one condition.
 * Problems: incorrect, code `wrong-search-value`, where `_filter`; and those of `term`.
 * Source: FHIR R4 §3.1.3 (search_filter.html, grammar).
 */
export function parseFilter(text: string, term: (term: FilterTerm) => Result<Criterion>): Result<Criterion> {
  if (text.length > limits.searchFilterCharactersMax) return failed(wrongFilter("It is too long."));
  const parser = new FilterParser(tokensOf(text), term);
  const filter = parser.alternatives(0);
  if (!filter.ok || parser.atEnd()) return filter;
  return failed(wrongFilter("Something stands behind its end."));
}

function wrongFilter(message: string): Problem {
  return incorrect("wrong-search-value", `The filter cannot be read. ${message}`, { where: "_filter" });
}

const tokenPattern = /\s*("(?:[^"\\]|\\.)*"|[()]|[^\s()"]+|")/gy;

/** What stands in square brackets behind a name belongs to it, blanks and brackets included. */
function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  for (let match = tokenPattern.exec(text); match !== null; match = tokenPattern.exec(text)) {
    const [all, token = ""] = match;
    const start = match.index + all.length - token.length;
    const end = /^[A-Za-z_][\w:-]*\[/.test(token) ? endOfPath(text, start) : start + token.length;
    if (end === undefined) return [...tokens, text.slice(start)];
    tokens.push(text.slice(start, end));
    tokenPattern.lastIndex = end;
  }
  return tokens;
}

/** Behind the bracket that closes the first one, and behind the names that follow it; undefined where none closes it. */
function endOfPath(text: string, start: number): number | undefined {
  const pattern = /"(?:[^"\\]|\\.)*"|[[\]]/g;
  pattern.lastIndex = start;
  let depth = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [found] = match;
    if (found === "[") depth += 1;
    if (found === "]") depth -= 1;
    if (depth > 0 || found.length > 1) continue;
    const behind = /[^\s()"]*/y;
    behind.lastIndex = match.index + 1;
    return match.index + 1 + (behind.exec(text)?.[0].length ?? 0);
  }
  return undefined;
}

class FilterParser {
  readonly #tokens: readonly string[];
  readonly #term: (term: FilterTerm) => Result<Criterion>;
  #at = 0;

  constructor(tokens: readonly string[], term: (term: FilterTerm) => Result<Criterion>) {
    this.#tokens = tokens;
    this.#term = term;
  }

  atEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  alternatives(depth: number): Result<Criterion> {
    return this.#joined("or", () => this.#joined("and", () => this.#part(depth)));
  }

  #joined(word: "or" | "and", read: () => Result<Criterion>): Result<Criterion> {
    const of: Criterion[] = [];
    do {
      const part = read();
      if (!part.ok) return part;
      of.push(part.value);
    } while (this.#take(word));
    const [only] = of;
    return only !== undefined && of.length === 1 ? ok(only) : ok({ kind: word === "or" ? "any" : "all", of });
  }

  #part(depth: number): Result<Criterion> {
    if (depth > limits.searchFilterDepthMax) return failed(wrongFilter("It is nested too deep."));
    if (this.#take("not")) {
      const of = this.#part(depth + 1);
      return of.ok ? ok({ kind: "not", of: of.value }) : of;
    }
    if (!this.#take("(")) return this.#condition();
    const inner = this.alternatives(depth + 1);
    if (inner.ok && !this.#take(")")) return failed(wrongFilter("A bracket is not closed."));
    return inner;
  }

  #condition(): Result<Criterion> {
    const [left = "", word, written] = this.#tokens.slice(this.#at, this.#at + 3);
    const [, reference, filter = "", rest] = /^([\w:-]+)\[(.*)\]\.(.+)$/s.exec(left) ?? [];
    const path = rest ?? left;
    const operator = allOperators.find((candidate) => candidate === word);
    const isName = /^[A-Za-z_][\w:.-]*$/.test(path);
    if (!isName || operator === undefined) {
      return failed(wrongFilter("A condition must be written as a parameter, an operator and a value."));
    }
    const value = written === undefined || written === ")" ? undefined : writtenValue(written);
    if (value === undefined) return failed(wrongFilter("A value is missing, or its quotes are not closed."));
    this.#at += 3;
    return this.#term({
      path,
      operator,
      value,
      ...(reference === undefined ? {} : { through: { reference, filter } }),
    });
  }

  #take(word: string): boolean {
    const found = this.#tokens[this.#at]?.toLowerCase() === word;
    if (found) this.#at += 1;
    return found;
  }
}

/** Undefined for a quote by itself. In quotes, a backslash stands before a quote or itself. */
function writtenValue(token: string): string | undefined {
  if (!token.startsWith('"')) return token;
  return token.length > 1 ? token.slice(1, -1).replace(/\\(["\\])/g, "$1") : undefined;
}
