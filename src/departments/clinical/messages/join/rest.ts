import { type Extension, withoutControls } from "#standards/fhir";
import type { Value } from "#standards/hl7v2";
import type { SegmentReader } from "../message-reader.ts";
import type { Leftovers } from "./leftovers.ts";
import type { JsonObject } from "./sources.ts";

/** What no element of R4 is for is kept under the name of its field: `urn:corridor:hl7v2:PV1-18`. */
export const fieldExtension = "urn:corridor:hl7v2:";

/** A value and the segment that it is in. */
interface Kept {
  readonly reader: SegmentReader;
  readonly values: readonly Value[];
}

/** The values of a segment that have been carried nowhere yet. */
export function stillLeft(left: Leftovers, reader: SegmentReader): readonly Value[] {
  return (left.get(reader) ?? []).filter((value) => reader.joinedTo(value) === undefined);
}

/** One extension for each repetition of a field; its parts are named by component and subcomponent: `9`, `9.2`. */
export function restOf({ reader, values }: Kept, type: string): readonly Extension[] {
  const fields = new Map<string, Value[]>();
  for (const value of values) {
    const key = `${value.place.field}~${value.place.repetition}`;
    const known = fields.get(key);
    if (known === undefined) fields.set(key, [value]);
    else known.push(value);
  }
  return [...fields.values()].map((parts) => extensionOf(reader, parts, type));
}

function extensionOf(reader: SegmentReader, parts: readonly Value[], type: string): Extension {
  const [first] = parts as readonly [Value, ...Value[]];
  const url = `${fieldExtension}${reader.name}-${first.place.field}`;
  for (const part of parts) reader.join(part, `${type}.extension(${reader.name}-${part.place.field})`);
  const isWhole = parts.length === 1 && first.place.component <= 1 && first.place.subcomponent <= 1;
  if (isWhole) return { url, valueString: textOf(first) };
  return { url, extension: parts.map((part) => ({ url: partName(part), valueString: textOf(part) })) };
}

function partName({ place: { component, subcomponent } }: Value): string {
  return subcomponent <= 1 ? String(component) : `${component}.${subcomponent}`;
}

/** A text that holds nothing visible once it is decoded is kept as it was sent. */
function textOf(value: Value): string {
  const text = withoutControls(value.text);
  return text.trim() === "" ? value.raw : text;
}

/** Adds the extensions to a resource, in place. */
export function keepRest(resource: JsonObject, kept: Kept): void {
  const known = (resource.extension ?? []) as readonly JsonObject[];
  const type = String(resource.resourceType);
  resource.extension = [...known, ...(restOf(kept, type) as unknown as readonly JsonObject[])];
}

/** A segment that no resource is made of, kept whole. */
export function segmentKept(kept: Kept, subject: string): JsonObject {
  const { name } = kept.reader;
  const code = { coding: [{ system: "urn:corridor:hl7v2:segment", code: name }] };
  const resource: JsonObject = { resourceType: "Basic", code, subject: { reference: subject } };
  keepRest(resource, kept);
  return resource;
}
