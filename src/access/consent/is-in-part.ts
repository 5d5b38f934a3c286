import type { IndexEntries, Key } from "#record";
import { authorKeys, codeKeys, dateParameters, labelKeys, patientKeys, referenceKeys } from "./index-parameters.ts";
import { type CodesBelow, codesAsWritten } from "./known-codes.ts";
import type { Part } from "./part.ts";

/** One document as the record finds it. */
export interface Found extends Key {
  readonly entries: IndexEntries;
}

/** What the documents that a Consent names refer to: `Task/1` to `ServiceRequest/1` and others. */
export type Referred = (reference: string) => readonly string[];

/** Whether a document is in the part, whosever it is. */
export function isInPart(found: Found, part: Part, referred: Referred, codes: CodesBelow = codesAsWritten): boolean {
  const { kind, id, entries } = found;
  switch (part.is) {
    case "everything":
      return true;
    case "nothing":
      return false;
    case "kind":
      return part.any.includes(kind);
    case "profile":
      return part.any.some((url) => carries(entries, [`_profile=${url}`]) || hasText(entries, "_profile", `${url}|`));
    case "label":
      return carries(entries, labelKeys(part.any));
    case "code":
      return carries(entries, codeKeys(kind, codes.expanded(part.any)));
    case "within":
      return datesOf(found).some(({ fromMs, toMs }) => part.span.fromMs <= fromMs && toMs <= part.span.toMs);
    case "touching":
      return datesOf(found).some(({ fromMs, toMs }) => fromMs < part.span.toMs && part.span.fromMs < toMs);
    case "undated":
      return datesOf(found).length === 0;
    case "itself":
      return part.any.includes(`${kind}/${id}`);
    case "referring":
      return carries(entries, referenceKeys(kind, part.any));
    case "written-by":
      return carries(entries, authorKeys(kind, part.any));
    case "referred":
      return part.any.some((reference) => referred(reference).includes(`${kind}/${id}`));
    case "both":
      return part.of.every((each) => isInPart(found, each, referred, codes));
    case "either":
      return part.of.some((each) => isInPart(found, each, referred, codes));
    case "not":
      return !isInPart(found, part.of, referred, codes);
  }
}

/** Whether a document concerns the patient, `Patient/1`. */
export function concerns({ kind, id, entries }: Found, patient: string): boolean {
  return `${kind}/${id}` === patient || carries(entries, patientKeys(kind, [patient]));
}

function carries({ references, keys }: IndexEntries, any: readonly string[]): boolean {
  return any.some((key) => references.includes(key) || keys.includes(key));
}

function hasText({ texts }: IndexEntries, parameter: string, start: string): boolean {
  return texts.some((entry) => entry.parameter === parameter && entry.text.startsWith(start));
}

function datesOf({ kind, entries }: Found) {
  const parameters = dateParameters(kind);
  return entries.dates.filter(({ parameter }) => parameters.includes(parameter));
}
