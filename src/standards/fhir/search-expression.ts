/**
 * The part of FHIRPath that R4's search parameters are written in: paths, unions, casts, four kinds of condition, and
 * the one comparison of Patient-deceased. Source: FHIR R4 §3.1.1.4 (SearchParameter.expression), FHIRPath 2.0 grammar.
 */
export type SearchExpression =
  | { readonly kind: "root"; readonly type: string }
  | { readonly kind: "child"; readonly of: SearchExpression; readonly name: string }
  | { readonly kind: "item"; readonly of: SearchExpression; readonly index: number }
  | { readonly kind: "cast"; readonly of: SearchExpression; readonly type: string }
  | { readonly kind: "where"; readonly of: SearchExpression; readonly condition: Condition }
  | { readonly kind: "extension"; readonly of: SearchExpression; readonly url: string }
  | { readonly kind: "union"; readonly parts: readonly SearchExpression[] }
  | { readonly kind: "exists-and-differs"; readonly of: SearchExpression; readonly from: boolean };

export type Condition =
  | { readonly kind: "equals"; readonly name: string; readonly value: string }
  | { readonly kind: "resolves-to"; readonly type: string }
  | { readonly kind: "has-extension"; readonly url: string };

const tokenPattern = /\s*(?:([A-Za-z_]\w*)|'([^']*)'|(\d+)|(!=|[().|=[\]]))/y;

/** Longer than any of R4's, and short enough that no nesting runs out of stack. */
const expressionCharactersMax = 1_000;

/** The expression, or undefined where it is not of this part, or has more than 1,000 characters. */
export function parseSearchExpression(text: string): SearchExpression | undefined {
  const tokens = text.length > expressionCharactersMax ? undefined : tokensOf(text);
  if (tokens === undefined) return undefined;
  const parser = new Parser(tokens);
  const expression = parser.union();
  return parser.atEnd() ? expression : undefined;
}

type Token = { readonly kind: "name" | "text" | "number" | "sign"; readonly value: string };

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [, name, quoted, number, sign] = match;
    if (name !== undefined) tokens.push({ kind: "name", value: name });
    else if (quoted !== undefined) tokens.push({ kind: "text", value: quoted });
    else if (number !== undefined) tokens.push({ kind: "number", value: number });
    else tokens.push({ kind: "sign", value: sign ?? "" });
  }
  return tokens;
}

/** Recursive descent; each method returns undefined where the text is not what it reads. */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  atEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  union(): SearchExpression | undefined {
    const parts: SearchExpression[] = [];
    do {
      const part = this.#alternative();
      if (part === undefined) return undefined;
      parts.push(part);
    } while (this.#take("|"));
    const [only] = parts;
    return parts.length === 1 ? only : { kind: "union", parts };
  }

  #alternative(): SearchExpression | undefined {
    const path = this.#path();
    if (path === undefined) return undefined;
    if (this.#take("as")) {
      const type = this.#name();
      return type === undefined ? undefined : { kind: "cast", of: path, type };
    }
    return path;
  }

  #path(): SearchExpression | undefined {
    let path = this.#start();
    while (path !== undefined) {
      if (this.#take("[")) path = this.#item(path);
      else if (!this.#take(".")) return path;
      else if (this.#takeCall("exists")) return this.#existsAndDiffers(path);
      else path = this.#member(path);
    }
    return undefined;
  }

  #start(): SearchExpression | undefined {
    if (this.#take("(")) {
      const inner = this.union();
      return this.#take(")") ? inner : undefined;
    }
    const type = this.#name();
    return type === undefined ? undefined : { kind: "root", type };
  }

  #item(of: SearchExpression): SearchExpression | undefined {
    const index = this.#value("number");
    return index !== undefined && this.#take("]") ? { kind: "item", of, index: Number(index) } : undefined;
  }

  #member(of: SearchExpression): SearchExpression | undefined {
    const name = this.#name();
    if (name === undefined || !this.#take("(")) return name === undefined ? undefined : { kind: "child", of, name };
    const call = this.#call(of, name);
    return this.#take(")") ? call : undefined;
  }

  #call(of: SearchExpression, name: string): SearchExpression | undefined {
    if (name === "as" || name === "ofType") {
      const type = this.#name();
      return type === undefined ? undefined : { kind: "cast", of, type };
    }
    if (name === "extension") {
      const url = this.#value("text");
      return url === undefined ? undefined : { kind: "extension", of, url };
    }
    const condition = name === "where" ? this.#condition() : undefined;
    return condition === undefined ? undefined : { kind: "where", of, condition };
  }

  #condition(): Condition | undefined {
    if (this.#takeCall("resolve")) {
      const type = this.#take("is") ? this.#name() : undefined;
      return type === undefined ? undefined : { kind: "resolves-to", type };
    }
    const name = this.#name();
    if (name === "hasExtension" && this.#take("(")) {
      const url = this.#value("text");
      return url !== undefined && this.#take(")") ? { kind: "has-extension", url } : undefined;
    }
    const value = this.#take("=") ? this.#value("text") : undefined;
    return name === undefined || value === undefined ? undefined : { kind: "equals", name, value };
  }

  /** `X.exists() and X != false`, read from behind the `exists()`. */
  #existsAndDiffers(of: SearchExpression): SearchExpression | undefined {
    const again = this.#take("and") ? this.#path() : undefined;
    if (JSON.stringify(again) !== JSON.stringify(of) || !this.#take("!=")) return undefined;
    const literal = this.#name();
    return literal === "true" || literal === "false"
      ? { kind: "exists-and-differs", of, from: literal === "true" }
      : undefined;
  }

  #takeCall(name: string): boolean {
    const [first, second, third] = this.#tokens.slice(this.#at, this.#at + 3);
    const found = first?.value === name && second?.value === "(" && third?.value === ")";
    if (found) this.#at += 3;
    return found;
  }

  #take(value: string): boolean {
    const token = this.#tokens[this.#at];
    const found = token !== undefined && token.kind !== "text" && token.value === value;
    if (found) this.#at += 1;
    return found;
  }

  #name(): string | undefined {
    return this.#value("name");
  }

  #value(kind: Token["kind"]): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind) return undefined;
    this.#at += 1;
    return token.value;
  }
}
