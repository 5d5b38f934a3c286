import { createHmac } from "node:crypto";
import { expectOk, type Json, type JsonObject } from "#kernel";
import { compileRuleSet, Keyed, patientsOf, RuleCounts, type RuleSet, ruleSets } from "#standards/deidentification";

export interface AProject {
  readonly key?: string;
  readonly year?: number;
  /** Their patients are known beforehand, as when they are in the same files. */
  readonly knowing?: readonly Json[];
  readonly reviewed?: readonly string[];
}

export function aProject({ key = "ward", year = 2026, knowing = [], reviewed = [] }: AProject = {}): Keyed {
  const patients = new Map(
    knowing.flatMap((one) => patientsOf(one)).flatMap((found) => found.names.map((name) => [name, found.key] as const)),
  );
  const digest = (text: string) => createHmac("sha256", key).update(text).digest();
  return new Keyed({ digest, year, patients, reviewed: new Set(reviewed.map((text) => text.toLowerCase())) });
}

export function theRules(name: string, change: Partial<RuleSet> = {}): RuleSet {
  const rules = ruleSets.get(name);
  if (rules === undefined) throw new Error(`there are no rules ${name}`);
  return { ...rules, ...change };
}

export function deidentified(resource: Json, rules: RuleSet, keyed: Keyed = aProject()): JsonObject {
  return expectOk(expectOk(compileRuleSet(rules)).resource(resource, keyed, new RuleCounts()));
}
