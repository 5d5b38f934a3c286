import type { CodedResults, UnknownInMessage } from "../messages/link-message.ts";
import { type Draft, present } from "../messages/present.ts";

/** Counts the results of one message, and what in them nobody knows; beyond `unknownMax` codes, no further ones. */
export class CodeTally {
  results = 0;
  #coded = 0;
  readonly #unknown = new Map<string, UnknownInMessage>();
  readonly #unknownMax: number;

  constructor(unknownMax: number) {
    this.#unknownMax = unknownMax;
  }

  /** One result. */
  count(isCoded: boolean): void {
    this.results += 1;
    if (isCoded) this.#coded += 1;
  }

  note(found: Draft<Omit<UnknownInMessage, "count">>): void {
    const key = `${found.field} ${found.system} ${found.code}`;
    const known = this.#unknown.get(key);
    if (known !== undefined) this.#unknown.set(key, { ...known, count: known.count + 1 });
    else if (this.#unknown.size < this.#unknownMax) {
      this.#unknown.set(key, present<UnknownInMessage>({ ...found, count: 1 }));
    }
  }

  summary(): CodedResults {
    return { results: this.results, coded: this.#coded, unknown: [...this.#unknown.values()] };
  }
}
