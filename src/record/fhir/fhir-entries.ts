import {
  type IndexedQuantity,
  type IndexSink,
  narrowerThan,
  normaliseText,
  parseReference,
  refersByUrl,
  rememberByType,
  standardSearchParametersOf,
  type TupleValue,
} from "#standards/fhir";
import { canonicalQuantity } from "#standards/ucum";
import type { DateEntry, IndexEntries, NumberEntry, TermEntry, TextEntry } from "../documents/index-entries.ts";
import { filingOf, isFiledUnder, withoutUnit } from "./filed-under.ts";

/**
 * The key of a code; `system` undefined: of any system, empty: of none. A bar in a code is escaped, so that nobody can make
 * an identifier that is found as another's.
 */
export function tokenKey(parameter: string, system: string | undefined, code: string): string {
  return `${parameter}=${tokenText(system, code)}`;
}

function tokenText(system: string | undefined, code: string): string {
  const plain = code.includes("|") ? code.replaceAll("|", "\\|") : code;
  return system === undefined ? plain : `${system}|${plain}`;
}

/** The key of two values on one element of a composite. */
export function pairKey(parameter: string, first: string, second: string): string {
  return `${tupleParameter(parameter, first)}=${second}`;
}

/** What is on one element with a value of the first component stands under this name. */
export function tupleParameter(parameter: string, first: string): string {
  return `${parameter}$${first}`;
}

/** How a value of a component is written in tuples; `system` as in `tokenKey`. */
export function tupleToken(system: string | undefined, code: string): string {
  return tokenText(system, code);
}

/** The key of all codes of a system. */
export function systemKey(parameter: string, system: string): string {
  return `${parameter}=${system}|`;
}

/** The key of `:of-type`. */
export function typedKey(parameter: string, type: { readonly system: string; readonly code: string }, value: string) {
  return `${parameter}:of-type=${type.system}|${type.code}|${value}`;
}

/** The system of UCUM's codes. Source: FHIR R4 §2.24.0.8 (Quantity). */
export const ucumSystem = "http://unitsofmeasure.org";

/** The names under which the degrees of a position stand, north and east. */
export function positionParameters(parameter: string): readonly [north: string, east: string] {
  return [`${parameter}:latitude`, `${parameter}:longitude`];
}

/** The name under which quantities of a parameter stand in a canonical unit. */
export function canonicalParameter(parameter: string, unit: string): string {
  return `${parameter}~${unit}`;
}

/** Longer displays are found by their beginning. */
const termCharsMax = 200;

const bitsOf = rememberByType((type): ReadonlyMap<string, bigint> => {
  const codes = standardSearchParametersOf(type).map(({ code }) => code);
  return new Map(codes.sort().map((code, at) => [code, 1n << BigInt(at)]));
});

/** The bit that says whether a document has a value of the parameter; 0 for one that is not of R4 (see `presenceKey`). */
export function presenceBit(type: string, parameter: string): bigint {
  return bitsOf(type).get(parameter) ?? 0n;
}

/** The key of a document that has a value of a parameter without a bit. */
export function presenceKey(parameter: string): string {
  return `${parameter}:present=true`;
}

/** The parameters of a type whose references are canonical urls. */
const byUrlOf = rememberByType((type): ReadonlySet<string> => {
  const references = standardSearchParametersOf(type).filter((parameter) => parameter.type === "reference");
  return new Set(references.map(({ code }) => code).filter((code) => refersByUrl(type, code)));
});

/**
 * The name under which a canonical stands exactly as it is written, and a definition's own url with its version and without:
 * so the one leads to the other, and `url|2` to that version alone.
 */
export function namedParameter(parameter: string): string {
  return `${parameter}:named`;
}

/** Whether a reference stands under such a name. */
export function isNamedReference(reference: string): boolean {
  return reference.slice(0, reference.indexOf("=")).endsWith(":named");
}

/** Gathers what the parameters find in one resource. */
export class FhirEntries implements IndexSink {
  readonly #type: string;
  readonly #references = new Set<string>();
  readonly #keys = new Set<string>();
  readonly #present = new Set<string>();
  readonly #terms = new Map<string, TermEntry>();
  readonly #dates: DateEntry[] = [];
  readonly #texts: TextEntry[] = [];
  readonly #numbers: NumberEntry[] = [];
  readonly #filing: ReturnType<typeof filingOf>;
  /** Keys that dates and numbers are filed under. */
  readonly #codes = new Set<string>();

  constructor(type: string) {
    this.#type = type;
    this.#filing = filingOf(type);
  }

  token(parameter: string, system: string | undefined, code: string): void {
    this.#present.add(parameter);
    this.#keys.add(tokenKey(parameter, undefined, code));
    const stated = tokenKey(parameter, system ?? "", code);
    this.#keys.add(stated);
    if (system === undefined) return;
    this.#keys.add(systemKey(parameter, system));
    if (parameter === this.#filing?.code && isFiledUnder(system)) this.#codes.add(stated);
  }

  plain(parameter: string, value: string): void {
    this.#present.add(parameter);
    this.#keys.add(tokenKey(parameter, undefined, value));
  }

  term(parameter: string, text: string): void {
    this.#present.add(parameter);
    const normalised = normaliseText(text.slice(0, termCharsMax));
    this.#terms.set(`${parameter}=${normalised}`, { parameter, text: normalised });
  }

  typed(parameter: string, type: { readonly system: string; readonly code: string }, value: string): void {
    this.#keys.add(typedKey(parameter, type, value));
  }

  referenceIdentifier(parameter: string, system: string | undefined, value: string): void {
    this.#present.add(parameter);
    this.#keys.add(tokenKey(`${parameter}:identifier`, undefined, value));
    this.#keys.add(tokenKey(`${parameter}:identifier`, system ?? "", value));
    if (system !== undefined) this.#keys.add(systemKey(`${parameter}:identifier`, system));
  }

  reference(parameter: string, target: string): void {
    this.#present.add(parameter);
    if (byUrlOf(this.#type).has(parameter)) this.#references.add(`${namedParameter(parameter)}=${target}`);
    const literal = parseReference(target);
    // `patient` holds what `subject` says of patients.
    if (literal !== undefined && narrowerThan(this.#type, parameter)?.target === literal.type) return;
    if (literal !== undefined && literal.base === undefined) {
      this.#references.add(`${parameter}=${target}`);
      return;
    }
    this.#keys.add(`${parameter}=${target}`);
    // A canonical is found with its version and without.
    const bar = target.indexOf("|");
    if (bar === -1) return;
    this.#keys.add(`${parameter}=${target.slice(0, bar)}`);
    // Of a version and what is below it: `|4` and `|4.0.1`.
    this.#texts.push({ parameter, text: target, written: target });
  }

  /** What canonicals call this resource. */
  named(url: string, version: string | undefined): void {
    const parameter = namedParameter("url");
    this.#references.add(`${parameter}=${url}`);
    if (version !== undefined) this.#references.add(`${parameter}=${url}|${version}`);
  }

  /** Keys that no parameter of the type has. */
  besides(keys: readonly string[]): void {
    for (const key of keys) this.#keys.add(key);
  }

  uri(parameter: string, value: string): void {
    this.#present.add(parameter);
    this.#keys.add(`${parameter}=${value}`);
    // Found by its beginning (`:below`), letter for letter.
    this.#texts.push({ parameter, text: value, written: value });
  }

  text(parameter: string, value: string): void {
    this.#present.add(parameter);
    this.#texts.push({ parameter, text: normaliseText(value), written: value });
  }

  date(parameter: string, fromMs: number, toMs: number): void {
    this.#present.add(parameter);
    this.#dates.push({ parameter, fromMs, toMs });
  }

  number(parameter: string, low: number, high: number): void {
    this.#present.add(parameter);
    this.#numbers.push({ parameter, low, high });
  }

  quantity(parameter: string, { low, high, system, code, unit }: IndexedQuantity): void {
    this.#present.add(parameter);
    if (system === ucumSystem && code !== undefined) this.#canonical(parameter, { low, high }, code);
    this.#numbers.push({
      parameter,
      low,
      high,
      ...(code === undefined || system === undefined ? {} : { coded: `${system}|${code}` }),
      ...(code === undefined ? {} : { code }),
      ...(unit === undefined || unit === code ? {} : { label: unit }),
    });
  }

  position(parameter: string, latitude: number, longitude: number): void {
    this.#present.add(parameter);
    const [north, east] = positionParameters(parameter);
    this.#numbers.push({ parameter: north, low: latitude, high: latitude });
    this.#numbers.push({ parameter: east, low: longitude, high: longitude });
  }

  tuple(parameter: string, [first = [], second = []]: readonly (readonly TupleValue[])[]): void {
    this.#present.add(parameter);
    for (const one of first) {
      for (const text of textsOf(one)) {
        for (const other of second) this.#pair(parameter, text, other);
      }
    }
  }

  #pair(parameter: string, first: string, second: TupleValue): void {
    if (second.kind === "quantity") this.quantity(tupleParameter(parameter, first), second.quantity);
    else for (const text of textsOf(second)) this.#keys.add(pairKey(parameter, first, text));
  }

  /** In canonical units, so that 1 g is found where 1000 mg is asked for. */
  #canonical(parameter: string, { low, high }: { readonly low: number; readonly high: number }, unit: string): void {
    const [from, to] = [low, high].map((value) => canonicalQuantity(Number.isFinite(value) ? value : 0, unit));
    if (from === undefined || to === undefined) return;
    this.#numbers.push({
      parameter: canonicalParameter(parameter, from.unit),
      low: Number.isFinite(low) ? from.value : low,
      high: Number.isFinite(high) ? to.value : high,
    });
  }

  done(): IndexEntries {
    let present = 0n;
    for (const parameter of this.#present) {
      const bit = presenceBit(this.#type, parameter);
      present |= bit;
      if (bit === 0n) this.#keys.add(presenceKey(parameter));
    }
    return {
      references: [...this.#references],
      keys: [...this.#keys],
      terms: [...this.#terms.values()],
      dates: this.#filed(this.#dates),
      texts: this.#texts,
      numbers: this.#filed(this.#numbers),
      present,
    };
  }

  #filed<Entry extends DateEntry | NumberEntry>(entries: readonly Entry[]): readonly Entry[] {
    const filing = this.#filing;
    if (filing === undefined || this.#codes.size === 0) return entries;
    const under = [...this.#codes];
    return entries.map((entry) =>
      filing.parameters.includes(withoutUnit(entry.parameter)) ? { ...entry, under } : entry,
    );
  }
}

/** Every way in which a search may write a value of a tuple. */
function textsOf(value: TupleValue): readonly string[] {
  if (value.kind === "token") return [tokenText(undefined, value.code), tokenText(value.system ?? "", value.code)];
  return value.kind === "reference" ? [value.target] : [];
}
