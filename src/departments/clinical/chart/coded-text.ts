import type { CodeableConcept, Coding, Reference } from "#standards/fhir";
import type { CodedText, Named } from "../api.ts";
import { present } from "../messages/present.ts";

/**
 * A concept in words, with the first of its codes. What the sender wrote as text goes before the display of a code,
 * and that before the bare code. Undefined where it says nothing.
 */
export function codedText(concept: CodeableConcept | undefined): CodedText | undefined {
  const coding = concept?.coding?.find((each) => each.code !== undefined);
  const text = concept?.text ?? concept?.coding?.find((each) => each.display !== undefined)?.display ?? coding?.code;
  return text === undefined ? undefined : present<CodedText>({ text, code: coding?.code, system: coding?.system });
}

export function codingText(coding: Coding | undefined): string | undefined {
  return coding?.display ?? coding?.code;
}

export function hasCode(concept: CodeableConcept | undefined, system: string, code: string): boolean {
  return concept?.coding?.some((coding) => coding.system === system && coding.code === code) ?? false;
}

/** How an index key or a query names a code: `system|code`, or `code` where there is no system. */
export function tokenOf(coded: { readonly system?: string | undefined; readonly code?: string | undefined }): string {
  return coded.system === undefined ? (coded.code ?? "") : `${coded.system}|${coded.code ?? ""}`;
}

/** Looks up what a reference points at, in words; undefined where that was not fetched or has none. */
export type NameOf = (reference: string) => string | undefined;

/** A reference in words: the sender's display, the name of what it points at, its identifier, or else its type. */
export function named(reference: Reference | undefined, nameOf: NameOf): Named | undefined {
  if (reference === undefined) return undefined;
  const found = reference.reference === undefined ? undefined : nameOf(reference.reference);
  const text = reference.display ?? found ?? reference.identifier?.value ?? reference.reference?.split("/")[0];
  return text === undefined ? undefined : present<Named>({ text, reference: reference.reference });
}

export function namedList(references: readonly Reference[] | undefined, nameOf: NameOf): readonly Named[] {
  return (references ?? []).flatMap((reference) => named(reference, nameOf) ?? []);
}
