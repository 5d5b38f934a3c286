import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { normaliseText } from "#standards/fhir";

/** What people are told apart by, as it can be compared. Texts are normalised. */
export interface Traits {
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  readonly families: readonly string[];
  /** Every given name, the first one of each name first. */
  readonly givens: readonly string[];
  /** `1957-03-14`; a part of it where no more is known. */
  readonly birthDate: string | undefined;
  readonly gender: string | undefined;
  readonly postcodes: readonly string[];
  readonly lines: readonly string[];
  /** Digits of telephone numbers, addresses of mail. */
  readonly telecoms: readonly string[];
  /** The same as they were written, for they are found by that. */
  readonly writtenTelecoms: readonly string[];
}

/** Of a Patient, whatever its form. A name that is only a text is taken apart by its spaces, the family name last. */
export function traitsOf(patient: JsonObject): Traits {
  const names = objectsOf(patient.name);
  const addresses = objectsOf(patient.address);
  return {
    identifiers: objectsOf(patient.identifier).flatMap(({ system, value }) =>
      typeof value === "string" ? [{ system: textOf(system), value }] : [],
    ),
    families: distinct(names.flatMap(familyOf)),
    givens: distinct(names.flatMap(givensOf)),
    birthDate: typeof patient.birthDate === "string" ? patient.birthDate : undefined,
    gender: patient.gender === "male" || patient.gender === "female" ? patient.gender : undefined,
    postcodes: distinct(addresses.map(({ postalCode }) => normaliseText(textOf(postalCode)).replaceAll(" ", ""))),
    lines: distinct(addresses.map(({ line }) => normaliseText(listOf(line).map(textOf).join(" ")))),
    telecoms: distinct(objectsOf(patient.telecom).map(({ value }) => telecomOf(textOf(value)))),
    writtenTelecoms: distinct(objectsOf(patient.telecom).map(({ value }) => textOf(value))),
  };
}

function familyOf({ family, text }: JsonObject): readonly string[] {
  if (typeof family === "string") return [normaliseText(family)];
  return typeof text === "string" ? [normaliseText(text).split(" ").at(-1) ?? ""] : [];
}

function givensOf({ given, family, text }: JsonObject): readonly string[] {
  const written = listOf(given).map(textOf);
  const isText = written.length === 0 && family === undefined && typeof text === "string";
  const names = isText ? normaliseText(text).split(" ").slice(0, -1) : written;
  return names.flatMap((name) => normaliseText(name).split(" "));
}

/** The last ten digits, so that a number is the same with the code of its country and without. */
function telecomOf(value: string): string {
  if (value.includes("@")) return value.trim().toLowerCase();
  const digits = value.replace(/\D/g, "");
  return digits.length < 6 ? "" : digits.slice(-10);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return listOf(value).filter(isJsonObject);
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== "");
}
