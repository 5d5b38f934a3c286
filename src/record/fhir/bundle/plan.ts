import { conflict, incorrect, okUnless, type Problem, type Result } from "#kernel";
import { type Resource, referencesOf } from "#standards/fhir";
import { keyText, type Version } from "../../documents/document.ts";
import type { Operation } from "../../documents/operation.ts";
import { CarriedKeys } from "./carried-keys.ts";
import { type Draft, type PlacedCondition, sameTarget } from "./draft.ts";
import { inEntry } from "./entry.ts";
import { danglingProblem, type LinkTargets, linked } from "./links.ts";
import { bodyOf, type Settled, type SettlingNeeds, settledOf } from "./settled.ts";

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
  /** See `Settled`. */
  readonly isGuarded: boolean;
}

/**
 * Problems, with their places: of conditional updates and patches, of conditional references that match nothing or several,
 * and of entries that write the same resource.
 */
export function planOf(draft: Draft, needs: SettlingNeeds): Result<Plan> {
  const problems: Problem[] = [];
  const settled = draft.intents.flatMap((intent) => {
    const result = settledOf(intent, needs);
    if (result.ok) return result.value;
    problems.push(...result.problems.map((problem) => inEntry(intent.index, problem)));
    return [];
  });
  problems.push(...overlapProblems(settled));
  const targets = {
    byUrl: idsByUrl(settled),
    byCondition: idsByCondition(draft, { settled, needs, problems }),
    own: needs.base,
  };
  const steps = settled.flatMap((each): readonly Step[] => {
    const { intent, operation, isGuarded } = each;
    if (operation === undefined) return [];
    if (intent.does === "patch") problems.push(...danglingIn(each, targets));
    return [{ index: intent.index, operation: withLinks(each, operation, targets), isGuarded }];
  });
  const found = new Map(settled.flatMap((each) => (each.found ? [[each.intent.index, each.found]] : [])));
  return okUnless(problems, { steps: steps.sort((one, other) => rankOf(one) - rankOf(other)), found });
}

/**
 * Source: FHIR R4 §3.1.0.11.2 (DELETE, POST, PUT or PATCH). AuditEvents come last: they go to a log of their own, so that
 * the record counts the others by itself.
 */
function rankOf({ operation }: Step): number {
  if (operation.kind === "AuditEvent") return 3;
  return { delete: 0, create: 1, update: 2 }[operation.action];
}

function withLinks({ intent }: Settled, operation: Operation, targets: LinkTargets): Operation {
  if (operation.action === "delete" || intent.does === "delete") return operation;
  return { ...operation, body: linked(operation.body, intent.fullUrl, targets) };
}

/** What a patch brings in is only seen once it is applied. */
function danglingIn(settled: Settled, { byUrl }: LinkTargets): readonly Problem[] {
  const links = referencesOf(bodyOf(settled) as unknown as Resource);
  const fullUrls = new Set(byUrl.keys());
  return links.flatMap((link) => {
    const problem = danglingProblem(link, fullUrls);
    return problem === undefined ? [] : [inEntry(settled.intent.index, problem)];
  });
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
  readonly needs: SettlingNeeds;
  readonly problems: Problem[];
}

/**
 * What the transaction itself writes can be matched as well, where the condition is by keys alone: others would have to be
 * searched, which only what is stored can be. Source: FHIR R4 §3.1.0.11.2 (conditional references).
 */
function idsByCondition(draft: Draft, { settled, needs, problems }: Resolving): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  const carried = new CarriedKeys(settled);
  for (const [text, placed] of draft.references) {
    const { condition } = placed;
    const match = needs.matches.get(condition.text);
    const ids = carried.matching(condition, match?.found === "one" ? match.version.id : undefined);
    const [id] = ids;
    if (id !== undefined && ids.size === 1) targets.set(text, `${condition.type}/${id}`);
    else problems.push(ids.size === 0 ? noneMatches(placed) : severalMatch(placed));
  }
  return targets;
}

function noneMatches({ condition, where }: PlacedCondition): Problem {
  return incorrect("reference-not-found", `No ${condition.type} matches the conditional reference.`, { where });
}

function severalMatch({ condition, where }: PlacedCondition): Problem {
  return conflict("multiple-matches", `Several resources of type ${condition.type} match the reference.`, { where });
}
