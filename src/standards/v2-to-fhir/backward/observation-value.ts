import type { Json } from "#kernel";
import type { WrittenNames } from "./authority.ts";
import type { WrittenVersion } from "./message-head.ts";
import { primitiveText, timestampText } from "./primitive-text.ts";
import { type FhirResource, type JsonMap, listIn, objectIn } from "./resource-set.ts";
import { type SegmentDraft, setText } from "./segment-draft.ts";

interface Values {
  readonly version: WrittenVersion;
  readonly names: WrittenNames;
}

/**
 * What the rows of OBX leave to whoever runs them: OBX-2 by the type of the value, values that no row carries, OBX-6, a
 * reference range of numbers, and OBX-11. Other fields follow by the rows, whose conditions ask for OBX-2.
 */
export function setValueFields(obx: SegmentDraft, observation: FhirResource, { version, names }: Values): void {
  const quantity = objectIn(observation.valueQuantity);
  if (quantity !== undefined) setQuantity(obx, quantity, names);
  else if (observation.valueRange !== undefined) setRange(obx, objectIn(observation.valueRange) ?? {}, names);
  else if (observation.valueInteger !== undefined)
    setTyped(obx, "NM", primitiveText("integer", observation.valueInteger));
  else if (observation.valueBoolean !== undefined)
    setTyped(obx, "ID", primitiveText("boolean", observation.valueBoolean));
  else if (observation.valueDateTime !== undefined) setTime(obx, String(observation.valueDateTime), version);
  else if (!setAttachment(obx, observation)) setText(obx, { field: 2 }, typeOf(observation, version));
  setText(obx, { field: 7 }, rangeText(observation));
  setText(obx, { field: 11 }, statusCodes[String(observation.status)]);
}

/** Those that the table of the guide has no code for, or another than laboratories use. Source: HL7 v2.5.1 table 0085. */
const statusCodes: Readonly<Record<string, string>> = {
  registered: "I",
  preliminary: "P",
  final: "F",
  amended: "C",
  corrected: "C",
  cancelled: "X",
  "entered-in-error": "W",
};

function typeOf(observation: FhirResource, version: WrittenVersion): string | undefined {
  if (observation.valueCodeableConcept !== undefined) return version === "2.4" ? "CE" : "CWE";
  if (typeof observation.valueString === "string") return observation.valueString.includes("\n") ? "FT" : "ST";
  if (observation.valueTime !== undefined) return "TM";
  if (observation.valuePeriod !== undefined) return "DR";
  return observation.valueRatio === undefined ? undefined : "SN";
}

/** A document that an extension holds, as FHIR R5 has it in `valueAttachment`. Source: HL7 v2.5.1 §2.A.24. */
function setAttachment(obx: SegmentDraft, { extension }: FhirResource): boolean {
  const held = listIn(extension).map((each) => objectIn(objectIn(each)?.valueAttachment));
  const attachment = held.find((each) => typeof each?.data === "string");
  if (attachment === undefined) return false;
  const contentType = String(attachment.contentType ?? "application/octet-stream");
  // What is no media type is the kind of content that its sender has named.
  const [type = "", subtype = ""] = contentType.includes("/") ? contentType.split("/") : ["", contentType];
  setText(obx, { field: 2 }, "ED");
  for (const [at, part] of [type, subtype, "Base64", String(attachment.data)].entries())
    setText(obx, { field: 5, component: at + 2 }, part);
  return true;
}

function setTyped(obx: SegmentDraft, type: string, text: string | undefined): void {
  setText(obx, { field: 2 }, type);
  setText(obx, { field: 5 }, text);
}

/** Table 0125 has DTM from v2.5 on, and TS before. */
function setTime(obx: SegmentDraft, text: string, version: WrittenVersion): void {
  const isDate = !text.includes("T");
  setTyped(obx, isDate ? "DT" : version === "2.4" ? "TS" : "DTM", timestampText(text));
}

function setQuantity(obx: SegmentDraft, quantity: JsonMap, names: WrittenNames): void {
  const number = numberText(quantity);
  if (typeof quantity.comparator === "string") {
    setText(obx, { field: 2 }, "SN");
    setText(obx, { field: 5, component: 1 }, quantity.comparator);
    setText(obx, { field: 5, component: 2 }, number);
  } else setTyped(obx, "NM", number);
  setUnit(obx, quantity, names);
}

function setRange(obx: SegmentDraft, { low, high }: JsonMap, names: WrittenNames): void {
  const [from, to] = [objectIn(low) ?? {}, objectIn(high) ?? {}];
  setText(obx, { field: 2 }, "SN");
  setText(obx, { field: 5, component: 2 }, numberText(from));
  setText(obx, { field: 5, component: 3 }, "-");
  setText(obx, { field: 5, component: 4 }, numberText(to));
  setUnit(obx, from.unit === undefined && from.code === undefined ? to : from, names);
}

/** The code with its system where there are both; else the text alone, as OBX-6 is mostly sent. */
function setUnit(obx: SegmentDraft, { unit, code, system }: JsonMap, { codingSystemName }: WrittenNames): void {
  if (typeof code !== "string" || typeof system !== "string") {
    setText(obx, { field: 6 }, primitiveText("string", unit ?? code));
    return;
  }
  setText(obx, { field: 6, component: 1 }, code);
  setText(obx, { field: 6, component: 2 }, primitiveText("string", unit));
  setText(obx, { field: 6, component: 3 }, codingSystemName(system) ?? system);
}

const precisionUrl = "http://hl7.org/fhir/StructureDefinition/quantity-precision";

/** With the decimals that the laboratory gave, where the record has kept how many. No exponents. */
function numberText({ value, _value }: JsonMap): string | undefined {
  if (typeof value !== "number") return primitiveText("decimal", value);
  const beside = listIn(objectIn(_value)?.extension).map(objectIn);
  const places = beside.find((each) => each?.url === precisionUrl)?.valueInteger;
  if (typeof places === "number" && places >= 0 && places <= 20) return value.toFixed(places);
  return /e/.test(String(value))
    ? value.toLocaleString("en-GB", { useGrouping: false, maximumFractionDigits: 20 })
    : String(value);
}

/** Only where there is no text, which a row carries. */
function rangeText({ referenceRange }: FhirResource): string | undefined {
  const first = objectIn(listIn(referenceRange)[0] as Json | undefined);
  if (first === undefined || typeof first.text === "string") return undefined;
  const [low, high] = [numberText(objectIn(first.low) ?? {}), numberText(objectIn(first.high) ?? {})];
  if (low !== undefined && high !== undefined) return `${low}-${high}`;
  return low === undefined ? (high === undefined ? undefined : `<${high}`) : `>${low}`;
}
