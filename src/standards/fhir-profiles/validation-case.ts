/** What the tests of this folder share: a validator at a fixed time, and profiles from a few lines. */
import { instant, type JsonObject } from "#kernel";
import type { TerminologyCheck } from "./terminology-check.ts";
import { openValidator } from "./validator.ts";

export const testedAt = instant(Date.parse("2026-11-23T09:30:00Z"));

export interface Asked {
  readonly definitions?: readonly JsonObject[];
  readonly profiles?: readonly string[];
  readonly terminology?: TerminologyCheck;
  readonly resolve?: (reference: string) => JsonObject | undefined;
  /** Also what is no error; otherwise errors alone. */
  readonly all?: boolean;
}

/** Each issue as `rule expression`. */
export function found(resource: unknown, { definitions = [], all = false, ...request }: Asked = {}): readonly string[] {
  return openValidator({ definitions })
    .validate(resource, { now: testedAt, ...request })
    .filter(({ severity }) => all || severity === "error")
    .map(({ rule, expression }) => `${rule} ${expression}`);
}

const testUrl = "http://example.org/StructureDefinition/";

/** A constraint on a base type, as a differential. */
export function profileOf(type: string, name: string, elements: readonly JsonObject[]): JsonObject {
  return {
    resourceType: "StructureDefinition",
    url: testUrl + name,
    name,
    status: "active",
    kind: "resource",
    abstract: false,
    type,
    baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`,
    derivation: "constraint",
    differential: { element: [{ id: type, path: type }, ...elements] },
  };
}

/** What is found in a resource by one profile, which it is asked to meet. */
export function foundBy(profile: JsonObject, resource: JsonObject, asked: Asked = {}): readonly string[] {
  const { definitions = [], ...request } = asked;
  return found(resource, { ...request, definitions: [profile, ...definitions], profiles: [String(profile.url)] });
}
