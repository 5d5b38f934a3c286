import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { type DateRange, farFutureMs, farPastMs, parseDateTime } from "./date-time.ts";
import type { CodeList } from "./definitions.ts";
import type { IndexedQuantity, IndexSink } from "./index-sink.ts";
import type { SearchParameterType } from "./search-parameters.ts";

/** Puts one value under the name of one parameter; what is not of the expected form is passed over. */
export type Emit = (value: Json, param: string, sink: IndexSink) => void;

export interface EmitSettings {
  /** The required binding of the element. */
  readonly codes: CodeList | undefined;
  /** No value of the parameter states a system. */
  readonly isPlain: boolean;
  /** How far the wall clock is ahead of UTC where a date states no offset. */
  readonly offsetMinutes: number;
}

/**
 * How values of a FHIR type are indexed for a parameter type; undefined where they are not, as R4's tables give no meaning
 * to the pair (SampledData as a quantity, a string as a date). Source: FHIR R4 §3.1.1.4.7 to §3.1.1.4.13.
 */
export function emitFor(parameter: SearchParameterType, fhirType: string, settings: EmitSettings): Emit | undefined {
  switch (parameter) {
    case "token":
      if (fhirType !== "code") return tokens[fhirType];
      return settings.isPlain ? emitPlain : emitCode(settings.codes?.system);
    case "string":
      return strings[fhirType];
    case "reference":
      return references[fhirType];
    case "uri":
      return ["uri", "url", "canonical", "oid", "uuid"].includes(fhirType) ? emitUri : undefined;
    case "date":
      return emitDate(fhirType, settings.offsetMinutes);
    case "number":
      return numbers[fhirType];
    case "quantity":
      return quantities[fhirType];
    case "special":
      return fhirType === "Location.position" ? emitPosition : undefined;
    case "composite":
      return undefined;
  }
}

const emitPlain: Emit = (value, param, sink) => {
  if (typeof value === "string") sink.plain(param, value);
  else if (typeof value === "boolean") sink.plain(param, String(value));
};

function emitCode(system: string | undefined): Emit {
  return (value, param, sink) => {
    if (typeof value === "string") sink.token(param, system, value);
  };
}

const emitCoding: Emit = (value, param, sink) => {
  const code = textUnder(value, "code");
  if (code !== undefined) sink.token(param, textUnder(value, "system"), code);
  const display = textUnder(value, "display");
  if (display !== undefined) sink.term(param, display);
};

const emitConcept: Emit = (value, param, sink) => {
  for (const coding of listUnder(value, "coding")) emitCoding(coding, param, sink);
  const text = textUnder(value, "text");
  if (text !== undefined) sink.term(param, text);
};

const emitIdentifier: Emit = (value, param, sink) => {
  const number = textUnder(value, "value");
  if (number === undefined || !isJsonObject(value)) return;
  sink.token(param, textUnder(value, "system"), number);
  const { type } = value;
  if (!isJsonObject(type)) return;
  for (const coding of listUnder(type, "coding")) {
    const code = textUnder(coding, "code");
    if (code !== undefined) sink.typed(param, { system: textUnder(coding, "system") ?? "", code }, number);
  }
  const text = textUnder(type, "text");
  if (text !== undefined) sink.term(param, text);
};

const tokens: Readonly<Record<string, Emit>> = {
  Coding: emitCoding,
  CodeableConcept: emitConcept,
  Identifier: emitIdentifier,
  ContactPoint: (value, param, sink) => {
    const number = textUnder(value, "value");
    if (number !== undefined) sink.plain(param, number);
  },
  boolean: emitPlain,
  id: emitPlain,
  string: emitPlain,
  uri: emitPlain,
  canonical: emitPlain,
};

/** The types whose tokens never state a system. */
export const plainTokenTypes: ReadonlySet<string> = new Set([
  "code",
  "boolean",
  "id",
  "string",
  "uri",
  "canonical",
  "ContactPoint",
]);

const emitString: Emit = (value, param, sink) => {
  if (typeof value === "string") sink.text(param, value);
};

/** Each part as an entry of its own. */
function emitParts(keys: readonly string[]): Emit {
  return (value, param, sink) => {
    if (!isJsonObject(value)) return;
    for (const key of keys) {
      const part = value[key];
      if (typeof part === "string") sink.text(param, part);
      else if (Array.isArray(part)) for (const item of part as readonly Json[]) emitString(item, param, sink);
    }
  };
}

const strings: Readonly<Record<string, Emit>> = {
  string: emitString,
  markdown: emitString,
  HumanName: emitParts(["text", "family", "given", "prefix", "suffix"]),
  Address: emitParts(["text", "line", "city", "district", "state", "postalCode", "country"]),
};

const versionSuffix = /\/_history\/[^/]*$/;

const emitReference: Emit = (value, param, sink) => {
  const identifier = isJsonObject(value) ? value.identifier : undefined;
  const number = identifier === undefined ? undefined : textUnder(identifier, "value");
  if (identifier !== undefined && number !== undefined) {
    sink.referenceIdentifier(param, textUnder(identifier, "system"), number);
  }
  const target = textUnder(value, "reference");
  if (target === undefined || target.startsWith("#")) return;
  sink.reference(param, target.includes("/_history/") ? target.replace(versionSuffix, "") : target);
};

const emitCanonical: Emit = (value, param, sink) => {
  if (typeof value === "string" && !value.startsWith("#")) sink.reference(param, value);
};

const references: Readonly<Record<string, Emit>> = {
  Reference: emitReference,
  canonical: emitCanonical,
  uri: emitCanonical,
  Resource: (value, param, sink) => {
    const type = textUnder(value, "resourceType");
    const id = textUnder(value, "id");
    if (type !== undefined && id !== undefined) sink.reference(param, `${type}/${id}`);
  },
};

const emitUri: Emit = (value, param, sink) => {
  if (typeof value === "string") sink.uri(param, value);
};

function emitDate(fhirType: string, offsetMinutes: number): Emit | undefined {
  const read = rangeReaders[fhirType];
  return read === undefined
    ? undefined
    : (value, param, sink) => {
        const range = read(value, offsetMinutes);
        if (range !== undefined) sink.date(param, range.fromMs, range.toMs);
      };
}

type RangeReader = (value: Json | undefined, offsetMinutes: number) => DateRange | undefined;

const readMoment: RangeReader = (value, offsetMinutes) =>
  typeof value === "string" ? parseDateTime(value, offsetMinutes) : undefined;

const readPeriod: RangeReader = (value, offsetMinutes) => {
  if (!isJsonObject(value)) return undefined;
  const start = readMoment(value.start, offsetMinutes);
  const end = readMoment(value.end, offsetMinutes);
  if (start === undefined && end === undefined) return undefined;
  return { fromMs: start?.fromMs ?? farPastMs, toMs: end?.toMs ?? farFutureMs };
};

/** The outer limits of a Timing: what lies between them is not looked at. */
const readTiming: RangeReader = (value, offsetMinutes) => {
  if (!isJsonObject(value)) return undefined;
  const bounds = isJsonObject(value.repeat) ? readPeriod(value.repeat.boundsPeriod, offsetMinutes) : undefined;
  const events = listUnder(value, "event").map((event) => readMoment(event, offsetMinutes));
  const ranges = [bounds, ...events].filter((range) => range !== undefined);
  if (ranges.length === 0) return undefined;
  return {
    fromMs: Math.min(...ranges.map((range) => range.fromMs)),
    toMs: Math.max(...ranges.map((range) => range.toMs)),
  };
};

const rangeReaders: Readonly<Record<string, RangeReader>> = {
  date: readMoment,
  dateTime: readMoment,
  instant: readMoment,
  Period: readPeriod,
  Timing: readTiming,
};

const emitPosition: Emit = (value, param, sink) => {
  if (!isJsonObject(value)) return;
  const { latitude, longitude } = value;
  if (typeof latitude === "number" && typeof longitude === "number") sink.position(param, latitude, longitude);
};

const emitNumber: Emit = (value, param, sink) => {
  if (typeof value === "number") sink.number(param, value, value);
};

const numbers: Readonly<Record<string, Emit>> = {
  decimal: emitNumber,
  integer: emitNumber,
  positiveInt: emitNumber,
  unsignedInt: emitNumber,
  Range: (value, param, sink) => {
    const range = rangeOf(value);
    if (range !== undefined) sink.number(param, range.low, range.high);
  },
};

/** A comparator (`<`) is not indexed: the value stands for itself. */
const emitQuantity: Emit = (value, param, sink) => {
  if (!isJsonObject(value) || typeof value.value !== "number") return;
  sink.quantity(param, { low: value.value, high: value.value, ...unitOf(value) });
};

function unitOf({ system, code, unit }: JsonObject): Omit<IndexedQuantity, "low" | "high"> {
  return {
    ...(typeof system === "string" ? { system } : {}),
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof unit === "string" ? { unit } : {}),
  };
}

const quantities: Readonly<Record<string, Emit>> = {
  Quantity: emitQuantity,
  Age: emitQuantity,
  Count: emitQuantity,
  Distance: emitQuantity,
  Duration: emitQuantity,
  Money: (value, param, sink) => {
    if (!isJsonObject(value) || typeof value.value !== "number") return;
    const { currency } = value;
    const code = typeof currency === "string" ? { system: "urn:iso:std:iso:4217", code: currency } : {};
    sink.quantity(param, { low: value.value, high: value.value, ...code });
  },
  Range: (value, param, sink) => {
    const range = rangeOf(value);
    if (range !== undefined) sink.quantity(param, { low: range.low, high: range.high, ...unitOf(range.unit) });
  },
};

interface RangeEnds {
  readonly low: number;
  readonly high: number;
  /** The Quantity that says the unit. */
  readonly unit: JsonObject;
}

function rangeOf(value: Json): RangeEnds | undefined {
  if (!isJsonObject(value)) return undefined;
  const [low, high] = [value.low, value.high].map((end) =>
    end !== undefined && isJsonObject(end) && typeof end.value === "number" ? { end, value: end.value } : undefined,
  );
  const unit = low?.end ?? high?.end;
  if (unit === undefined) return undefined;
  return { low: low?.value ?? Number.NEGATIVE_INFINITY, high: high?.value ?? Number.POSITIVE_INFINITY, unit };
}

function textUnder(value: Json, key: string): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const text = value[key];
  return typeof text === "string" ? text : undefined;
}

function listUnder(value: Json, key: string): readonly Json[] {
  if (!isJsonObject(value)) return [];
  const list = value[key];
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}
