import type { Encoding } from "./delimiters.ts";
import { headerNames } from "./header-bytes.ts";
import { type Place, split, Value, type ValueSource } from "./value.ts";

/** The name of a line that does not start as a segment does. */
export const notASegment = "?";

export interface SegmentText {
  /** Three capital letters or digits, or `notASegment`. */
  readonly name: string;
  /** Counted from 1 among the segments of this name in the message. */
  readonly occurrence: number;
  /** As received, without its line end. */
  readonly raw: string;
  /** The line end as received, blank lines after it included; empty when the last one is missing. */
  readonly end: string;
}

/** One line of a message. Its fields are divided when the first of them is asked for, and counted as in the standard. */
export class Segment implements SegmentText, ValueSource {
  readonly name: string;
  readonly occurrence: number;
  readonly raw: string;
  readonly end: string;
  readonly encoding: Encoding;
  #fields: readonly string[] | undefined;

  constructor({ name, occurrence, raw, end }: SegmentText, encoding: Encoding) {
    this.name = name;
    this.occurrence = occurrence;
    this.raw = raw;
    this.end = end;
    this.encoding = encoding;
  }

  /** `OBX[3]` */
  get where(): string {
    return `${this.name}[${this.occurrence}]`;
  }

  /** The number of the last field that is there, empty or not. */
  get fieldCount(): number {
    return this.#divided.length - 1;
  }

  /** All repetitions of a field, as received. */
  fieldText(number: number): string {
    return this.#divided[number] ?? "";
  }

  /** The first repetition of a field: what there is to read in most fields. */
  field(number: number): Value {
    const raw = this.fieldText(number);
    const { repetition } = this.encoding.delimiters;
    const end = repetition === "" || this.isWhole(number) ? -1 : raw.indexOf(repetition);
    return this.#value(number, 1, end === -1 ? raw : raw.slice(0, end));
  }

  /** The repetitions of a field, empty ones among them included; none when the field is empty. */
  repetitions(number: number): readonly Value[] {
    const raw = this.fieldText(number);
    if (raw === "") return [];
    if (this.isWhole(number)) return [this.#value(number, 1, raw)];
    return split(raw, this.encoding.delimiters.repetition).map((text, index) => this.#value(number, index + 1, text));
  }

  /** By field number; 0 is the name, and for a line that is no segment the whole line. */
  get #divided(): readonly string[] {
    this.#fields ??= divide(this);
    return this.#fields;
  }

  /** MSH-1 and MSH-2 are delimiters, not divided by themselves; nor is a line that is no segment. */
  isWhole(number: number): boolean {
    return this.name === notASegment || (number <= 2 && headerNames.includes(this.name));
  }

  #value(field: number, repetition: number, raw: string): Value {
    const level = this.isWhole(field) ? 1 : 0;
    const place: Place = { field, repetition, component: level, subcomponent: level };
    return new Value(this, place, raw);
  }
}

function divide({ name, raw, encoding }: Segment): readonly string[] {
  const separator = encoding.delimiters.field;
  if (name === notASegment) return [raw];
  const pieces = split(raw, separator);
  const isHeader = headerNames.includes(name) && pieces.length > 1;
  return isHeader ? [name, separator, ...pieces.slice(1)] : pieces;
}
