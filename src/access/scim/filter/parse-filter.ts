import { failed, limits, ok, type Result } from "#kernel";
import { scimProblem } from "../scim-problem.ts";
import { readAttributePath } from "./attribute-path.ts";
import { type AttributePath, type Comparison, comparisons, type Filter, type PatchPath } from "./filter.ts";
import { type Token, tokensOf } from "./tokens.ts";

/**
 * A filter of a search. Of `and`, `or` and `not`, `not` binds most and `or` least; operators are read without capitals.
 * Problems: `invalidFilter`. Source: RFC 7644 §3.4.2.2.
 */
export function parseFilter(text: string): Result<Filter> {
  const parser = parserOf(text);
  const filter = parser?.either();
  if (parser === undefined || filter === undefined || !parser.isAtEnd()) {
    return failed(scimProblem("invalidFilter", 'The filter is not understood. One is: userName eq "ada.osei".'));
  }
  return ok(filter);
}

/** A path of a patch. Problems: `invalidPath`. Source: RFC 7644 §3.5.2. */
export function parsePath(text: string): Result<PatchPath> {
  const path = parserOf(text)?.patchPath();
  return path === undefined
    ? failed(scimProblem("invalidPath", "The path is not understood. One is: name.familyName.", "path"))
    : ok(path);
}

function parserOf(text: string): Parser | undefined {
  const tokens = text.length > limits.scimFilterCharactersMax ? undefined : tokensOf(text);
  return tokens && new Parser(tokens);
}

/** Goes through the parts from left to right; each step gives undefined where the text is not what it should be. */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  either(): Filter | undefined {
    return this.#chain("or", () => this.#chain("and", () => this.#one()));
  }

  patchPath(): PatchPath | undefined {
    const path = this.#path();
    if (path === undefined || this.isAtEnd()) return path;
    if (path.sub !== undefined || !this.#takesMark("[")) return undefined;
    const filter = this.either();
    if (filter === undefined || !this.#takesMark("]")) return undefined;
    if (this.isAtEnd()) return { ...path, filter };
    const word = this.#word();
    const sub = word?.startsWith(".") ? readAttributePath(word.slice(1)) : undefined;
    if (sub?.name === undefined || sub.sub !== undefined || !this.isAtEnd()) return undefined;
    return { ...path, filter, sub: sub.name };
  }

  #chain(by: "and" | "or", next: () => Filter | undefined): Filter | undefined {
    const parts: Filter[] = [];
    do {
      const part = next();
      if (part === undefined) return undefined;
      parts.push(part);
    } while (this.#takesWord(by));
    return parts.length === 1 ? parts[0] : { is: by, of: parts };
  }

  #one(): Filter | undefined {
    if (this.#takesMark("(")) return this.#inside(")");
    const next = this.#tokens[this.#at + 1];
    if (this.#peeksWord("not") && next?.is === "mark" && next.text === "(") {
      this.#at += 2;
      const of = this.#inside(")");
      return of && { is: "not", of };
    }
    const path = this.#path();
    if (path === undefined) return undefined;
    if (this.#takesMark("[")) {
      const of = this.#inside("]");
      return of && { is: "has", path, of };
    }
    return this.#takesWord("pr") ? { is: "present", path } : this.#comparison(path);
  }

  #inside(end: ")" | "]"): Filter | undefined {
    this.#depth += 1;
    if (this.#depth > limits.scimFilterDepthMax) return undefined;
    const filter = this.either();
    this.#depth -= 1;
    return this.#takesMark(end) ? filter : undefined;
  }

  #comparison(path: AttributePath): Filter | undefined {
    const by = this.#word()?.toLowerCase();
    if (by === undefined || !comparisons.some((each) => each === by)) return undefined;
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token === undefined || token.is === "mark") return undefined;
    const value = token.is === "string" ? token.text : literal(token.text);
    return value === undefined ? undefined : { is: "compare", path, by: by as Comparison, value };
  }

  #path(): AttributePath | undefined {
    const word = this.#word();
    const path = word === undefined ? undefined : readAttributePath(word);
    return path;
  }

  #word(): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.is !== "word") return undefined;
    this.#at += 1;
    return token.text;
  }

  #peeksWord(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.is === "word" && token.text.toLowerCase() === text;
  }

  #takesWord(text: string): boolean {
    const isThere = this.#peeksWord(text);
    if (isThere) this.#at += 1;
    return isThere;
  }

  #takesMark(text: string): boolean {
    const token = this.#tokens[this.#at];
    const isThere = token?.is === "mark" && token.text === text;
    if (isThere) this.#at += 1;
    return isThere;
  }
}

/** Directories write booleans with a capital, too. */
function literal(text: string): number | boolean | null | undefined {
  switch (text.toLowerCase()) {
    case "true":
      return true;
    case "false":
      return false;
    case "null":
      return null;
    default:
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
  }
}
