import type { CodeableConcept, Coding } from "#standards/fhir";
import type { CodeMap, MappedCode } from "./code-map.ts";

/** Systems of codes that are one sender's own, or of a name that nobody knows. */
const ownCodes = "urn:corridor:codes:";

export interface UnknownConcept {
  readonly system: string;
  readonly code: string;
  readonly text?: string;
}

/** The concept with what the map says it means behind what was sent; the same one where nothing is to be added. */
export function codedConcept(concept: CodeableConcept, map: CodeMap | undefined): CodeableConcept {
  if (map === undefined || isKnown(concept)) return concept;
  for (const { system = "", code = "" } of concept.coding ?? []) {
    const meaning = map.codeFor(system, code);
    if (meaning !== undefined && meaning !== "none") return withCoding(concept, meaning);
  }
  return concept;
}

export function withCoding(concept: CodeableConcept, meaning: MappedCode): CodeableConcept {
  const { system, code, display } = meaning;
  const added: Coding = display === undefined ? { system, code } : { system, code, display };
  return { ...concept, coding: [...(concept.coding ?? []), added] };
}

/** The code that would have to be mapped; undefined where others understand the concept. `local` is the system of mere words. */
export function unknownConcept(concept: CodeableConcept, local: string): UnknownConcept | undefined {
  if (isKnown(concept)) return undefined;
  const coding = concept.coding?.find(({ code }) => code !== undefined);
  const text = coding?.display ?? concept.text;
  const code = coding?.code ?? text;
  if (code === undefined) return undefined;
  return { system: coding?.system ?? local, code, ...(text === undefined ? {} : { text }) };
}

function isKnown({ coding = [] }: CodeableConcept): boolean {
  return coding.some(({ system }) => system !== undefined && !system.startsWith(ownCodes));
}
