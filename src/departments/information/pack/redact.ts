import { isJsonObject, type Json, type JsonObject } from "#kernel";
import type { Passage } from "./disclosure.ts";

/** What stands where a passage was. */
const redactionMark = "[withheld]";

/** Members whose content no rule can look into: where a passage is withheld, they are withheld whole. */
const opaque = ["data", "div"];

/** Source: HL7 v3 ObservationValue, which FHIR R4 §6.1.1 names for it. */
const redactedLabel: JsonObject = {
  system: "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
  code: "REDACTED",
};

/**
 * The document without the passages, wherever they stand and however they are capitalised, and without its narrative and
 * embedded files, which may hold them too. It says of itself that something was taken out.
 */
export function redacted(body: JsonObject, passages: readonly Passage[]): JsonObject {
  const pattern = patternOf(passages);
  const { text: _, ...rest } = body;
  const clean = without(rest, pattern) as JsonObject;
  const meta = isJsonObject(clean.meta) ? clean.meta : {};
  const security = Array.isArray(meta.security) ? (meta.security as readonly Json[]) : [];
  return { ...clean, meta: { ...meta, security: [...security, redactedLabel] } };
}

/** Whether each passage stands somewhere in the document's texts: one that does not would withhold nothing. */
export function isThere(body: JsonObject, passage: string): boolean {
  const { text: _, ...rest } = body;
  return JSON.stringify(rest).toLowerCase().includes(JSON.stringify(passage).slice(1, -1).toLowerCase());
}

function patternOf(passages: readonly Passage[]): RegExp {
  const longest = passages.map(({ text }) => text).sort((a, b) => b.length - a.length);
  return new RegExp(longest.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "giu");
}

function without(value: Json, pattern: RegExp): Json {
  if (typeof value === "string") return value.replace(pattern, redactionMark);
  if (Array.isArray(value)) return value.map((item: Json) => without(item, pattern));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      opaque.includes(name) ? [] : [[name, without(member, pattern)]],
    ),
  );
}
