import { conflict, failed, type Instant, incorrect, type JsonObject, ok, type Problem, type Result } from "#kernel";
import { isResultParameter } from "#standards/fhir";
import type { Position, Version } from "../documents/document.ts";
import type { Create, Operation } from "../documents/operation.ts";
import type { Query } from "../documents/query.ts";
import type { HealthRecord } from "../health-record.ts";
import type { Asked } from "./asked.ts";
import type { FhirContext } from "./context.ts";
import { requestedType } from "./interactions/requested.ts";
import { idProblem } from "./interactions/sent.ts";
import { readSearch } from "./search/search-request.ts";

/** The search of a conditional interaction or reference. */
export interface Condition {
  readonly type: string;
  readonly query: Query;
  /**
   * Index keys that a resource must carry, all of them, where the search asks for nothing else: then the commit itself
   * looks for them. In alphabetical order.
   */
  readonly keys: readonly string[] | undefined;
  /** Equal for equal conditions. */
  readonly text: string;
}

/** What a search is read with. */
export interface ConditionNeeds {
  /** The address of this server. */
  readonly base: string | undefined;
  readonly now: Instant;
}

/** What was found for a condition. */
export type Match =
  | {
      readonly found: "none";
      /** Where the record was before the search; undefined where the commit looks by itself. */
      readonly after: Position | undefined;
    }
  | { readonly found: "one"; readonly version: Version };

/** Parameters that say how to answer and are no part of a condition. */
const doorParameters = ["_format", "_pretty"];

/** Two are enough to tell none, one and several apart. */
const conditionLimit = 2;

/**
 * The search of a condition, `identifier=system|value`. It is read strictly, whatever the caller prefers: a condition left
 * out would be another condition. Problems: those of `readSearch`; incorrect, code `wrong-condition`, for one without
 * conditions or with parameters that are none.
 */
export function conditionOf(type: string, search: string, { base, now }: ConditionNeeds): Result<Condition> {
  const parameters = new URLSearchParams(search);
  for (const name of doorParameters) parameters.delete(name);
  const names = [...parameters.keys()];
  if (names.length === 0 || names.some(isResultParameter)) return failed(noCondition);
  const read = readSearch({ type, parameters, base, now, isLenient: false });
  if (!read.ok) return read;
  const { all } = read.value.query;
  if (all.length === 0) return failed(noCondition);
  const keys = all.flatMap((clause) => (clause.is === "key" && clause.any.length === 1 ? clause.any : [])).sort();
  const isOfKeys = keys.length === all.length;
  parameters.sort();
  return ok({
    type,
    query: { ...read.value.query, sort: { by: "updated", descending: true }, limit: conditionLimit },
    keys: isOfKeys ? keys : undefined,
    text: JSON.stringify(isOfKeys ? [type, ...keys] : `${type}?${parameters}`),
  });
}

/** The condition in the address of a request. */
export function conditionAsked(asked: Asked, { clock }: FhirContext): Result<Condition> {
  const type = requestedType(asked);
  if (!type.ok) return type;
  return conditionOf(type.value, asked.query.toString(), { base: asked.base, now: clock.now() });
}

const noCondition = incorrect(
  "wrong-condition",
  "A condition must be one or more search parameters, and nothing else.",
);

/** What satisfies the condition now. Problems: conflict, code `multiple-matches`; those of a search. */
export async function findMatch(record: HealthRecord, condition: Condition): Promise<Result<Match>> {
  const { type, query, keys } = condition;
  // Read before the search, so that nothing that is written during it is passed over.
  const after = keys === undefined ? await record.position() : undefined;
  const page = await record.search(query);
  if (!page.ok) return page;
  const [version, another] = page.value.versions;
  if (another !== undefined) return failed(several(type));
  return ok(version === undefined ? { found: "none", after } : { found: "one", version });
}

function several(type: string): Problem {
  return conflict("multiple-matches", `Several resources of type ${type} match the condition; it must name one.`);
}

/**
 * What makes a create fail with `already-exists` when something satisfies the condition by the time of the commit, though
 * nothing was found: it looks for the keys, or searches again among what has changed since.
 */
export function createGuard({ keys, query }: Condition, after: Position | undefined): Partial<Create> {
  if (keys !== undefined) return { ifNoneExist: { keys, onMatch: "fail" } };
  return { ifNoneFound: { query, after: after ?? 0 } };
}

/**
 * An update of what matched, or a create where nothing did; either fails when that has changed by the time of the commit.
 * Problems: `wrong-id`; `version-conflict` where the caller names a version that it is not at.
 */
export function conditionalUpdateOf(
  match: Match,
  condition: Condition,
  { body, guard }: { readonly body: JsonObject; readonly guard: number | undefined },
): Result<Operation> {
  const { type } = condition;
  const version = match.found === "none" ? 0 : match.version.version;
  if (guard !== undefined && guard !== version) return failed(atAnother(type));
  if (match.found === "none") {
    const given = typeof body.id === "string" ? { id: body.id } : {};
    return ok({ action: "create", kind: type, ...given, body, ...createGuard(condition, match.after) });
  }
  const { id } = match.version;
  const problem = body.id === undefined ? undefined : idProblem(type, id, body);
  if (problem !== undefined) return failed(problem);
  return ok({ action: "update", kind: type, id, body, ifMatch: version });
}

function atAnother(type: string): Problem {
  return conflict("version-conflict", `What matches the condition is not the version of ${type} that was named.`);
}

/** Somebody else wrote between the search and the commit. */
export function isRace({ code }: Problem): boolean {
  return code === "already-exists" || code === "version-conflict";
}

/** If-None-Exist is written `identifier=…`; `?identifier=…` and `Patient?identifier=…` are taken as the same. */
export function bareSearch(search: string, type: string): string {
  const start = search.startsWith(`${type}?`) ? type.length + 1 : search.startsWith("?") ? 1 : 0;
  return search.slice(start);
}
