import type { Problem } from "#kernel";
import type { Encoding } from "./delimiters.ts";
import { unescapeText } from "./escape.ts";

/** The segment a value is in, as far as a value needs to know it. */
export interface ValueSource {
  readonly name: string;
  readonly occurrence: number;
  readonly encoding: Encoding;
}

/** Counted from 1; component and subcomponent are 0 above their level. */
export interface Place {
  readonly field: number;
  readonly repetition: number;
  readonly component: number;
  readonly subcomponent: number;
}

/**
 * A repetition of a field, one of its components, or one of its subcomponents. Nothing is divided before it is asked
 * for, and asking for what is not there gives an empty value. A simple value is its own first component and
 * subcomponent, so a field may grow components without harm to those who read it.
 * Source: HL7 v2.5.1 §2.5.3 and §2.8.4.
 */
export class Value {
  readonly place: Place;
  /** As received. */
  readonly raw: string;
  readonly #source: ValueSource;

  constructor(source: ValueSource, place: Place, raw: string) {
    this.#source = source;
    this.place = place;
    this.raw = raw;
  }

  /** The whole value with escapes decoded; separators stand as they are. Empty when `isNull`. */
  get text(): string {
    if (this.isNull) return "";
    const { encoding } = this.#source;
    return this.raw.includes(encoding.delimiters.escape) ? unescapeText(this.raw, encoding).text : this.raw;
  }

  /** `""`: the sender says that there is no value, and that one known from before is to go. */
  get isNull(): boolean {
    return this.raw === '""';
  }

  /** Nothing, or nothing but separators: the sender says nothing. */
  get isEmpty(): boolean {
    if (this.raw === "" || this.place.subcomponent !== 0) return this.raw === "";
    const { component, subcomponent } = this.#source.encoding.delimiters;
    for (const character of this.raw) if (character !== component && character !== subcomponent) return false;
    return true;
  }

  /** Neither empty nor null. */
  get isValued(): boolean {
    return !this.isNull && !this.isEmpty;
  }

  component(number: number): Value {
    if (this.place.component !== 0) return number === 1 ? this : this.#empty();
    return this.#part(number);
  }

  /** Of a repetition: of its first component. */
  subcomponent(number: number): Value {
    if (this.place.subcomponent !== 0) return number === 1 ? this : this.#empty();
    return this.place.component === 0 ? this.component(1).subcomponent(number) : this.#part(number);
  }

  /** The components of a repetition, the subcomponents of a component; a subcomponent has none. */
  get parts(): readonly Value[] {
    if (this.place.subcomponent !== 0) return [];
    return split(this.raw, this.#separator).map((raw, index) => this.#within(index + 1, raw));
  }

  /** `OBX[3]-5[1]`, `OBX[3]-5[1].2`, `OBX[3]-5[1].2.1`: see position.ts. */
  get where(): string {
    const { field, repetition, component, subcomponent } = this.place;
    const where = `${this.#source.name}[${this.#source.occurrence}]-${field}[${repetition}]`;
    if (component === 0) return where;
    return subcomponent === 0 ? `${where}.${component}` : `${where}.${component}.${subcomponent}`;
  }

  /** Escapes that could not be decoded: see `unescapeText`. */
  get problems(): readonly Problem[] {
    return unescapeText(this.raw, this.#source.encoding, this.where).problems;
  }

  get #separator(): string {
    const { component, subcomponent } = this.#source.encoding.delimiters;
    return this.place.component === 0 ? component : subcomponent;
  }

  #part(number: number): Value {
    return this.#within(number, nth(this.raw, this.#separator, number));
  }

  #within(number: number, raw: string): Value {
    const { field, repetition, component } = this.place;
    const place =
      component === 0
        ? { field, repetition, component: number, subcomponent: 0 }
        : { field, repetition, component, subcomponent: number };
    return new Value(this.#source, place, raw);
  }

  #empty(): Value {
    return new Value(this.#source, this.place, "");
  }
}

/** All pieces; the text itself when there is no separator to divide it by. */
export function split(text: string, separator: string): readonly string[] {
  let end = separator === "" ? -1 : text.indexOf(separator);
  if (end === -1) return [text];
  const pieces: string[] = [];
  let start = 0;
  while (end !== -1) {
    pieces.push(text.slice(start, end));
    start = end + separator.length;
    end = text.indexOf(separator, start);
  }
  pieces.push(text.slice(start));
  return pieces;
}

/** Piece number `number`, without making the others. */
export function nth(text: string, separator: string, number: number): string {
  if (separator === "") return number === 1 ? text : "";
  let start = 0;
  for (let count = 1; count < number; count += 1) {
    const found = text.indexOf(separator, start);
    if (found === -1) return "";
    start = found + separator.length;
  }
  if (number < 1) return "";
  const end = text.indexOf(separator, start);
  return end === -1 ? text.slice(start) : text.slice(start, end);
}
