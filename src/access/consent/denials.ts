import type { Clause, Kind } from "#record";
import type { Asker } from "./asker.ts";
import { deniedPart, nextChangeMs } from "./denied-part.ts";
import type { HeldConsents } from "./held-consents.ts";
import type { CodesBelow } from "./known-codes.ts";
import type { Part } from "./part.ts";
import { partClause } from "./part-clause.ts";

interface Group {
  readonly part: Part;
  readonly patients: Set<string>;
}

export interface DenialsAsked {
  readonly asker: Asker;
  readonly nowMs: number;
  readonly codes: CodesBelow;
}

/**
 * What is denied to one asker, of all patients; patients who deny the same part stand together. Made once, and brought up to
 * date for a patient whose Consents changed.
 */
export class Denials {
  readonly #asker: Asker;
  readonly #consents: HeldConsents;
  readonly #groups = new Map<string, Group>();
  readonly #groupOf = new Map<string, string>();
  readonly #clauses = new Map<Kind, readonly Clause[]>();
  readonly #nowMs: number;
  readonly #codes: CodesBelow;
  /** From then on it is to be made anew: a rule begins or ceases to hold. */
  untilMs = Number.POSITIVE_INFINITY;

  constructor(consents: HeldConsents, { asker, nowMs, codes }: DenialsAsked) {
    this.#asker = asker;
    this.#consents = consents;
    this.#nowMs = nowMs;
    this.#codes = codes;
    for (const patient of consents.patients()) this.#decide(patient);
  }

  get isEmpty(): boolean {
    return this.#groups.size === 0;
  }

  /** The patient's Consents are others than before. */
  changed(patient: string): void {
    const group = this.#groupOf.get(patient);
    if (group !== undefined) this.#leave(group, patient);
    this.#decide(patient);
    this.#clauses.clear();
  }

  /** What is denied of one patient's record. */
  partOf(patient: string): Part | undefined {
    return this.#groups.get(this.#groupOf.get(patient) ?? "")?.part;
  }

  /** What documents of a kind must meet: not to be of what anybody denies. */
  clauses(kind: Kind): readonly Clause[] {
    const known = this.#clauses.get(kind);
    if (known !== undefined) return known;
    const denied = [...this.#groups.values()].map(({ part, patients }) =>
      partClause(kind, [...patients], part, this.#codes),
    );
    const made = denied.flatMap((of): readonly Clause[] => (of.is === "never" ? [] : [{ is: "not", of }]));
    this.#clauses.set(kind, made);
    return made;
  }

  /** The same for documents that concern nobody but these patients. */
  clausesFor(kind: Kind, patients: readonly string[]): readonly Clause[] {
    return patients.flatMap((patient): readonly Clause[] => {
      const part = this.partOf(patient);
      const of = part === undefined ? undefined : partClause(kind, [patient], part, this.#codes);
      return of === undefined || of.is === "never" ? [] : [{ is: "not", of }];
    });
  }

  #decide(patient: string): void {
    const terms = this.#consents.of(patient).map((held) => held.terms);
    this.untilMs = Math.min(this.untilMs, nextChangeMs(terms, this.#nowMs));
    if (this.#asker.overridden.includes(patient)) return;
    const part = deniedPart(terms, this.#asker, this.#nowMs, this.#codes);
    if (part.is === "nothing") return;
    const text = JSON.stringify(part);
    const group = this.#groups.get(text) ?? { part, patients: new Set() };
    group.patients.add(patient);
    this.#groups.set(text, group);
    this.#groupOf.set(patient, text);
  }

  #leave(text: string, patient: string): void {
    this.#groupOf.delete(patient);
    const group = this.#groups.get(text);
    group?.patients.delete(patient);
    if (group?.patients.size === 0) this.#groups.delete(text);
  }
}
