import { incorrect, okUnless, type Problem, type Result } from "#kernel";
import { isResourceType, type Resource, referencesOf } from "#standards/fhir";
import { type Condition, type ConditionNeeds, conditionOf } from "../condition.ts";
import { type BundleEntry, inEntry, placeInEntry } from "./entry.ts";
import { type CreateIntent, type Intent, intentOf, type UpdateIntent } from "./intent.ts";
import { conditionalReference, danglingProblem } from "./links.ts";

/** A transaction as far as it can be read without the record. */
export interface Draft {
  /** In the order of the entries. */
  readonly intents: readonly Intent[];
  /** Every condition that must be looked up, once, by its text. */
  readonly conditions: ReadonlyMap<string, PlacedCondition>;
  /** The conditions of conditional references, by the text of the reference. */
  readonly references: ReadonlyMap<string, PlacedCondition>;
}

export interface PlacedCondition {
  readonly condition: Condition;
  /** The first place where it stands. */
  readonly where: string;
}

/**
 * Problems, with their places: of every entry, of references that point at no entry, and of entries that get in each
 * other's way. Source: FHIR R4 §3.1.0.11.2 (transaction).
 */
export function draftOf(entries: readonly BundleEntry[], needs: ConditionNeeds): Result<Draft> {
  const problems: Problem[] = [];
  const intents: Intent[] = [];
  for (const entry of entries) {
    const intent = entry.method === "GET" ? undefined : intentOf(entry, needs);
    if (intent?.ok) intents.push(intent.value);
    else problems.push(...(intent?.problems ?? []));
  }
  const conditions = ownConditions(intents, problems);
  const fullUrls = fullUrlsOf(intents, problems);
  const references = new Map<string, PlacedCondition>();
  const reading = { fullUrls, references, problems, needs };
  for (const intent of intents) if ("body" in intent) readReferences(intent, reading);
  for (const placed of references.values()) {
    const { text } = placed.condition;
    if (!conditions.has(text)) conditions.set(text, placed);
  }
  return okUnless(problems, { intents, conditions, references });
}

/** Two entries under one condition would each have to be the only match. */
function ownConditions(intents: readonly Intent[], problems: Problem[]): Map<string, PlacedCondition> {
  const conditions = new Map<string, PlacedCondition>();
  for (const intent of intents) {
    const condition = conditionIn(intent);
    if (condition === undefined) continue;
    const where = `Bundle.entry[${intent.index}].request`;
    const { text } = condition;
    if (conditions.has(text)) problems.push(incorrect("same-target-twice", sameTarget, { where }));
    conditions.set(text, { condition, where });
  }
  return conditions;
}

export const sameTarget = "Another entry of the transaction writes the same resource.";

function conditionIn(intent: Intent): Condition | undefined {
  if (intent.does === "create") return intent.condition;
  return intent.does !== "delete" && typeof intent.target !== "string" ? intent.target : undefined;
}

function fullUrlsOf(intents: readonly Intent[], problems: Problem[]): ReadonlySet<string> {
  const fullUrls = new Set<string>();
  for (const intent of intents) {
    if (intent.does === "delete" || intent.fullUrl === undefined) continue;
    if (fullUrls.has(intent.fullUrl)) {
      const where = `Bundle.entry[${intent.index}].fullUrl`;
      problems.push(incorrect("same-full-url-twice", "Another entry has the same fullUrl.", { where }));
    }
    fullUrls.add(intent.fullUrl);
  }
  return fullUrls;
}

interface Reading {
  readonly fullUrls: ReadonlySet<string>;
  readonly references: Map<string, PlacedCondition>;
  readonly problems: Problem[];
  readonly needs: ConditionNeeds;
}

function readReferences(intent: CreateIntent | UpdateIntent, { fullUrls, references, problems, needs }: Reading): void {
  for (const link of referencesOf(intent.body as Resource)) {
    const dangling = danglingProblem(link, fullUrls);
    if (dangling !== undefined) problems.push(inEntry(intent.index, dangling));
    const conditional = conditionalReference(link, needs.base);
    if (conditional === undefined || !isResourceType(conditional.type) || references.has(link.target)) continue;
    const condition = conditionOf(conditional.type, conditional.search, needs);
    const where = placeInEntry(intent.index, link.where);
    if (condition.ok) references.set(link.target, { condition: condition.value, where });
    else problems.push(...condition.problems.map((problem) => ({ ...problem, where })));
  }
}
