import { withoutControls } from "#standards/fhir";
import { type Place, type Segment, segmentLeaves, unescapeText, Value, visitLeaves } from "#standards/hl7v2";

/** What a value may need to know of the message it is in. */
export interface Origin {
  /** MSH-3.1 and MSH-4.1, as `PATHLAB|MEADOWLAB`: whose local codes and numbers these are. */
  readonly sender: string;
  /** The system of codes that the sender gives without naming one. */
  readonly localCodes: string;
  /** The offset of times that state none, in minutes east of UTC. */
  offsetMinutesAt(localTime: string): number;
}

/**
 * A segment being mapped. Whatever is read through `text`, `lines`, `field` and `isNull` counts as carried over into
 * the record; `peek` only looks. What was never read is found by `uncarried`: the other side of the ledger.
 */
export class SegmentReader {
  readonly segment: Segment;
  readonly origin: Origin;
  readonly #carried = new Set<number>();
  /** Elements by the places of values that mapping rows have carried, and no typed mapping. */
  readonly #joined = new Map<number, string>();
  /** Places of values that were read, and whose reading a layer has overruled. */
  readonly #withdrawn = new Set<number>();
  readonly #fields = new Map<number, FieldReader | undefined>();
  #leafCount: number | undefined;

  constructor(segment: Segment, origin: Origin) {
    this.segment = segment;
    this.origin = origin;
  }

  get name(): string {
    return this.segment.name;
  }

  /** `OBX[3]` */
  get where(): string {
    return this.segment.where;
  }

  /** The first component of the first repetition, trimmed; undefined when there is no value. */
  text(field: number): string | undefined {
    return this.field(field)?.text(1);
  }

  /** The same, as FHIR has codes: single blanks within. */
  code(field: number): string | undefined {
    return this.field(field)?.code(1);
  }

  peek(field: number, component = 1): string | undefined {
    return this.field(field)?.peek(component);
  }

  /** The first repetition; undefined when nothing is in it. */
  field(number: number): FieldReader | undefined {
    if (this.#fields.has(number)) return this.#fields.get(number);
    const field = this.segment.fieldText(number) === "" ? undefined : this.#reader(this.segment.field(number));
    this.#fields.set(number, field);
    return field;
  }

  /** The repetitions that hold something, in order. */
  fields(number: number): readonly FieldReader[] {
    if (this.segment.fieldText(number) === "") return [];
    return this.segment.repetitions(number).flatMap((value) => this.#reader(value) ?? []);
  }

  #reader(value: Value): FieldReader | undefined {
    return value.raw !== '""' && this.#holdsSomething(value.raw) ? new FieldReader(this, value) : undefined;
  }

  /** As `Value.isEmpty`, without dividing: nearly every value is known by its first character. */
  #holdsSomething(raw: string): boolean {
    const { component, subcomponent } = this.segment.encoding.delimiters;
    for (const character of raw) {
      if (character !== component && character !== subcomponent) return true;
    }
    return false;
  }

  /** Every repetition as text, blanks and separators kept, empty ones among them: for texts whose layout matters. */
  lines(number: number): readonly string[] {
    return this.segment.repetitions(number).map((value) => {
      this.carry(value);
      return withoutControls(value.text);
    });
  }

  /** The field is `""`: what the record has is to go. */
  isNull(number: number): boolean {
    const value = this.segment.field(number);
    if (!value.isNull) return false;
    this.carry(value);
    return true;
  }

  carry({ place }: Value): void {
    this.carryAt(place);
  }

  carryAt({ field, repetition, component, subcomponent }: Place): void {
    this.#carried.add(keyOf(field, repetition, component, subcomponent));
  }

  /** Fields that say the same as in another segment have been carried over with it. */
  carrySame(other: SegmentReader): void {
    for (let field = 1; field <= this.segment.fieldCount; field += 1) {
      const text = this.segment.fieldText(field);
      if (text !== "" && text === other.segment.fieldText(field))
        this.segment.repetitions(field).forEach(this.carry, this);
    }
  }

  /** A value that nothing has read has been carried all the same, to this element. */
  join({ place: { field, repetition, component, subcomponent } }: Value, element: string): void {
    this.#joined.set(keyOf(field, repetition, component, subcomponent), element);
  }

  /** What was read of a value has been replaced or taken away: it counts as not read. */
  withdraw({ field, repetition, component, subcomponent }: Place): void {
    this.#withdrawn.add(keyOf(field, repetition, component, subcomponent));
  }

  /** Where a value was carried by `join`. */
  joinedTo({ place: { field, repetition, component, subcomponent } }: Value): string | undefined {
    return this.#joined.get(keyOf(field, repetition, component, subcomponent));
  }

  /** The values that nothing has read, in order, with those that were joined. */
  unread(): readonly Value[] {
    const left: Value[] = [];
    let count = 0;
    visitLeaves(this.segment, (raw, field, repetition, component, subcomponent) => {
      count += 1;
      if (this.#isCarried(field, repetition, component, subcomponent)) return;
      left.push(new Value(this.segment, { field, repetition, component, subcomponent }, raw));
    });
    this.#leafCount = count;
    return left;
  }

  /** The values that were carried nowhere, in order. */
  uncarried(): readonly Value[] {
    const unread = this.unread();
    return this.#joined.size === 0 ? unread : unread.filter((leaf) => this.joinedTo(leaf) === undefined);
  }

  get leafCount(): number {
    this.#leafCount ??= segmentLeaves(this.segment).length;
    return this.#leafCount;
  }

  /** Nothing of the segment has been read. */
  get isUnread(): boolean {
    return this.#carried.size === 0;
  }

  /** Something of this repetition has been read. */
  isRead(field: number, repetition: number): boolean {
    return segmentLeaves(this.segment).some(
      ({ place }) =>
        place.field === field &&
        place.repetition === repetition &&
        this.#isCarried(field, repetition, place.component, place.subcomponent),
    );
  }

  #isCarried(field: number, repetition: number, component: number, subcomponent: number): boolean {
    if (this.#withdrawn.size > 0 && this.#withdrawn.has(keyOf(field, repetition, component, subcomponent)))
      return false;
    return (
      this.#carried.has(keyOf(field, repetition, component, 0)) ||
      this.#carried.has(keyOf(field, repetition, component, subcomponent)) ||
      this.#carried.has(keyOf(field, repetition, 0, 0))
    );
  }
}

/**
 * One repetition of a field. Components and subcomponents are counted from 1. It is divided once, since most fields are
 * asked for many components that are not there.
 */
export class FieldReader {
  readonly reader: SegmentReader;
  readonly value: Value;
  readonly #components: readonly string[];

  constructor(reader: SegmentReader, value: Value) {
    this.reader = reader;
    this.value = value;
    const { component } = reader.segment.encoding.delimiters;
    const isWhole = value.place.component !== 0 || component === "";
    this.#components = isWhole ? [value.raw] : value.raw.split(component);
  }

  get origin(): Origin {
    return this.reader.origin;
  }

  /** A component, or one subcomponent of it, trimmed; undefined when it is empty or `""`. */
  text(component: number, subcomponent = 0): string | undefined {
    const text = this.peek(component, subcomponent);
    if (text === undefined) return undefined;
    const { field, repetition } = this.value.place;
    this.reader.carryAt({ field, repetition, component, subcomponent });
    return text;
  }

  /** The same, as FHIR has codes: single blanks within. */
  code(component: number, subcomponent = 0): string | undefined {
    return this.text(component, subcomponent)?.replace(/\s+/g, " ");
  }

  peek(component: number, subcomponent = 0): string | undefined {
    const whole = this.#components[component - 1];
    if (whole === undefined || whole === "") return undefined;
    const raw = subcomponent === 0 ? whole : this.#subcomponent(whole, subcomponent);
    if (raw === "" || raw === '""') return undefined;
    const text = withoutControls(this.#decoded(raw)).trim();
    return text === "" ? undefined : text;
  }

  /** The whole repetition as text, blanks and separators kept: for texts whose layout matters. */
  layout(): string {
    this.reader.carry(this.value);
    return withoutControls(this.value.text);
  }

  #subcomponent(component: string, number: number): string {
    const { subcomponent } = this.reader.segment.encoding.delimiters;
    if (subcomponent === "" || !component.includes(subcomponent)) return number === 1 ? component : "";
    return component.split(subcomponent)[number - 1] ?? "";
  }

  #decoded(raw: string): string {
    const { encoding } = this.reader.segment;
    const mark = encoding.delimiters.escape;
    return mark !== "" && raw.includes(mark) ? unescapeText(raw, encoding).text : raw;
  }
}

/** One number for a place; exact, and a small integer wherever fields are below 64. */
function keyOf(field: number, repetition: number, component: number, subcomponent: number): number {
  return ((field * 4096 + repetition) * 64 + component) * 64 + subcomponent;
}
