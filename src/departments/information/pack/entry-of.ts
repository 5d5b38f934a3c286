import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { parseBody, type Version } from "#record";
import type { DisclosureEntry, DisclosureFlag } from "./disclosure.ts";

/** A document as the review lists it: what it is, of when, and why a person should look. */
export function entryOf(version: Version): DisclosureEntry {
  const body = parseBody<JsonObject>(version);
  const date = dateOf(body);
  return {
    kind: version.kind,
    id: version.id,
    version: version.version,
    title: titleOf(version.kind, body),
    ...(date === undefined ? {} : { date }),
    flags: flagsOf(version.kind, body),
  };
}

/** In the order in which they are preferred: when it was true, then when it was written. */
const dateElements = [
  "effectiveDateTime",
  "effectivePeriod",
  "performedDateTime",
  "performedPeriod",
  "occurrenceDateTime",
  "onsetDateTime",
  "started",
  "period",
  "authoredOn",
  "recordedDate",
  "date",
  "sent",
  "issued",
  "created",
  "start",
  "recorded",
  "arrivedAt",
];

export function dateOf(body: JsonObject): string | undefined {
  for (const name of dateElements) {
    const value = body[name];
    const text = isJsonObject(value) ? (value.start ?? value.end) : value;
    if (typeof text === "string" && /^\d{4}/.test(text)) return text;
  }
  return undefined;
}

const titleElements = ["code", "type", "vaccineCode", "medicationCodeableConcept", "category", "serviceType", "class"];

export function titleOf(kind: string, body: JsonObject): string {
  if (kind === "Patient") return "Who you are";
  if (typeof body.description === "string") return cut(body.description);
  for (const name of titleElements) {
    const text = conceptText(body[name]);
    if (text !== undefined) return cut(text);
  }
  return typeof body.title === "string" ? cut(body.title) : kind;
}

/** The words of a coded value, as a reader would say it. */
export function conceptText(value: Json | undefined): string | undefined {
  const concept = Array.isArray(value) ? (value as readonly Json[])[0] : value;
  if (typeof concept === "string") return concept;
  if (!isJsonObject(concept)) return undefined;
  if (typeof concept.text === "string") return concept.text;
  if (typeof concept.display === "string") return concept.display;
  const codings: Json = Array.isArray(concept.coding) ? (concept.coding as readonly Json[]) : [];
  for (const coding of codings as readonly Json[]) {
    if (isJsonObject(coding) && typeof coding.display === "string") return coding.display;
  }
  const [first] = codings as readonly Json[];
  return isJsonObject(first) && typeof first.code === "string" ? first.code : undefined;
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

/** Kinds that are about somebody else by their nature. */
const aboutOthers = ["RelatedPerson", "FamilyMemberHistory"];

/** Kinds that are mostly words, or content that no rule can look into. */
const wordy = [
  "Binary",
  "ClinicalImpression",
  "Communication",
  "Composition",
  "DocumentReference",
  "LinkMessage",
  "Media",
  "QuestionnaireResponse",
];

/** Members that hold words somebody wrote. */
const freeText = ["note", "conclusion", "presentedForm", "comment", "summary", "reaction", "patientInstruction"];

/** Labels that say that somebody marked it as sensitive. Source: HL7 v3 Confidentiality. */
const closed = ["R", "V"];

function flagsOf(kind: string, body: JsonObject): readonly DisclosureFlag[] {
  const flags: DisclosureFlag[] = [];
  const isOfOthers = aboutOthers.includes(kind) || (kind === "Patient" && body.contact !== undefined);
  if (isOfOthers) flags.push("third-party");
  if (wordy.includes(kind) || freeText.some((name) => body[name] !== undefined)) flags.push("free-text");
  if (isSensitive(body)) flags.push("sensitive");
  return flags;
}

function isSensitive({ meta }: JsonObject): boolean {
  const labels = isJsonObject(meta) && Array.isArray(meta.security) ? (meta.security as readonly Json[]) : [];
  return labels.some((label) => {
    if (!isJsonObject(label)) return false;
    const isConfidentiality = String(label.system).endsWith("v3-Confidentiality");
    return isConfidentiality ? closed.includes(String(label.code)) : String(label.system).endsWith("v3-ActCode");
  });
}
