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
      return fhirType === "code" ? emitCode(settings.codes?.system) : tokens[fhirType];
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
    case "composite":
    case "special":
      return undefined;
  }
}

const emitText: Emit = (value, param, sink) => {
  if (typeof value === "string") sink.token(param, undefined, value);
};

function emitCode(system: string | undefined): Emit {
  return (value, param, sink) => {
    if (typeof value === "string") sink.token(param, system, value);
  };
}

function emitPair(codeKey: "code" | "value"): Emit {
  return (value, param, sink) => {
    const code = textUnder(value, codeKey);
    if (code !== undefined) sink.token(param, textUnder(value, "system"), code);
  };
}

const emitCoding = emitPair("code");

const tokens: Readonly<Record<string, Emit>> = {
  Coding: emitCoding,
  CodeableConcept: (value, param, sink) => {
    for (const coding of listUnder(value, "coding")) emitCoding(coding, param, sink);
  },
  Identifier: emitPair("value"),
  ContactPoint: (value, param, sink) => {
    const number = textUnder(value, "value");
    if (number !== undefined) sink.token(param, undefined, number);
  },
  boolean: (value, param, sink) => {
    if (typeof value === "boolean") sink.token(param, undefined, String(value));
  },
  id: emitText,
  string: emitText,
  uri: emitText,
  canonical: emitText,
};

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

const emitNumber: Emit = (value, param, sink) => {
  if (typeof value === "number") sink.number(param, value);
};

const numbers: Readonly<Record<string, Emit>> = {
  decimal: emitNumber,
  integer: emitNumber,
  positiveInt: emitNumber,
  unsignedInt: emitNumber,
  Range: (value, param, sink) => {
    for (const end of endsOf(value)) {
      if (typeof end.value === "number") sink.number(param, end.value);
    }
  },
};

/** A comparator (`<`) is not indexed: the value stands for itself. */
const emitQuantity: Emit = (value, param, sink) => {
  if (!isJsonObject(value) || typeof value.value !== "number") return;
  sink.quantity(param, quantityOf(value.value, value));
};

function quantityOf(value: number, fields: JsonObject): IndexedQuantity {
  const { system, code, unit } = fields;
  return {
    value,
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
    sink.quantity(param, { value: value.value, ...code });
  },
  Range: (value, param, sink) => {
    for (const end of endsOf(value)) emitQuantity(end, param, sink);
  },
};

function endsOf(range: Json): readonly JsonObject[] {
  return isJsonObject(range) ? [range.low, range.high].filter(isJsonObject) : [];
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
