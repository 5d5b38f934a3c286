import { correctedBinding, correctedContext } from "./fhir-errata.ts";
import type { StructureDefinition } from "./fhir-package.ts";

/** A definition with all its parts; of elements only what is named is looked at. */
export interface FullDefinition extends Omit<StructureDefinition, "snapshot"> {
  readonly url: string;
  readonly name: string;
  readonly title?: string;
  readonly type: string;
  readonly context?: readonly unknown[];
  readonly contextInvariant?: readonly string[];
  /** The base types have one; a few profiles of the package do not. */
  readonly snapshot?: { readonly element: readonly RuleElement[] };
  readonly differential?: { readonly element: readonly Readonly<Record<string, unknown>>[] };
}

export type RuleElement = StructureDefinition["snapshot"]["element"][number] & {
  readonly constraint?: readonly Constraint[];
};

export interface Constraint {
  readonly key: string;
  readonly severity: string;
  readonly human: string;
  readonly expression?: string;
}

/** What people read and validators do not. */
const textKeys = new Set([
  "short",
  "definition",
  "comment",
  "requirements",
  "alias",
  "mapping",
  "mustSupport",
  "isSummary",
  "isModifierReason",
  "condition",
  "example",
  "extension",
  "meaningWhenMissing",
  "orderMeaning",
]);

/** The profiles and extensions that come with R4, as StructureDefinitions with a differential and without texts. */
export function profileTable(definitions: readonly FullDefinition[]): readonly unknown[] {
  return definitions.map((definition) => ({
    resourceType: "StructureDefinition",
    id: definition.id,
    url: definition.url,
    version: "4.0.1",
    name: definition.title ?? definition.name,
    kind: definition.kind,
    abstract: definition.abstract,
    ...(definition.context === undefined ? {} : { context: correctedContext(definition) }),
    ...(definition.contextInvariant === undefined ? {} : { contextInvariant: definition.contextInvariant }),
    type: definition.type,
    baseDefinition: definition.baseDefinition,
    derivation: "constraint",
    differential: { element: (definition.differential?.element ?? []).map(withoutTexts) },
  }));
}

function withoutTexts(element: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const kept = Object.entries(element).filter(([key]) => !textKeys.has(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutBoundTexts(key, value)]));
}

function withoutBoundTexts(key: string, value: unknown): unknown {
  if (key === "binding") {
    const { strength, valueSet } = value as { strength: string; valueSet?: string };
    return valueSet === undefined ? { strength } : { strength: correctedBinding(valueSet, strength), valueSet };
  }
  if (key !== "constraint") return value;
  return (value as readonly Constraint[]).map(({ key: name, severity, human, expression }) => ({
    key: name,
    severity,
    human,
    expression,
  }));
}
