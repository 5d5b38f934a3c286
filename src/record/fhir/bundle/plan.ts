import { conflict, type Ids, incorrect, okUnless, type Problem, type Result } from "#kernel";
import { keyText, type Version } from "../../documents/document.ts";
import type { Operation } from "../../documents/operation.ts";
import { conditionalUpdateOf, conditionText, type Match } from "../condition.ts";
import { indexEntriesOf } from "../kinds.ts";
import { type Draft, type PlacedCondition, sameTarget } from "./draft.ts";
import { inEntry } from "./entry.ts";
import type { CreateIntent, Intent, UpdateIntent } from "./intent.ts";
import { linked } from "./links.ts";

/** What a transaction will write, now that its conditions were looked up. */
export interface Plan {
  /** In the order in which R4 has them done. */
  readonly steps: readonly Step[];
  /** What conditional creates found, by the index of their entry: nothing is written for those. */
  readonly found: ReadonlyMap<number, Version>;
}

export interface Step {
  readonly index: number;
  readonly operation: Operation;
  /** It fails when what was looked up has changed by the time of the commit; then the transaction is planned anew. */
  readonly isGuarded: boolean;
}

export interface PlanNeeds {
  readonly ids: Ids;
  /** By `conditionText`. */
  readonly matches: ReadonlyMap<string, Match>;
}

/** An intent whose resource is known by its id, unless the audit log gives it one. */
interface Settled {
  readonly intent: Intent;
  readonly id: string | undefined;
  /** Undefined: nothing is to be written. */
  readonly operation: Operation | undefined;
  readonly isGuarded: boolean;
  readonly found?: Version;
}

/**
 * Problems, with their places: of conditional updates, of conditional references that match nothing or several, and of
 * entries that write the same resource.
 */
export function planOf(draft: Draft, needs: PlanNeeds): Result<Plan> {
  const problems: Problem[] = [];
  const settled = draft.intents.flatMap((intent) => {
    const result = settledOf(intent, needs);
    if (result.ok) return [result.value];
    problems.push(...result.problems.map((problem) => inEntry(intent.index, problem)));
    return [];
  });
  problems.push(...overlapProblems(settled));
  const targets = { byUrl: idsByUrl(settled), byCondition: idsByCondition(draft, { settled, needs, problems }) };
  const steps = settled.flatMap(({ intent, operation, isGuarded }): readonly Step[] => {
    if (operation === undefined) return [];
    if (intent.does === "delete" || operation.action === "delete")
      return [{ index: intent.index, operation, isGuarded }];
    const body = linked(intent.body, intent.fullUrl, targets);
    return [{ index: intent.index, operation: { ...operation, body }, isGuarded }];
  });
  const found = new Map(settled.flatMap((each) => (each.found ? [[each.intent.index, each.found]] : [])));
  return okUnless(problems, { steps: steps.sort((one, other) => rankOf(one) - rankOf(other)), found });
}

/**
 * Source: FHIR R4 §3.1.0.11.2 (DELETE, POST, PUT). AuditEvents come last: they go to a log of their own, so that the
 * record counts the others by itself.
 */
function rankOf({ operation }: Step): number {
  if (operation.kind === "AuditEvent") return 3;
  return { delete: 0, create: 1, update: 2 }[operation.action];
}

function settledOf(intent: Intent, needs: PlanNeeds): Result<Settled> {
  switch (intent.does) {
    case "create":
      return { ok: true, value: settledCreate(intent, needs) };
    case "update":
      return settledUpdate(intent, needs);
    case "delete": {
      const { type: kind, id, guard } = intent;
      const operation: Operation = { action: "delete", kind, id, ...(guard === undefined ? {} : { ifMatch: guard }) };
      return { ok: true, value: { intent, id, operation, isGuarded: false } };
    }
  }
}

function settledCreate(intent: CreateIntent, { ids, matches }: PlanNeeds): Settled {
  const { type: kind, body, condition } = intent;
  if (kind === "AuditEvent") {
    return { intent, id: undefined, operation: { action: "create", kind, body }, isGuarded: false };
  }
  const match = condition && matches.get(conditionText(condition));
  if (match?.found === "one") {
    return { intent, id: match.version.id, operation: undefined, isGuarded: false, found: match.version };
  }
  const id = ids.next();
  const operation = { action: "create", kind, id, body } as const;
  if (condition === undefined) return { intent, id, operation, isGuarded: false };
  const ifNoneExist = { keys: condition.keys, onMatch: "fail" } as const;
  return { intent, id, operation: { ...operation, ifNoneExist }, isGuarded: true };
}

function settledUpdate(intent: UpdateIntent, { ids, matches }: PlanNeeds): Result<Settled> {
  const { type: kind, body, target, guard } = intent;
  if (typeof target === "string") {
    const ifMatch = guard === undefined ? {} : { ifMatch: guard };
    const operation: Operation = { action: "update", kind, id: target, body, ...ifMatch };
    return { ok: true, value: { intent, id: target, operation, isGuarded: false } };
  }
  const match = matches.get(conditionText(target)) ?? { found: "none" };
  const operation = conditionalUpdateOf(match, target, body);
  if (!operation.ok) return operation;
  const id = operation.value.id ?? ids.next();
  return { ok: true, value: { intent, id, operation: { ...operation.value, id } as Operation, isGuarded: true } };
}

function overlapProblems(settled: readonly Settled[]): readonly Problem[] {
  const seen = new Set<string>();
  return settled.flatMap(({ intent, id, operation }) => {
    if (id === undefined || operation === undefined) return [];
    const key = keyText({ kind: intent.type, id });
    if (!seen.has(key)) return seen.add(key) && [];
    return [incorrect("same-target-twice", sameTarget, { where: `Bundle.entry[${intent.index}].request.url` })];
  });
}

function idsByUrl(settled: readonly Settled[]): ReadonlyMap<string, string> {
  return new Map(
    settled.flatMap(({ intent, id }): [string, string][] => {
      if (intent.does === "delete" || intent.fullUrl === undefined || id === undefined) return [];
      return [[intent.fullUrl, `${intent.type}/${id}`]];
    }),
  );
}

interface Resolving {
  readonly settled: readonly Settled[];
  readonly needs: PlanNeeds;
  readonly problems: Problem[];
}

/** What the transaction itself writes can be matched as well. Source: FHIR R4 §3.1.0.11.2 (conditional references). */
function idsByCondition(draft: Draft, { settled, needs, problems }: Resolving): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  for (const [text, placed] of draft.references) {
    const ids = matchingIds(placed, settled, needs);
    const [id] = ids;
    if (id !== undefined && ids.size === 1) targets.set(text, `${placed.condition.type}/${id}`);
    else problems.push(ids.size === 0 ? nothingMatches(placed) : severalMatch(placed));
  }
  return targets;
}

function matchingIds({ condition }: PlacedCondition, settled: readonly Settled[], { matches }: PlanNeeds): Set<string> {
  const match = matches.get(conditionText(condition));
  const ids = new Set(match?.found === "one" ? [match.version.id] : []);
  for (const { intent, id, operation } of settled) {
    if (id === undefined || operation === undefined || intent.type !== condition.type) continue;
    if (intent.does === "delete") ids.delete(id);
    else if (carries(intent, condition.keys)) ids.add(id);
  }
  return ids;
}

function carries({ type, body }: CreateIntent | UpdateIntent, keys: readonly string[]): boolean {
  const own = indexEntriesOf(type, body);
  return keys.every((key) => own.keys.includes(key) || own.references.includes(key));
}

function nothingMatches({ condition, where }: PlacedCondition): Problem {
  return incorrect("reference-not-found", `No ${condition.type} matches the conditional reference.`, { where });
}

function severalMatch({ condition, where }: PlacedCondition): Problem {
  return conflict("multiple-matches", `Several resources of type ${condition.type} match the reference.`, { where });
}
