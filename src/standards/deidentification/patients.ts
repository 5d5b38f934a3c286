import { isJsonObject, type Json, type JsonObject, limits } from "#kernel";
import { checkNhsNumber, parseReference } from "#standards/fhir";
import { wordsOf } from "./dicom/people.ts";
import { identifierKey } from "./project.ts";

/** A patient's names for one another: the key of the dates, and every id and identifier that leads to it. */
export interface PatientNames {
  readonly key: string;
  readonly names: readonly string[];
  /** Words of what they are called, in capitals, where that is told. */
  readonly words?: readonly string[];
}

/**
 * The key of a patient who has these identifiers: the NHS number, else the first; so that the record, the messages and the
 * images of one patient are moved by the same days. Undefined without any.
 */
export function patientKeyOf(identifiers: readonly string[]): string | undefined {
  const keys = identifiers.map(identifierKey).filter((key) => key !== "");
  return keys.find(isNhsNumber) ?? keys[0];
}

/** The patients in a resource: itself, the entries of a Bundle, what is contained. */
export function patientsOf(resource: Json, depth = 0): readonly PatientNames[] {
  if (!isJsonObject(resource) || depth > limits.jsonDepthMax) return [];
  if (resource.resourceType === "Bundle")
    return itemsOf(resource.entry).flatMap((entry) =>
      isJsonObject(entry) ? patientsOf(entry.resource ?? null, depth + 1) : [],
    );
  const contained = itemsOf(resource.contained).flatMap((one) => patientsOf(one, depth + 1));
  if (resource.resourceType !== "Patient") return contained;
  const identifiers = itemsOf(resource.identifier).flatMap((one) =>
    isJsonObject(one) && typeof one.value === "string" ? [one.value] : [],
  );
  const key = patientKeyOf(identifiers) ?? (typeof resource.id === "string" ? `id:${resource.id}` : undefined);
  if (key === undefined) return contained;
  const ids = typeof resource.id === "string" ? [resource.id] : [];
  return [{ key, names: [...ids, ...identifiers.map(identifierKey)], words: calledWords(resource.name) }, ...contained];
}

/** Shorter names are words of codes and addresses too often. */
const wordLengthMin = 5;

function calledWords(names: Json | undefined): readonly string[] {
  const texts = itemsOf(names).flatMap((name) =>
    isJsonObject(name) ? [name.family, name.text, ...itemsOf(name.given)] : [],
  );
  const words = texts.flatMap((text) => (typeof text === "string" ? wordsOf(text) : []));
  return words.filter((word) => word.length >= wordLengthMin);
}

/** Where resources name their patient, in the order they are looked at. */
const patientElements = ["patient", "subject", "beneficiary", "individual", "for", "candidate", "recipient", "target"];

/** The key of the patient whom a resource is about; undefined where it names none. */
export function patientKeyFor(resource: JsonObject, patients: ReadonlyMap<string, string>): string | undefined {
  if (resource.resourceType === "Patient") {
    const own = patientsOf(resource)[0];
    return own === undefined ? undefined : (own.names.map((name) => patients.get(name)).find(isKnown) ?? own.key);
  }
  for (const element of patientElements) {
    const value = resource[element];
    const reference = Array.isArray(value) ? value[0] : value;
    const key = isJsonObject(reference) ? keyOfReference(reference, { resource, patients }) : undefined;
    if (key !== undefined) return key;
  }
  return undefined;
}

interface Within {
  readonly resource: JsonObject;
  readonly patients: ReadonlyMap<string, string>;
}

function keyOfReference(reference: JsonObject, { resource, patients }: Within): string | undefined {
  const { reference: text, identifier } = reference;
  if (typeof text === "string") {
    if (text.startsWith("#")) return containedKey(text.slice(1), { resource, patients });
    const literal = parseReference(text);
    const id = text.startsWith("urn:uuid:") ? text.slice("urn:uuid:".length) : literal?.id;
    if (id !== undefined && (literal === undefined || literal.type === "Patient"))
      return patients.get(id) ?? `id:${id}`;
    const searched = /^Patient\?identifier=(?:[^|]*\|)?([^|&]+)$/.exec(text)?.[1];
    if (searched !== undefined) return patients.get(identifierKey(searched)) ?? identifierKey(searched);
  }
  if (!isJsonObject(identifier) || typeof identifier.value !== "string") return undefined;
  return patients.get(identifierKey(identifier.value)) ?? identifierKey(identifier.value);
}

function containedKey(id: string, { resource, patients }: Within): string | undefined {
  const found = itemsOf(resource.contained).find((one) => isJsonObject(one) && one.id === id);
  return isJsonObject(found) ? patientKeyFor({ ...found, contained: [] }, patients) : undefined;
}

function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function isKnown(text: string | undefined): text is string {
  return text !== undefined;
}

function isNhsNumber(text: string): boolean {
  return /^\d{10}$/.test(text) && checkNhsNumber(text).ok;
}
