import { incorrect, limits, type Problem, unsupported } from "#kernel";

/** Why an expression is not read: thrown inside the parser, and returned by it. */
export class EclFault extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** The text of an expression, and how far it was read. White space, comments and terms between bars say nothing. */
export class EclReader {
  readonly #text: string;
  #at = 0;
  #steps = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get place(): number {
    this.#skip();
    return this.#at;
  }

  backTo(place: number): void {
    this.#at = place;
  }

  isAtEnd(): boolean {
    return this.place >= this.#text.length;
  }

  /** Whether this comes next; nothing is read. */
  sees(symbol: string): boolean {
    return this.#text.startsWith(symbol, this.place);
  }

  /** Reads it, where it comes next. */
  takes(symbol: string): boolean {
    if (!this.sees(symbol)) return false;
    this.#at += symbol.length;
    return true;
  }

  /** The first of the symbols that comes next. */
  takesOne<T extends string>(symbols: readonly T[]): T | undefined {
    return symbols.find((symbol) => this.takes(symbol));
  }

  /** A word of letters, upper or lower case, that no other letter follows. */
  takesWord(word: string): boolean {
    return this.takesMatch(new RegExp(`${word}(?![A-Za-z])`, "iy")) !== undefined;
  }

  /** Counts operands: what might be the name of an attribute is read twice, and that must not go on for ever. */
  step(): void {
    this.#steps += 1;
    if (this.#steps > limits.eclCharactersMax) this.fault("This is nested too often");
  }

  takesConnective(is: "and" | "or"): boolean {
    return is === "or" ? this.takesWord("OR") : this.takes(",") || this.takesWord("AND");
  }

  takesMatch(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.place;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  needs(symbol: string): void {
    if (!this.takes(symbol)) this.fault(`Here must be ${symbol}`);
  }

  fault(message: string): never {
    throw new EclFault(incorrect("ecl-incorrect", `${message}.`, this.#here()));
  }

  refuse(message: string): never {
    throw new EclFault(unsupported("ecl-unsupported", `Corridor does not evaluate ${message}.`, this.#here()));
  }

  #here() {
    return { where: `character ${this.#at + 1}` };
  }

  #skip(): void {
    for (;;) {
      const found = /(?:\s+|\/\*[\s\S]*?\*\/|\|[^|]*\|)/y;
      found.lastIndex = this.#at;
      const [skipped] = found.exec(this.#text) ?? [];
      if (skipped === undefined) return;
      this.#at += skipped.length;
    }
  }
}
