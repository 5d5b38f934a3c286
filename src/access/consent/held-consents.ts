import { isJsonObject, type Json } from "#kernel";
import type { Version } from "#record";
import { canDeny } from "./denied-part.ts";
import { codedText } from "./known-codes.ts";
import { type PatientTerms, readTerms } from "./read-terms.ts";
import type { Coded, Rule, Terms } from "./rule.ts";

interface Held extends PatientTerms {
  readonly id: string;
  readonly version: number;
}

/**
 * The active Consents that could keep something from somebody, by their patient. Others are not held: without a Consent
 * nothing is denied. Consents that say the same share it.
 */
export class HeldConsents {
  readonly #byPatient = new Map<string, readonly Held[]>();
  readonly #patients = new Map<string, string>();
  /** The codes that rules name, by system and code; those of Consents that ended stay until the next start. */
  readonly codes = new Map<string, Coded>();
  readonly #shared = new Map<string, { readonly terms: Terms; uses: number }>();

  get size(): number {
    return this.#patients.size;
  }

  patients(): Iterable<string> {
    return this.#byPatient.keys();
  }

  /** A version of a Consent, whenever it comes: an older one than is held changes nothing. The patients it concerned and concerns. */
  apply({ id, version, body }: Version): readonly string[] {
    const before = this.#held(id);
    if (before !== undefined && before.version > version) return [];
    const read = readBody(body);
    const counts = read !== undefined && (canDeny(read.terms) || read.replaces.length > 0);
    this.#drop(id);
    if (counts) this.#add({ ...read, terms: this.#share(read.terms), id, version });
    return [...new Set([before?.patient, counts ? read.patient : undefined])].filter((each) => each !== undefined);
  }

  /** Those of one patient that count. */
  of(patient: string): readonly { readonly id: string; readonly terms: Terms }[] {
    const all = this.#byPatient.get(patient) ?? [];
    return all.filter((held) => !all.some((other) => isReplacedBy(held, other)));
  }

  #held(id: string): Held | undefined {
    return this.#byPatient.get(this.#patients.get(id) ?? "")?.find((held) => held.id === id);
  }

  #add(held: Held): void {
    this.#patients.set(held.id, held.patient);
    this.#byPatient.set(held.patient, [...(this.#byPatient.get(held.patient) ?? []), held]);
  }

  #drop(id: string): void {
    const patient = this.#patients.get(id);
    if (patient === undefined) return;
    this.#patients.delete(id);
    const all = this.#byPatient.get(patient) ?? [];
    const rest = all.filter((held) => held.id !== id);
    for (const held of all) if (held.id === id) this.#release(held.terms);
    if (rest.length === 0) this.#byPatient.delete(patient);
    else this.#byPatient.set(patient, rest);
  }

  #share(terms: Terms): Terms {
    const text = JSON.stringify(terms);
    const shared = this.#shared.get(text) ?? { terms, uses: 0 };
    shared.uses += 1;
    if (!this.#shared.has(text) && terms.rule !== undefined) {
      for (const coded of codesOf(terms.rule)) this.codes.set(codedText(coded), coded);
    }
    this.#shared.set(text, shared);
    return shared.terms;
  }

  #release(terms: Terms): void {
    const text = JSON.stringify(terms);
    const shared = this.#shared.get(text);
    if (shared === undefined) return;
    shared.uses -= 1;
    if (shared.uses === 0) this.#shared.delete(text);
  }
}

function codesOf({ codes, rules }: Rule): readonly Coded[] {
  return [...codes, ...rules.flatMap(codesOf)];
}

/** By one that says so, of the same scope, that was given later. */
function isReplacedBy(held: Held, other: Held): boolean {
  if (!other.replaces.includes(`Consent/${held.id}`) || other.scope !== held.scope) return false;
  return other.givenMs !== undefined && held.givenMs !== undefined && other.givenMs > held.givenMs;
}

/** A deleted Consent has no body. */
function readBody(body: string): PatientTerms | undefined {
  if (body === "") return undefined;
  const consent = JSON.parse(body) as Json;
  return isJsonObject(consent) ? readTerms(consent) : undefined;
}
