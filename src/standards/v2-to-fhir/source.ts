import type { Segment, Value } from "#standards/hl7v2";

/** Where a row reads: the segment, the repetition or component that is being mapped, and the rest of the message. */
export interface Source {
  readonly segment: Segment;
  /** A repetition of a field; within a data type map, what that map is about. */
  readonly value: Value | undefined;
  /** The data type whose map is being run: `CX`; undefined in a segment map. */
  readonly type: string | undefined;
  /** The segment of that name that belongs to this one, as far as the message has come. */
  lookup(name: string): Segment | undefined;
  /** `$realm`: settings of the run. */
  readonly settings: Readonly<Record<string, string>>;
}

/** `PID-3.1`, `CX.4`, `HD-3`. */
interface Reference {
  readonly owner: string;
  readonly numbers: readonly number[];
}

const references = new Map<string, Reference>();

function referenceOf(text: string): Reference {
  let known = references.get(text);
  if (known === undefined) {
    const [owner = "", ...numbers] = text.split(/[-.]/);
    known = { owner, numbers: numbers.map(Number) };
    references.set(text, known);
  }
  return known;
}

/** The value that a reference of a row names; undefined when its segment is not there. */
export function valueAt(text: string, source: Source): Value | undefined {
  const { owner, numbers } = referenceOf(text);
  if (source.type !== undefined && isOfType(owner, source)) return below(source.value, numbers);
  const segment = owner === source.segment.name ? source.segment : source.lookup(owner);
  const [field, ...rest] = numbers;
  if (segment === undefined || field === undefined) return undefined;
  const own = segment === source.segment && source.value?.place.field === field && source.type === undefined;
  return below(own ? source.value : segment.field(field), rest);
}

/** Rows of CF speak of CWE, those of OBX-5 of the type they have. */
function isOfType(owner: string, { type, segment }: Source): boolean {
  return (
    owner === type || (owner !== segment.name && /^(?:CWE|CNE|CE|HD|DTM|FT|RI|IN1)$/.test(owner) && owner !== "IN1")
  );
}

function below(value: Value | undefined, numbers: readonly number[]): Value | undefined {
  let now = value;
  for (const number of numbers) {
    if (now === undefined) return undefined;
    now = now.place.component === 0 ? now.component(number) : now.subcomponent(number);
  }
  return now;
}

export function segmentAt(name: string, source: Source): Segment | undefined {
  return name === source.segment.name ? source.segment : source.lookup(name);
}

export function textOf(value: Value | undefined): string {
  if (value === undefined || !value.isValued) return "";
  return (value.place.component === 0 ? value.component(1) : value).text.trim();
}
