import names from "./generated/field-names.json" with { type: "json" };

/** A field or component as the standard names it. */
export interface Named {
  readonly title: string;
  /** `CX`; empty where it is not given. */
  readonly type: string;
}

type Table = Readonly<Record<string, readonly (string | null)[]>>;

const titles: Readonly<Record<string, string>> = names.titles;
const segments: Table = names.segments;
const types: Table = names.types;

/** `Patient Identification` for `PID`; undefined for a segment that HL7 does not define. */
export function segmentTitle(name: string): string | undefined {
  return titles[name];
}

/** Field 5 of `PID` is `Patient Name`, type `XPN`. Undefined where no name is known. */
export function fieldName(segment: string, field: number): Named | undefined {
  return read(segments[segment]?.[field - 1]);
}

/** Component 1 of `XPN` is `Family Name`, type `FN`. Undefined where no name is known. */
export function componentName(type: string, component: number): Named | undefined {
  return read(types[type]?.[component - 1]);
}

function read(text: string | null | undefined): Named | undefined {
  if (text === null || text === undefined) return undefined;
  const at = text.lastIndexOf(":");
  return { title: text.slice(0, at), type: text.slice(at + 1) };
}
